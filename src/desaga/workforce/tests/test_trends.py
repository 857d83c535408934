from datetime import date

import pytest

from desaga.workforce.figuring.model import Label
from desaga.workforce.figuring.trends import change, series

FIRST, SECOND = date(2025, 7, 31), date(2026, 7, 31)
ARTS, SCIENCE, OLD_SCIENCE = Label("1", "Arts"), Label("2", "Science"), Label("2", "Natural Science")
Table = dict[Label, int | None]


def lines(*released: tuple[date, Table]) -> dict[str, list[int | None]]:
    found = series(released, list, lambda table: {label.key: value for label, value in table.items()})
    return {one.label.words: [cell for _, cell in one.points] for one in found}


def test_row_is_called_what_it_was_called_last_and_gaps_stay_gaps() -> None:
    assert lines((SECOND, {SCIENCE: 30}), (FIRST, {OLD_SCIENCE: 25, ARTS: 10})) == {
        "Science": [25, 30],
        "Arts": [10, None],
    }


def test_restatement_takes_the_place_of_the_release_of_its_day() -> None:
    assert lines((FIRST, {ARTS: 10}), (FIRST, {ARTS: 15})) == {"Arts": [15]}


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([10, None], None), ([10, None, 25], 15), ([None, 20, 15], -5)]
)
def test_change_is_between_the_first_and_the_last_that_are_known(
    values: list[int | None], expected: int | None
) -> None:
    assert change([(FIRST, value) for value in values], lambda value: value) == expected
