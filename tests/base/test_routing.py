"""Addresses with numbers."""

import pytest


@pytest.mark.parametrize("number", ["2147483648", "9" * 30])
def test_a_number_no_row_can_have_is_nothing(as_admin, number):
    answer = as_admin.get(f"/accounts/{number}")

    assert answer.status_code == 404
