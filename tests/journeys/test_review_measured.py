"""How many presses and minutes it takes from the upload of a real, torn document to a committed plan.

The presses are counted as the browser gets them. The minutes are those of the keystroke-level model: Card, Moran and
Newell, "The keystroke-level model for user performance time with interactive systems", Communications of the ACM 23
(1980), https://doi.org/10.1145/358886.358895. What the figures mean: docs/explanation/how-long-a-review-takes.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from desaga.organisations.states import Role
from desaga.plans.models import StagedRow
from desaga.tenancy.context import within
from tools.no_skips import seeds_folder

SEED = seeds_folder() / "leeds-action-plan-2024-2027.txt"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.seeds,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SEED.is_file(), reason="the seeds are not here"),
]

# Seconds: a key of an average typist who is no secretary, pointing, thinking before an act, hand from mouse to keys.
KEY, POINT, THINK, HOME = 0.28, 1.1, 1.35, 0.4
# Words a minute in silent reading: Brysbaert, Journal of Memory and Language 109 (2019), 104047.
READING = 238
# Words that a page tore off stand in nobody's file; what an officer types from the original is taken to be so long.
LOST = "These words were lost on the page and are typed in from memory"


@dataclass
class Hand:
    """A hand at keys and mouse that counts what it does."""

    page: Page
    keys: int = 0
    clicks: int = 0
    typed: int = 0
    thoughts: int = 0
    on_mouse: bool = True
    homings: int = 0

    def press(self, key: str, *, comes_again: bool = False) -> None:
        """One press; "Control+Enter" is one press of two keys."""
        self._home(on_mouse=False)
        self.keys += 1
        self.thoughts += 1
        self._do(lambda: self.page.keyboard.press(key), comes_again)

    def click(self, target: Locator, *, comes_again: bool = False, **where: Any) -> None:
        self._home(on_mouse=True)
        self.clicks += 1
        self.thoughts += 1
        self._do(lambda: target.click(**where), comes_again)

    def choose(self, target: Locator, label: re.Pattern[str]) -> None:
        """Open a list and take a line of it: two presses."""
        self._home(on_mouse=True)
        self.clicks += 2
        self.thoughts += 1
        options = target.locator("option").all_inner_texts()
        target.select_option(label=next(option for option in options if label.match(option)))

    def type(self, text: str) -> None:
        self._home(on_mouse=False)
        self.typed += len(text)
        self.thoughts += 1
        self.page.keyboard.insert_text(text)

    @property
    def presses(self) -> int:
        return self.keys + self.clicks

    @property
    def seconds(self) -> float:
        acts = (self.keys + self.typed) * KEY + self.clicks * (POINT + 0.1)
        return acts + self.thoughts * THINK + self.homings * HOME

    def _home(self, *, on_mouse: bool) -> None:
        self.homings += self.on_mouse != on_mouse
        self.on_mouse = on_mouse

    def _do(self, act: Callable[[], None], comes_again: bool) -> None:
        if comes_again:
            with self.page.expect_navigation():
                act()
            # The browser goes to the row that the address names a moment after the page is there.
            self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
        else:
            act()


def bring_in(hand: Hand, organisation: Any, work: Callable[[], None]) -> None:
    page = hand.page
    page.goto(f"/o/{organisation.slug}/imports/")
    hand.click(page.get_by_role("link", name="Bring a plan in").first, comes_again=True)
    # Dropping the file on the page is one gesture.
    hand.clicks += 1
    page.get_by_label("The file that you have").set_input_files(SEED)
    hand.click(page.get_by_role("button", name="Read the plan"), comes_again=True)
    work()
    expect(page.get_by_role("article").first).to_be_visible()


def commit(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("link", name=re.compile("^Commit [0-9]+ actions")), comes_again=True)
    hand.click(hand.page.get_by_role("button", name=re.compile("^Commit [0-9]+ actions")), comes_again=True)
    expect(hand.page.get_by_text("The plan is made.")).to_be_visible()
    hand.page.wait_for_load_state("networkidle")


def mend_words(hand: Hand, *places: str) -> None:
    """Open the row, type what is missing at each place ("Home", "Control+End", or tabs to the next field), save, go on."""
    hand.press("e", comes_again=True)
    for place in places:
        for key in place.split():
            hand.press(key)
        hand.type(LOST)
    hand.press("Control+Enter", comes_again=True)
    hand.press("j")


def split_in_two(hand: Hand) -> None:
    """Two texts have a choice of places and are cut at the cursor; the third has its mark, and the code is known."""
    page = hand.page
    hand.press("s", comes_again=True)
    for label in ("How", "How we will know"):
        text = page.get_by_label(label, exact=True)
        hand.click(text, position={"x": 200, "y": 60})
        hand.click(page.get_by_role("button", name=f"Split here at the cursor in {label}", exact=True))
    expect(page.get_by_label("Code of the second")).to_have_value(re.compile("2b$"))
    hand.press("Control+Enter", comes_again=True)


TO_SUCCESS = "Tab Tab Tab Tab Tab"
KEEP = "keep"
# What each doubtful row of the document needs, in its order, as somebody with the original beside them does it.
NEEDS: dict[str, tuple[str, ...] | str] = {
    "N8-3f": ("",),
    "N8-3g": ("",),
    "N8-3h": ("", TO_SUCCESS),
    "N8-3i": ("", TO_SUCCESS),
    "N8-4b": ("", "Control+End"),
    "N8-4c": KEEP,
    "N8-6a": KEEP,
    "N8-7d": KEEP,
    "N8-8a": ("",),
    "N8-10a": ("", "Control+End"),
    "NTDC SR-2a": "split",
    "NTDC SR-2c": ("",),
}


def mend(hand: Hand) -> None:
    page = hand.page
    hand.choose(page.get_by_label("Doubts"), re.compile("^Any doubt"))
    hand.click(page.get_by_role("button", name="Filter"), comes_again=True)
    assert page.locator(".dsg-compare__title .dsg-code").all_inner_texts() == list(NEEDS)
    hand.press("j")
    for code, needs in NEEDS.items():
        expect(page.locator("[data-dsg-current] .dsg-compare__title .dsg-code")).to_have_text(code)
        if needs == KEEP:
            hand.press("Enter", comes_again=True)
        elif needs == "split":
            split_in_two(hand)
            hand.press("j")
            # The second half has lost its end.
            mend_words(hand, "Control+End")
        else:
            mend_words(hand, *needs)


def words_in_doubtful_rows(organisation: Any) -> int:
    """What one reads to settle the doubts: the cells and the understanding of each doubtful row."""
    with within(organisation):
        rows = [row for row in StagedRow.objects.all() if row.notices]
    cells = [cell["text"] for row in rows for source in row.source_rows for cell in source["cells"]]
    understood = [row.understood[name] for row in rows for name in ("title", "how", "success")]
    return sum(len(text.split()) for text in [*cells, *understood])


def characters_of_the_plan(organisation: Any) -> int:
    """What one types who types the plan anew: the words of each action, its codes, dates, owners and principles."""
    with within(organisation):
        actions = [row.understood for row in StagedRow.objects.all()]
    return sum(
        len(action["title"] + action["how"] + action["success"] + (action["code"] or "") + action["timeframe"]["text"])
        + sum(len(owner["text"]) for owner in action["owners"])
        + sum(len(alignment["text"]) for alignment in action["alignments"])
        for action in actions
    )


def test_presses_and_minutes_to_a_mended_and_committed_plan(
    page: Page, sign_in: Any, organisation: Any, member: Callable[..., Any], work: Any, record_property: Any
) -> None:
    sign_in(page, member(Role.PROJECT_OFFICER))
    hand = Hand(page)
    bring_in(hand, organisation, work)
    words = words_in_doubtful_rows(organisation)
    retyping = characters_of_the_plan(organisation)

    mend(hand)
    commit(hand)

    told = {
        "acting": hand.seconds / 60,
        "reading": words / READING,
        "retyping": retyping * KEY / 60,
    }
    record_property("review of a real plan, in minutes", told)
    assert (hand.presses, hand.typed) == (59, 806)
    # The figures of docs/explanation/how-long-a-review-takes.md.
    assert told == pytest.approx({"acting": 5.8, "reading": 10.4, "retyping": 109.3}, rel=0.05)


def test_presses_to_a_plan_that_is_committed_as_it_was_read(
    page: Page, sign_in: Any, organisation: Any, member: Callable[..., Any], work: Any
) -> None:
    sign_in(page, member(Role.PROJECT_OFFICER))
    hand = Hand(page)
    bring_in(hand, organisation, work)
    commit(hand)

    assert hand.presses == 5


def test_presses_to_say_for_good_that_a_role_is_one_in_each_faculty(
    page: Page, sign_in: Any, organisation: Any, member: Callable[..., Any], work: Any
) -> None:
    sign_in(page, member(Role.PROJECT_OFFICER))
    hand = Hand(page)
    bring_in(hand, organisation, work)
    before = hand.presses
    hand.click(page.get_by_role("link", name=re.compile("Names")), comes_again=True)
    hand.click(page.get_by_role("link", name="Somebody new for FOD"), comes_again=True)
    expect(page.get_by_label("One for each")).to_have_value("faculty")
    hand.click(page.get_by_label("Only where there is a technical workforce"))
    hand.click(page.get_by_role("button", name="Add them"), comes_again=True)

    expect(page.get_by_text("One for each faculty with technical workforce", exact=True)).to_be_visible()
    assert hand.presses - before == 4
