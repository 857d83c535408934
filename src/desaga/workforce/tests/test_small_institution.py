"""A small institution that releases every month: what hiding cannot keep beside the month before is refused, and can be released without the tables that tell it."""

from datetime import timedelta

import pytest

from desaga.workforce.figuring import FIGURES, compute
from desaga.workforce.models import Release
from desaga.workforce.operations import counting
from desaga.workforce.releasing import auditing, protecting
from desaga.workforce.releasing.leaving_out import WHY
from desaga.workforce.releasing.queries import NEARLY
from desaga.workforce.releasing.sides import NEAR, THEN, Earlier
from desaga.workforce.states import Audience

from .populations import month_by_month

MONTHS, PEOPLE, SEED = 12, 120, 2
SLUGS = ("headcount", "retirement", "starters", "leavers", "moves_in", "moves_out", "unknown_moves")
SOME = [one for one in FIGURES if one.key.removeprefix("workforce.") in SLUGS]
POLICIES = protecting.POLICIES


class Year:
    """What a steward does, month by month: prepare, and where it is refused, leave out what tells."""

    def __init__(self):
        self.out, self.refused, self.tables = [], {}, {}

    def month(self, number, now, first):
        raw = compute(now, first, figures=SOME)
        hiding = {one: protecting.hiding(protecting.meant_for(raw, one), POLICIES[one]) for one in Audience}
        beside = list(self.beside(now.on, first))
        checked = counting._checked(raw, hiding, beside, POLICIES, Release())
        if checked.findings:
            self.refused[number] = checked
            checked = counting._checked(raw, hiding, beside, POLICIES, Release(found={"leave_out": True}))
            # Asked of the tables as they are kept, by an audit that was told nothing of how they came about.
            assert auditing.findings(raw, checked.tables, beside) == []
        assert checked.findings == []
        self.tables[number] = checked.tables
        self.out.append((now.on, checked.tables))

    def beside(self, on, first):
        """As `queries.earlier` finds them: the day compared with, and any that is near."""
        for number, (day, tables) in enumerate(self.out, 1):
            if first is not None and day == first.on:
                yield Earlier(number, tables, POLICIES, THEN, (on - day).days)
            if on - day <= NEARLY:
                yield Earlier(number, tables, POLICIES, NEAR, (on - day).days)


@pytest.fixture(scope="module")
def year():
    lived, first = Year(), None
    patched = pytest.MonkeyPatch()
    patched.setattr(protecting, "SECONDS", 0)  # The good method alone: its answer is the same on every machine.
    for number, now in enumerate(month_by_month(PEOPLE, MONTHS, SEED)):
        lived.month(number, now, first)
        first = first or now
    patched.undo()
    assert lived.out[1][0] - lived.out[0][0] == timedelta(days=30)
    return lived


def left_out(tables):
    return {(audience, *one.key) for audience, shown in tables.items() for one in shown if one.why == WHY}


def test_most_months_are_released_whole_and_every_one_without_the_tables_that_tell(year):
    assert 0 < len(year.refused) < MONTHS / 4
    for number, tables in year.tables.items():
        gone = left_out(tables)
        assert bool(gone) == (number in year.refused)
        # What most ask for is always there: how many there are.
        assert not {(one, "workforce.headcount", "") for one in Audience} & gone
        assert len(gone) < sum(map(len, tables.values())) / 4


def test_what_was_left_out_is_back_in_the_next_month(year):
    for number in year.refused:
        gone = left_out(year.tables[number])
        assert gone
        assert not gone & left_out(year.tables.get(number + 1, {}))
