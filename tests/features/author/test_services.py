from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from course.base.db import db
from course.features.author import queries, services
from course.features.author.models import Draft
from course.features.catalogue import queries as catalogue
from tests.make.author import OTHER_FR, THIRD_FR


def test_of_two_authors_who_begin_at_once_one_is_told(
    app, linus, small_library, real_commits
):
    work = queries.work("quiz", "essai")
    author = linus.id

    def save(text):
        with app.app_context():
            revision = catalogue.current_revision("quiz", "essai")
            files = work.files({"fr": text, "en": work.published["en"]})
            try:
                services.save_draft(revision, files, seen=queries.NO_DRAFT, by=author)
            except services.ConflictError:
                return "told"
            return "kept"

    with ThreadPoolExecutor(2) as both:
        ends = list(both.map(save, [OTHER_FR, THIRD_FR]))

    # What this thread had read is a moment ago.
    db.session.close()
    assert sorted(ends) == ["kept", "told"]
    assert len(db.session.scalars(select(Draft)).all()) == 1


def test_what_is_refused_leaves_no_trace(app, linus, small_library):
    revision = catalogue.current_revision("quiz", "essai")
    work = queries.work("quiz", "essai")

    with pytest.raises(services.ConflictError):
        services.publish_draft(
            "quiz", "essai", work.files(work.published), seen="3.x", by=1, why="?"
        )

    assert linus.is_admin
    assert catalogue.publications_of("quiz", "essai")[0].revision == revision.id
