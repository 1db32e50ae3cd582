"""A cohort as a file: everybody, with typed cells."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from course.features.progress.services import Verb
from course.features.tracking import export as sheet
from tests.make import lab as labs
from tests.make.centre import make_cohort, make_learners
from tests.make.tracking import did


@pytest.fixture
def cohort(small_library, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def export(browser, cohort, ending):
    return browser.get("tracking.export", cohort_id=cohort.id, format=ending)


def test_a_cohort_is_exported_whole_as_a_text(as_trainer, cohort):
    ines, *_others = make_learners(cohort, 60)
    did(ines, Verb.READ, "premiere", seconds=125)
    did(ines, Verb.PASSED, "essai", seconds=60, share=0.8)

    sent = export(as_trainer, cohort, "csv")

    lines = list(csv.reader(StringIO(sent.data.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 61
    assert lines[0][:3] == ["Nom", "Identifiant", "1 Essai\xa0: état"]
    row = next(line for line in lines if line[1] == ines.login)
    assert row == [
        *(ines.name, ines.login, "Fait", "4", "80%", "2026-11-23", "2026-11-23"),
    ]
    assert "filename=boulangers-2026-11-23.csv" in sent.headers["Content-Disposition"]


def test_a_module_with_a_lab_has_two_columns_more(as_trainer, grace, tmp_path):
    labs.publish_lab(tmp_path)
    cohort = make_cohort(trainer=grace, name="Boulangers")
    ines, elodie = make_learners(cohort, 2)
    labs.passed(ines)
    labs.failed(elodie)
    did(elodie, Verb.PASSED, "essai", seconds=60, share=0.8)

    sent = export(as_trainer, cohort, "csv")

    lines = list(csv.reader(StringIO(sent.data.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][6:8] == ["1 Essai\xa0: atelier", "1 Essai\xa0: points de l’atelier"]
    rows = {line[1]: line[2:8] for line in lines[1:]}
    assert rows[ines.login][4:] == ["Fait", "5"]
    # The result of the module stays its quiz's.
    assert rows[ines.login][2] == ""
    assert rows[elodie.login][2] == "80%"
    assert rows[elodie.login][4:] == ["En cours", "0"]


def test_a_workbook_has_typed_cells(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    did(ines, Verb.PASSED, "essai", seconds=60, share=0.8)

    sent = export(as_trainer, cohort, "xlsx")

    sheet = openpyxl.load_workbook(BytesIO(sent.data)).active
    _head, row = sheet.iter_rows(values_only=True)
    day = datetime(2026, 11, 23)  # noqa: DTZ001 - spreadsheets know no zones
    assert row == (ines.name, ines.login, "Fait", 1, 0.8, day, day)


def test_an_export_costs_five_statements(as_trainer, cohort, count_queries):
    make_learners(cohort, 60)
    export(as_trainer, cohort, "csv")

    with count_queries() as sent:
        export(as_trainer, cohort, "csv")

    assert len(sent) == 5, sent


def test_an_export_of_another_kind_does_not_exist(as_trainer, cohort):
    assert as_trainer.get(f"/cohorts/{cohort.id}/export.pdf").status_code == 404


def test_a_file_is_named_after_the_cohort_in_plain_letters(app):
    named = make_cohort(name="Élèves / du « lundi »")
    unnamed = make_cohort(name="日本")

    assert sheet.name_of(named, "csv") == "eleves-du-lundi-2026-11-23.csv"
    assert sheet.name_of(unnamed, "xlsx").startswith(unnamed.code.lower())
