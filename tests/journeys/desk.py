"""A lab's desk: a recorded run done by hand, each gesture found by what it is called.

Content says what is done (`antivirus decide item=facture what=quarantine`); the page
must offer a control for it that one finds by its words, and can reach and press.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from playwright.sync_api import Locator, expect

from course.domain.lab import LAB, UNDO, Action, Lab
from tests.journeys.keys import Keys
from tests.journeys.person import Person

FULL = "plein"  # the recorded run that does a lab best
# What a page says anew once something was done.
CLIENT = "#drop [name=client]"


class Hands(Protocol):
    """How one handles a page."""

    def press(self, target: Locator) -> None:
        """A button, a link, or what unfolds something."""

    def write(self, target: Locator, text: str) -> None:
        """Instead of what is there."""

    def choose(self, field: Locator, value: str) -> None:
        """One line of a list."""

    def tick(self, field: Locator) -> None:
        """A box, or one choice."""


class Mouse:
    """One points and clicks, or hits with a thumb."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, field: Locator, value: str) -> None:
        field.select_option(value=value)

    def tick(self, field: Locator) -> None:
        if not field.is_checked():
            field.locator("xpath=ancestor::label").click()


class Fingers(Keys):
    """The keyboard alone."""

    def press(self, target: Locator, key: str = "Enter") -> None:
        super().press(target, key)

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)


class Desk:
    """Somebody at work on a lab."""

    def __init__(self, person: Person, hands: Hands) -> None:
        self.person, self.hands, self.page = person, hands, person.page

    def panel(self, name: str) -> Locator:
        """One panel, brought to the front where only one fits."""
        panel = self.page.locator(f"[data-panel={name}]")
        tab = self.page.locator(f"[data-tab={name}]")
        expect(panel).to_be_attached()
        self.page.wait_for_load_state("domcontentloaded")
        if not panel.is_visible():
            self.hands.press(tab)
        expect(panel).to_be_visible()
        return panel

    def acts(self, deed: Any) -> None:
        """Do it, and wait until the desk has taken it."""
        token = self.page.locator(CLIENT)
        old = token.get_attribute("value") or ""
        deed()
        expect(token).not_to_have_value(old)

    def do(self, action: Action) -> None:
        """One action of a recorded run."""
        if action.simulator == LAB:
            self.own(action)
            return
        panel = self.panel(action.simulator)
        form, button = self.control(panel, action)
        self.unfold(form, button)
        self.fill(form, action)
        self.told(panel, button)
        self.acts(lambda: self.hands.press(button))

    def own(self, action: Action) -> None:
        """Take back the last deed: beside what came of it, else with the mission."""
        assert action.name == UNDO
        button = self.page.locator('form:has([value="lab.undo"]) button')
        if not button.filter(visible=True).count():
            self.panel("mission")
        self.acts(lambda: self.hands.press(button.filter(visible=True).first))

    def control(self, panel: Locator, action: Action) -> tuple[Locator, Locator]:
        """The form that does it, and the button that sends it."""
        what = f"{action.simulator}.{action.name}"
        fields = given(action)
        has = [f':has([name="act"][value="{what}"])']
        for name, values in fields.items():
            for value in values:
                hidden = f'[type="hidden"][name="{name}"][value="{value}"]'
                pressed = f'button[name="{name}"][value="{value}"]'
                other = f'[name="{name}"]:not([type="hidden"], button)'
                has.append(f":has(:is({hidden}, {pressed}, {other}))")
        form = panel.locator(f"form[data-act]{''.join(has)}").first
        expect(form).to_have_count(1)
        choices = [f'button[name="act"][value="{what}"]']
        choices += [
            f'button[name="{name}"][value="{value}"]'
            for name, values in fields.items()
            for value in values
        ]
        own = form.locator(", ".join(choices))
        return form, own.first if own.count() else form.locator("button").first

    def unfold(self, form: Locator, button: Locator) -> None:
        """Open what hides it."""
        fold = form.locator("xpath=ancestor::details/summary")
        # Without a script a page may be on its way, where nothing is in sight yet.
        expect(button.or_(fold).filter(visible=True).first).to_be_visible()
        if not button.is_visible():
            self.hands.press(fold)
        expect(button).to_be_visible()

    def fill(self, form: Locator, action: Action) -> None:
        """Everything that the act needs, besides what its form holds already."""
        for name, values in given(action).items():
            for value in values:
                field = form.locator(f'[name="{name}"]:not([type="hidden"], button)')
                box = form.locator(f'input[name="{name}"][value="{value}"]')
                if not field.count():
                    continue
                if field.first.get_attribute("type") in ("checkbox", "radio"):
                    self.hands.tick(box.locator("visible=true"))
                elif field.locator("option").count():
                    self.hands.choose(field, value)
                else:
                    self.hands.write(field, value)

    def told(self, panel: Locator, button: Locator) -> None:
        """Its words alone tell it from every other button of the panel."""
        name = " ".join((button.text_content() or "").split())
        found = panel.get_by_role("button", name=name, exact=True)
        assert found.filter(visible=True).count() == 1, name

    def plays(self, lab: Lab, run: str = FULL) -> None:
        """The whole of a recorded run."""
        [sample] = [each for each in lab.samples if each.name == run]
        for _line, action in sample.actions:
            self.do(action)

    def end(self) -> None:
        """Say that it is over, and read the review."""
        mission = self.panel("mission")
        ending = mission.locator("#end")
        self.hands.press(ending.locator("summary"))
        self.hands.press(ending.get_by_role("button"))


def given(action: Action) -> Mapping[str, Sequence[str]]:
    """The fields of an action as its form names them."""
    fields: dict[str, list[str]] = {}
    for name, value in action.fields.items():
        values = [str(one) for one in (value if isinstance(value, list) else [value])]
        # A message has one line a person: to, copy, or nothing.
        if action.simulator == "mailbox" and name in ("to", "cc", "bcc"):
            fields |= {f"where.{who}": [name] for who in values}
        else:
            fields[name] = values
    return fields
