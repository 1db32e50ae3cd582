"""Invoicing: from the quote to the invoice that leaves the house."""

from datetime import date
from decimal import Decimal

import pytest

from course.domain.run import action_of
from tests.make.invoicing import (
    CONVERT,
    FILL,
    ISSUE,
    SCENE,
    SENT,
    SIREN,
    facts,
    opened,
    played,
    refusal,
    shown,
)

TYPED = ("draft customer=hotel", "line document=made-1 item=rail")


# ---- From the quote to the invoice


def test_a_quote_becomes_an_invoice_with_its_customer_and_its_lines() -> None:
    draft = opened(CONVERT)

    assert (draft["number"], draft["draft"], draft["quote"]) == ("", True, "D-2026-041")
    assert draft["customer"]["name"] == "Hôtel des Dunes"
    assert [(line["name"], line["net"]) for line in draft["lines"]] == [
        ("Garde-corps", 850),
        ("Pose", 180),
    ]
    assert draft["totals"]["gross"] == 1236
    assert facts(CONVERT)["converted"] == "yes"
    assert facts(CONVERT)["new.number"] == "none"


def test_the_number_is_given_on_issue_and_the_next_one_follows() -> None:
    assert shown(CONVERT)["next"] == {"invoice": "F-2026-0118", "credit": "A-2026-0009"}

    found = shown(*SENT, open="made-1")

    assert found["opened"]["number"] == "F-2026-0118"
    assert found["opened"]["date"] == date(2026, 11, 23)
    assert found["next"]["invoice"] == "F-2026-0119"


def test_a_quote_typed_again_is_an_invoice_and_not_a_conversion() -> None:
    found = facts(*TYPED, "line document=made-1 item=fitting quantity=4", SIREN, ISSUE)

    assert (found["converted"], found["retyped"]) == ("no", "yes")
    assert (found["new.totals"], found["new.status"]) == ("right", "deposited")
    assert facts("draft customer=hotel")["retyped"] == "no"
    other = ("draft customer=bakery", "line document=made-1 item=rail")
    assert facts(*other)["retyped"] == "no"
    assert facts(*TYPED)["new.totals"] == "wrong"


def test_a_number_written_by_hand_is_taken_only_when_it_is_the_next() -> None:
    fill = "fill document=made-1 number=F-2026-0118"

    assert facts(CONVERT, SIREN, fill, ISSUE)["new.number"] == "manual"
    again = facts(CONVERT, SIREN, fill, "fill document=made-1 number=", ISSUE)
    assert again["new.number"] == "automatic"


def test_a_number_taken_meanwhile_is_refused_on_issue() -> None:
    fill = "fill document=made-1 number=F-2026-0118"
    other = ("draft customer=bakery", "line document=made-2 item=hook")

    found = refusal(CONVERT, fill, *other, "issue document=made-2", ISSUE)

    assert found.code == "invoicing.number-taken"
    assert found.values == {"field": "number", "next": "F-2026-0119"}


def test_a_quote_may_be_converted_again_once_its_invoice_is_given_back() -> None:
    back = ("credit invoice=made-1", "issue document=made-2")

    assert refusal(*SENT, CONVERT).code == "invoicing.converted"
    found = facts(*SENT, *back, CONVERT, "issue document=made-3")
    assert (found["new.status"], found["issued"]) == ("deposited", 3)
    assert facts(CONVERT, "delete document=made-1", CONVERT)["converted"] == "yes"


def test_the_quote_says_that_it_is_invoiced() -> None:
    before, after = opened(open="dunes"), opened(CONVERT, open="dunes")

    assert (before["status"], before["can"]) == ("accepted", ("convert",))
    assert (after["status"], after["can"]) == ("invoiced", ())
    assert (before["siren"], before["note"]) == ("987 654 321", "Bon pour accord")


def test_what_was_typed_again_and_wholly_given_back_counts_no_more() -> None:
    back = ("credit invoice=made-1", "issue document=made-2")

    assert facts(*TYPED, SIREN, ISSUE, *back)["retyped"] == "no"
    assert facts(*SENT, *back)["converted"] == "no"


# ---- What a draft says


def test_days_or_the_date_say_when_to_pay() -> None:
    day = facts(CONVERT, "fill document=made-1 days=30")
    due = facts(CONVERT, "fill document=made-1 due=23/12/2026")

    assert (day["new.due"], day["new.days"]) == ("2026-12-23", 30)
    assert (due["new.due"], due["new.days"]) == ("2026-12-23", 30)
    assert facts(CONVERT)["new.due"] == "none"


@pytest.mark.parametrize(
    ("again", "due"),
    [
        ("days=45 due=2026-12-23", "2027-01-07"),  # the days were changed
        ("days=30 due=2026-12-31", "2026-12-31"),  # the date was
        ("days=30 due=2026-12-23", "2026-12-23"),
        ("days=45 due=2027-01-07", "2027-01-07"),  # both, and they agree
        ("category=goods", "2026-12-23"),
    ],
)
def test_of_both_the_one_that_was_changed_counts(again: str, due: str) -> None:
    fill = "fill document=made-1 days=30"

    assert facts(CONVERT, fill, f"fill document=made-1 {again}")["new.due"] == due


def test_boxes_that_a_form_does_not_hold_stay_ticked() -> None:
    play = played(CONVERT, FILL)
    one = {"document": ["made-1"], "category": ["goods"]}
    none = {**one, "mentions": [""]}

    play.do(action_of(SCENE.lab, "invoicing", "fill", one))
    assert play.facts["invoicing"]["new.mentions"] == ("penalty", "recovery")
    play.do(action_of(SCENE.lab, "invoicing", "fill", none))
    assert play.facts["invoicing"]["new.mentions"] == ()
    assert play.facts["invoicing"]["new.category"] == "goods"


def test_a_line_keeps_what_is_not_said() -> None:
    change = "line document=made-1 line=added-1"
    lines = opened(*TYPED, f"{change} quantity=2", f'{change} price="800,50"')["lines"]

    assert [(e["quantity"], e["price"], e["net"]) for e in lines] == [
        (2, Decimal("800.50"), 1601)
    ]
    other = opened(*TYPED, f"{change} item=advice")["lines"][0]
    assert (other["name"], other["rate"]) == ("Visite", Decimal("5.5"))


def test_a_line_taken_out_leaves_its_name_free() -> None:
    lines = opened(
        *TYPED,
        "line document=made-1 item=hook",
        "drop document=made-1 line=added-1",
        "line document=made-1 item=advice",
    )["lines"]

    assert [(e["id"], e["item"]) for e in lines] == [
        ("added-2", "hook"),
        ("added-1", "advice"),
    ]


def test_the_last_invoice_that_went_farthest_is_the_new_one() -> None:
    other = ("draft customer=bakery", "line document=made-2 item=hook")

    assert facts(CONVERT, *other)["new.customer"] == "hotel"
    assert facts(CONVERT, *other, "issue document=made-2")["new.customer"] == "bakery"
    assert facts("draft customer=hotel", "draft")["new.customer"] == "none"
    assert facts()["new.status"] == "none"


def test_the_form_of_a_draft_is_kept_when_one_issues_it() -> None:
    form = FILL.removeprefix("fill ")
    found = facts(CONVERT, f'issue {form} siren="987 654 321"')

    assert (found["new.status"], found["new.days"]) == ("deposited", 30)
    assert found["customer.hotel.siren"] == "right"
    assert (
        refusal(CONVERT, "issue document=made-1 days=trente").code == "invoicing.days"
    )


def test_the_siren_goes_to_the_file_of_the_customer_that_the_draft_has() -> None:
    fill = "fill document=made-1 siren=987654321"

    assert facts(CONVERT, fill)["customer.hotel.siren"] == "right"
    assert facts(CONVERT, f"{fill} customer=hotel")["customer.hotel.siren"] == "right"
    other = facts(CONVERT, f"{fill} customer=bakery")
    assert (other["customer.hotel.siren"], other["customer.bakery.siren"]) == (
        "none",
        "right",
    )
    assert facts("draft", f"{fill} customer=hotel")["customer.hotel.siren"] == "none"


# ---- Life cycle


def test_a_platform_rejects_whom_it_cannot_find_until_the_file_is_mended() -> None:
    rejected = opened(CONVERT, ISSUE)
    mended = opened(CONVERT, ISSUE, SIREN, ISSUE)

    assert (rejected["status"], rejected["why"]) == ("rejected", "missing")
    assert rejected["can"] == ("issue", "credit", "delete")
    assert (mended["status"], mended["why"]) == ("deposited", "")
    assert rejected["number"] == mended["number"] == "F-2026-0118"
    assert mended["steps"] == ("rejected", "deposited")
    assert shown(CONVERT, ISSUE, SIREN, ISSUE)["next"]["invoice"] == "F-2026-0119"


@pytest.mark.parametrize(
    ("siren", "why", "fact"),
    [
        ("98765432", "malformed", "wrong"),
        ("98765432a", "malformed", "wrong"),
        ("٩٨٧٦٥٤٣٢١", "malformed", "wrong"),
        ("123456789", "unknown", "wrong"),
        ("987654321", "", "right"),
    ],
)
def test_the_platform_says_why(siren: str, why: str, fact: str) -> None:
    lines = (CONVERT, f"customer customer=hotel siren={siren}", ISSUE)

    assert opened(*lines)["why"] == why
    assert facts(*lines)["customer.hotel.siren"] == fact


def test_a_rejected_invoice_is_mended_and_deposited_at_once() -> None:
    found = opened(CONVERT, ISSUE, "issue document=made-1 siren=987654321 days=60")

    assert (found["status"], found["due"]) == ("deposited", None)


def test_rejected_twice_it_is_still_one_rejection() -> None:
    assert opened(CONVERT, ISSUE, ISSUE)["steps"] == ("rejected",)


def test_a_mended_file_does_not_change_what_was_deposited() -> None:
    lines = (*SENT, "customer customer=hotel siren=111")

    assert opened(*lines)["customer"]["siren"] == "987 654 321"
    assert opened(CONVERT, SIREN)["customer"]["siren"] == "987 654 321"


def test_a_consumer_gets_the_invoice_without_a_platform() -> None:
    draft = ("draft customer=martin", "line document=made-1 item=advice")

    assert opened(*draft, ISSUE)["status"] == "sent"


def test_a_customer_refuses_more_than_what_they_signed_and_takes_less() -> None:
    more = "line document=made-1 line=q2 quantity=5"
    less = "line document=made-1 line=q2 quantity=3"

    refused = opened(CONVERT, SIREN, more, ISSUE)
    assert (refused["status"], refused["steps"]) == (
        "refused",
        ("deposited", "refused"),
    )
    assert opened(CONVERT, SIREN, less, ISSUE)["status"] == "deposited"
    assert facts(CONVERT, SIREN, less, ISSUE)["new.totals"] == "wrong"
    again = ("credit invoice=made-1", "issue document=made-2", CONVERT)
    assert facts(CONVERT, SIREN, more, ISSUE, *again)["new.totals"] == "right"


def test_what_left_the_house_cannot_be_taken_back_and_a_draft_can() -> None:
    late = "remind invoice=f098 level=written model=polite days=45"
    read = "read received=wood"
    for lines, can in [
        ((CONVERT,), True),
        ((CONVERT, FILL), True),
        ((CONVERT, SIREN), True),
        ((CONVERT, "delete document=made-1"), True),
        (("credit invoice=f112",), True),
        ((read,), True),
        (SENT, False),
        (("pay document=f112 amount=1",), False),
        ((late,), False),
        ((read, "accept received=wood"), False),
        ((read, "refuse received=wood reason=total"), False),
        ((read, "ask received=wood what=total"), False),
    ]:
        assert played(*lines).can_undo is can, lines


def test_an_issued_invoice_says_that_it_stays_when_one_deletes_it() -> None:
    assert refusal("delete document=f112").values == {"number": "F-2026-0112"}
    assert "delete" in opened(open="f112")["can"]
