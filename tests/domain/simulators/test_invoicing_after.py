"""Invoicing: credit notes, payments, reminders, and what suppliers send."""

from decimal import Decimal

import pytest

from course.domain.simulators.books import books_in, document_of, issued
from course.domain.simulators.invoicing import Invoicing
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

# ---- Credit notes


@pytest.mark.parametrize(
    ("lines", "fact"),
    [
        (("line=l1 quantity=10",), "right"),
        (("line=l1 quantity=4", "line=l1 quantity=6"), "right"),
        (("line=l1 quantity=12",), "wrong"),
        (("line=l1 quantity=9",), "wrong"),
        (("",), "wrong"),
    ],
)
def test_a_credit_note_gives_back_just_what_was_too_much(
    lines: tuple[str, ...], fact: str
) -> None:
    deeds = [
        line
        for place, each in enumerate(lines, 1)
        for line in (f"credit invoice=f112 {each}", f"issue document=made-{place}")
    ]

    assert facts(*deeds)["credit.f112"] == fact
    assert facts(*deeds[:-2])["credit.f112"] != "right"


def test_a_credit_note_quotes_its_original_and_bears_its_sign() -> None:
    lines = ("credit invoice=f112 line=l1 quantity=10", ISSUE)
    credit, invoice = opened(*lines), opened(*lines, open="f112")

    assert (credit["number"], credit["status"]) == ("A-2026-0009", "deposited")
    assert credit["original"] == {"id": "f112", "number": "F-2026-0112"}
    totals = credit["totals"]
    assert (totals["net"], totals["tax"], totals["gross"]) == (-300, -60, -360)
    assert invoice["credits"] == [{"id": "made-1", "number": "A-2026-0009"}]
    assert (invoice["left"], invoice["left_of"]) == (72, {"l1": 2})
    assert shown(*lines, list="credits")["rows"][0]["gross"] == -360
    assert shown(*lines)["next"]["invoice"] == "F-2026-0118"


def test_one_draft_of_a_credit_note_is_written_again() -> None:
    lines = ("credit invoice=f112", "credit invoice=f112 line=l1 quantity=10")

    found = shown(*lines, list="credits")

    assert [row["gross"] for row in found["rows"]] == [-360]
    assert opened(*lines)["can"] == ("fill", "issue", "delete")


def test_a_rejected_credit_note_corrects_nothing_yet() -> None:
    back = ("credit invoice=f112 line=l1 quantity=10", ISSUE)
    lines = ("customer customer=bakery siren=1", *back)

    assert facts(*lines)["credit.f112"] == "none"
    assert opened(*lines)["can"] == ("issue", "delete")
    assert opened(*back)["can"] == ("delete",)
    mended = ("customer customer=bakery siren=111222333", ISSUE)
    assert facts(*lines, *mended)["credit.f112"] == "right"


def test_giving_back_what_was_right_is_wrong() -> None:
    assert facts("credit invoice=f098", ISSUE)["credit.f098"] == "wrong"


# ---- Payments and reminders


def test_an_invoice_is_collected_once_all_of_it_came() -> None:
    part = (*SENT, 'pay document=made-1 amount="€1,000.00"')
    whole = (*part, "pay document=made-1 amount=236 date=2026-11-23")

    assert (facts(*part)["new.paid"], facts(*part)["new.status"]) == (
        "part",
        "deposited",
    )
    assert opened(*part)["left"] == 236
    assert (facts(*whole)["new.paid"], facts(*whole)["new.status"]) == ("all", "paid")
    assert opened(*whole)["steps"] == ("deposited", "paid")
    assert opened(*whole)["can"] == ("credit", "delete")
    assert [each["amount"] for each in opened(*whole)["payments"]] == [1000, 236]


def test_what_was_given_back_is_not_owed() -> None:
    back = ("credit invoice=f112 line=l1 quantity=10", ISSUE)

    assert refusal(*back, "pay document=f112 amount=73").code == "invoicing.too-much"
    assert facts(*back, "pay document=f112 amount=72")["invoice.f112.status"] == "paid"


def test_a_rejected_invoice_is_neither_paid_nor_reminded() -> None:
    for deed in ("pay document=made-1 amount=1", "remind invoice=made-1 level=call"):
        assert refusal(CONVERT, ISSUE, deed).code == "invoicing.not-out"


def test_a_reminder_says_its_step_its_tone_and_how_late() -> None:
    found = facts("remind invoice=f098 level=call model=threat")

    assert found["reminder.f098"] == "call"
    assert found["reminder.f098.polite"] == "no"
    assert found["reminder.f098.attached"] == "no"
    assert found["reminder.f098.days"] == "none"


def test_a_reminder_never_goes_half_written() -> None:
    # It cannot be taken back: what was forgotten is asked for first.
    begun = "remind invoice=f098"

    assert refusal(begun).code == "invoicing.no-step"
    assert refusal(f"{begun} level=written").code == "invoicing.no-tone"
    half = refusal(f"{begun} level=written model=polite")
    assert (half.code, half.values["field"]) == ("invoicing.days", "days")


def test_the_ladder_is_climbed_one_way() -> None:
    call, written = (
        f"remind invoice=f098 level={name} model=polite days=45"
        for name in ("call", "written")
    )

    assert facts(call, written)["reminder.f098"] == "written"
    assert refusal(call, call).code == "invoicing.reminded"
    assert refusal(written, call).code == "invoicing.ladder"


def test_a_friendly_notice_may_go_a_week_before_the_due_date() -> None:
    friendly = "remind invoice=f082 level=friendly model=polite"

    assert facts(friendly)["reminder.f082"] == "friendly"
    assert refusal("remind invoice=f082 level=call").code == "invoicing.not-late"
    assert refusal("remind invoice=f083 level=friendly").code == "invoicing.not-late"


def test_being_late_has_a_price_that_is_shown_once_a_reminder_went() -> None:
    reminded = opened(
        "remind invoice=f098 level=written model=polite days=44", open="f098"
    )

    assert opened(open="f098")["late"] is None
    assert reminded["late"] == {
        "days": 45,
        "rate": Decimal("12.40"),
        "penalty": Decimal("7.34"),
        "recovery": 40,
    }
    assert reminded["reminders"][0]["days"] == 44


def test_a_consumer_owes_neither_penalties_nor_recovery() -> None:
    reminded = opened("remind invoice=f090 level=call model=polite", open="f090")

    assert reminded["late"] is None


def test_lists_say_which_invoices_are_late() -> None:
    late = [row["id"] for row in shown(list="invoices")["rows"] if row["late"]]

    assert late == ["f098", "f090"]
    assert opened(CONVERT)["late"] is None


# ---- What suppliers send


def test_a_received_invoice_is_shown_as_it_is_printed() -> None:
    found = opened(open="paint")

    assert (found["status"], found["unread"], found["due"]) == ("new", True, None)
    assert found["lines"][0]["net"] == 50
    assert found["totals"]["gross"] == 65
    assert found["buyer"] == {"name": "Atelier du Port", "siren": ""}
    assert found["can"] == ("accept", "refuse", "ask")


def test_one_may_ask_then_decide_and_then_it_is_decided() -> None:
    asked = ("read received=paint", "ask received=paint what=siren")
    lines = (
        *asked,
        "ask received=paint what=total",
        "refuse received=paint reason=due",
    )
    found = facts(*lines)

    assert (found["asked"], found["refused"]) == ((), ("paint",))
    assert found["received.paint.question"] == "total"
    assert found["received.paint.reason"] == "due"
    assert opened(*lines, open="paint")["can"] == ()
    assert opened(*asked, open="paint")["status"] == "asked"


# ---- Looking and telling


def test_an_unknown_view_shows_the_quotes() -> None:
    found = shown(list="junk", open="junk")

    assert (found["list"], found["opened"]) == ("quotes", None)
    assert [each["count"] for each in found["lists"]] == [2, 7, 0, 4, 3]
    assert shown(list="customers")["rows"][0]["siren"] == ""
    assert opened(open="hotel")["can"] == ("customer",)
    assert [row["unread"] for row in shown(list="received")["rows"]] == [True] * 3


def test_a_draft_without_a_customer_can_be_looked_at() -> None:
    assert opened("draft")["customer"]["name"] == ""
    assert shown("draft", list="invoices")["rows"][-1]["customer"] == ""


@pytest.mark.parametrize(
    ("lines", "view"),
    [
        ((CONVERT,), {"list": "invoices", "open": "made-1"}),
        ((CONVERT, FILL), {"list": "invoices", "open": "made-1"}),
        (("credit invoice=f112",), {"list": "credits", "open": "made-1"}),
        (
            ("remind invoice=f098 level=call model=polite",),
            {"list": "invoices", "open": "f098"},
        ),
        ((SIREN,), {"list": "customers", "open": "hotel"}),
        (("read received=wood",), {"list": "received", "open": "wood"}),
        ((CONVERT, "delete document=made-1"), {"open": ""}),
    ],
)
def test_one_looks_at_what_was_just_done(
    lines: tuple[str, ...], view: dict[str, str]
) -> None:
    play = played(*lines)
    action = SCENE.action(f"invoicing {lines[-1]}")
    act = SCENE.simulator.acts[action.name].load(action.fields)

    assert SCENE.simulator.look(play.world, act) == view


@pytest.mark.parametrize(
    ("before", "line", "words"),
    [
        ((), CONVERT, {"quote": "D-2026-041"}),
        ((CONVERT,), ISSUE, {"number": "", "next": "F-2026-0118", "kind": "invoice"}),
        ((CONVERT, ISSUE), ISSUE, {"number": "F-2026-0118", "next": "F-2026-0118"}),
        (
            (),
            "credit invoice=f112",
            {"invoice": "F-2026-0112", "number": "F-2026-0112"},
        ),
        ((), SIREN, {"customer": "Hôtel des Dunes", "siren": "987 654 321"}),
        ((), "read received=wood", {"received": "Bois du Nord"}),
        ((CONVERT,), "line document=made-1 item=hook", {"item": "Crochet", "line": ""}),
        ((CONVERT,), FILL, {"mentions": "penalty, recovery", "who": "Hôtel des Dunes"}),
        ((), "draft", {"customer": ""}),
    ],
)
def test_a_deed_is_told_with_names(
    before: tuple[str, ...], line: str, words: dict[str, str]
) -> None:
    action = SCENE.action(f"invoicing {line}")
    act = SCENE.simulator.acts[action.name].load(action.fields)

    told = SCENE.simulator.tell(played(*before).world, act, "fr")

    assert {name: told.get(name) for name in words} == words


# ---- For the electronic invoice


def test_what_was_issued_in_the_run_is_given_with_its_parties_and_lines() -> None:
    own = SCENE.simulator
    assert isinstance(own, Invoicing)
    world = played(*SENT, "draft", "credit invoice=f112").world

    [invoice] = issued(world)

    assert invoice is document_of(world, "made-1")
    assert invoice.days is None
    assert [own.item(e.item).name["fr"] for e in invoice.lines] == [
        "Garde-corps",
        "Pose",
    ]
    assert [own.unit(each.item) for each in invoice.lines] == ["piece", "hour"]
    assert [each.line.net for each in invoice.lines] == [850, 180]
    assert own.seller.name["fr"] == "Atelier du Port"
    buyer = own.buyer(invoice)
    assert buyer
    assert (buyer.id, buyer.siren) == ("hotel", "987 654 321")
    nobody = document_of(world, "made-2")
    assert nobody
    assert own.buyer(nobody) is None
    assert document_of(world, "nothing") is None
    with pytest.raises(KeyError):
        own.item("nothing")


def test_days_to_pay_are_counted_from_the_day_of_issue() -> None:
    world = played(CONVERT, FILL, SIREN, ISSUE).world

    assert issued(world)[0].days == 30
    assert books_in(world).new is issued(world)[0]
