"""A lab is published with its files, and read again as it was."""

import pytest
from werkzeug.exceptions import NotFound

from course.features.catalogue import queries, services
from tests.make.library import publish, write
from tests.make.library_lab import FILES_AND_LAB, LAB_FR, PATH_FR


def test_a_published_lab_is_the_one_that_was_written(app, tmp_path):
    written = publish(tmp_path, FILES_AND_LAB).lab("console")

    shelf = queries.shelf()

    assert shelf.lab("console").words == written.words
    assert shelf.lab("console").desk == written.desk
    assert shelf.module("essai").lab == "console"
    again = queries.lab_at(shelf.revision("lab", "console"))
    assert (again.words, again.desk) == (written.words, written.desk)


def test_a_lab_that_does_not_exist_is_not_found(app, small_library):
    with pytest.raises(NotFound):
        queries.shelf().lab("console")


def test_a_lab_that_does_not_play_keeps_the_folders_from_being_published(app, tmp_path):
    wrong = LAB_FR.replace("### plein (5)", "### plein (3)")

    report = services.sync_folder(write(tmp_path, {**FILES_AND_LAB, PATH_FR: wrong}))

    codes = {issue.code for issue in services.fatal(report.issues)}
    assert codes == {"lab.points", "lab.no-full-run"}
    assert report.published == []
    assert [finding.path for finding in queries.findings()] == [PATH_FR, PATH_FR]
