"""The keyboard alone: one goes from one thing to the next, and sees where one is."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.answers import Move

# Far enough to go round any page of the course once.
ROUND = 120
RING = 3  # pixels
# Where the focus is, and the widest line drawn around it or around its card.
LOOK = """target => {
  const active = document.activeElement;
  const drawn = [active, active.closest("label, summary")].filter(Boolean).map(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  });
  return {
    here: active === target,
    mate: active.type === "radio" && active.name === target.name,
    body: active === document.body,
    ring: Math.max(...drawn),
    name: active.outerHTML.slice(0, 120),
  };
}"""


class Keys:
    """Ten fingers and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Press Tab until the focus is there; it is seen at each stop."""
        expect(target).to_have_count(1)
        element = target.element_handle()
        for _stop in range(ROUND):
            seen = element.evaluate(LOOK)
            assert seen["body"] or seen["ring"] >= RING, f"not seen: {seen['name']}"
            if seen["here"] or seen["mate"]:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to a button or a link, and press it."""
        self.reach(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str) -> None:
        """Go to a field, and type."""
        self.reach(target)
        self.page.keyboard.type(text)

    def do(self, move: Move) -> None:
        """One gesture of an answer."""
        if move.deed == "write":
            self.write(move.field, move.value)
        elif move.deed == "choose":
            self.choose(move.field, move.value)
        elif move.deed == "tick":
            self.tick(move.field)
        else:
            self.raise_(move.field, int(move.value))

    def choose(self, field: Locator, value: str) -> None:
        """Go down a list to a value."""
        self.reach(field)
        for _option in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        expect(field).to_have_value(value)

    def tick(self, field: Locator) -> None:
        """Space for a box; arrows inside a group of radios."""
        self.reach(field)
        group = field.page.locator(f'[name="{field.get_attribute("name")}"]')
        for _mate in range(group.count()):
            if field.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not field.is_checked():
            self.page.keyboard.press("Space")
        expect(field).to_be_checked()

    def raise_(self, button: Locator, times: int) -> None:
        """A step goes up; the focus goes with it."""
        self.reach(button)
        for _time in range(times):
            self.page.keyboard.press("Space")
