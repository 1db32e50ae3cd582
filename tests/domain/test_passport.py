"""A passport as a document."""

from datetime import UTC, date, datetime, timedelta

import pytest

from course.domain.passport import machine_lines, number_of

DAY = date(2026, 11, 20)
BORN = datetime(2026, 11, 20, 9, 30, 1, 250, tzinfo=UTC)


def lines(name="Ada Lovelace", stamps=1, modules=8, number="7K4M2QXR"):
    return machine_lines(number, name, DAY, stamps, modules)


def test_a_number_never_changes():
    assert number_of(12, BORN) == number_of(12, BORN)
    assert len(number_of(12, BORN)) == 8


def test_a_number_tells_neither_whose_it_is_nor_how_many_there_are():
    numbers = {number_of(user, BORN) for user in range(1, 500)}

    assert len(numbers) == 499
    assert number_of(12, BORN) != number_of(12, BORN + timedelta(microseconds=1))
    assert not set("".join(numbers)) & set("01IO")


def test_three_lines_of_thirty_signs_say_document_progress_and_holder():
    assert lines() == (
        "P<NUM7K4M2QXR1<<<<<<<<<<<<<<<<",
        "2611206<01<08<<<<<<<<<<<<<<<<6",
        "ADA<LOVELACE<<<<<<<<<<<<<<<<<<",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Zoé L'Hôte-Durand", "ZOE<L<HOTE<DURAND"),
        ("Cœur Strauß", "COEUR<STRAUSS"),
        ("", ""),
        ("Дмитрий", ""),
        ("A" * 80, "A" * 30),
    ],
)
def test_a_name_is_written_as_machines_read_it(name, said):
    assert lines(name)[2] == said.ljust(30, "<")


def test_a_misread_sign_betrays_itself():
    right, wrong = lines(), lines(number="7K4M2QXS")

    assert right[0][13] != wrong[0][13]
    assert right[1][-1] != wrong[1][-1]


@pytest.mark.parametrize("stamps", [0, 8])
def test_a_line_is_never_longer_nor_shorter(stamps):
    assert {len(line) for line in lines(stamps=stamps)} == {30}
