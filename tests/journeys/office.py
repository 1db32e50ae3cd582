"""Who works with invoicing software: a paper is looked for, then worked on."""

from playwright.sync_api import Locator

from course.domain.lab import Action
from tests.journeys.desk import Desk

INVOICING = "invoicing"
# Which list has what an action is about.
LISTS = {
    "quote": ("quotes",),
    "invoice": ("invoices",),
    "document": ("invoices", "credits"),
    "received": ("received",),
    "customer": ("customers",),
}


class Office(Desk):
    """A desk with papers: they are in lists, and one is open at a time."""

    def do(self, action: Action) -> None:
        """Find the paper, then do it."""
        if action.simulator == INVOICING:
            self.find(action)
        super().do(action)

    def find(self, action: Action) -> None:
        """Have in front of oneself what the action is about."""
        if action.name == "draft":  # about nothing yet
            return
        field = next(name for name in LISTS if name in action.fields)
        name = str(action.fields[field])
        if action.name == "read":
            self.list("received")
        else:
            self.open(name, *LISTS[field])

    def open(self, name: str, *lists: str) -> Locator:
        """One paper, from the list that has it."""
        panel = self.panel(INVOICING)
        paper = panel.locator(f"article:has(#bill-{name})")
        for each in () if paper.count() else lists:
            self.list(each)
            at = f"open={name}"
            link = panel.locator(f'a:is([href$="{at}"], [href*="{at}&"])')
            if link.count():
                self.told_link(panel, link)
                self.acts(lambda: self.hands.press(link))  # noqa: B023 - now
                break
        assert paper.count() == 1, name
        return paper

    def list(self, name: str) -> None:
        """One list."""
        panel = self.panel(INVOICING)
        link = panel.locator(f'nav a[href*="list={name}"]')
        self.acts(lambda: self.hands.press(link))

    def told_link(self, panel: Locator, link: Locator) -> None:
        """Its words alone tell it from every other link of the panel."""
        name = " ".join((link.text_content() or "").split())
        found = panel.get_by_role("link", name=name, exact=True)
        assert found.filter(visible=True).count() == 1, name
