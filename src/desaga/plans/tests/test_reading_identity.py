"""An action keeps its id from one reading to the next, whatever else about it has changed."""

import pytest

from desaga.plans.tests.grids import grid, plan_of

HEADS = "Ref | Action | How | Owner"
HOW = "Every workshop writes its name, its opening hours and its people on one large board by the door"


def ids(*rows, heads=HEADS, format="docx"):
    return [action["id"] for action in plan_of(grid(heads, *rows), format=format)["actions"]]


FIRST = "A1 | Open the glass store | | Estates"
SECOND = f"| Hang boards | {HOW} | HR"
THIRD = "| Print the yearly list of awards and prizes given by departments | | HR"


def test_ids_are_unique_and_the_same_on_every_reading() -> None:
    once = ids(FIRST, SECOND, THIRD)

    assert len(set(once)) == 3
    assert ids(FIRST, SECOND, THIRD) == once


def test_moved_rows_keep_their_ids() -> None:
    first, second, third = ids(FIRST, SECOND, THIRD)

    assert ids(THIRD, FIRST, SECOND) == [third, first, second]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FIRST, "A1 | Let everyone into the store of glass | | Estates"),
        (SECOND, f"| Put up signs | {HOW} | HR"),
        (SECOND, f"| Hang boards | {HOW}, and in the lift | Estates"),
        (THIRD, "| Print the yearly list of awards and prizes given by departments to staff | | Registry"),
    ],
)
def test_an_action_that_reads_differently_keeps_its_id(before, after) -> None:
    assert ids(after) == ids(before)


@pytest.mark.parametrize("format", ["txt", "csv", "xlsx", "html", "md"])
def test_other_formats_give_the_same_ids(format) -> None:
    assert ids(FIRST, SECOND, THIRD, format=format) == ids(FIRST, SECOND, THIRD)


def test_the_same_words_twice_have_two_ids() -> None:
    assert len(set(ids(THIRD, FIRST, THIRD))) == 3


def test_one_account_over_two_titles_has_two_ids() -> None:
    assert len(set(ids(SECOND, f"| Put up signs in every lift | {HOW} | HR"))) == 2
