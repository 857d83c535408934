"""A small institution that releases every month: what hiding cannot keep beside the month before is refused, and can be released without the tables that tell it."""

from datetime import timedelta

import pytest

from desaga.workforce.figuring import FIGURES, compute
from desaga.workforce.models import Release
from desaga.workforce.operations import counting
from desaga.workforce.releasing import auditing, protecting
from desaga.workforce.releasing.leaving_out import WHY
from desaga.workforce.releasing.queries import NEARLY
from desaga.workforce.releasing.sides import NEAR, Earlier
from desaga.workforce.states import Audience

from .populations import day_by_day

MONTHS, PEOPLE, SEED = 12, 100, 6
SOME = [one for one in FIGURES if one.key in ("workforce.headcount", "workforce.retirement")]
POLICIES = protecting.POLICIES


class Year:
    """What a steward does, month by month: prepare, and where it is refused, leave out what tells."""

    def __init__(self):
        self.out, self.refused, self.tables = [], {}, {}

    def month(self, number, now):
        raw = compute(now, figures=SOME)
        hiding = {one: protecting.hiding(protecting.meant_for(raw, one), POLICIES[one]) for one in Audience}
        beside = list(self.beside(now.on))
        checked = counting._checked(raw, hiding, beside, POLICIES, Release())
        if checked.findings:
            self.refused[number] = checked
            checked = counting._checked(raw, hiding, beside, POLICIES, Release(found={"leave_out": True}))
            # Asked of the tables as they are kept, by an audit that was told nothing of how they came about.
            assert auditing.findings(raw, checked.tables, beside) == []
        assert checked.findings == []
        self.tables[number] = checked.tables
        self.out.append((now.on, checked.tables))

    def beside(self, on):
        """As `queries.earlier` finds them: any day that is near."""
        for number, (day, tables) in enumerate(self.out, 1):
            if on - day <= NEARLY:
                yield Earlier(number, tables, POLICIES, NEAR, (on - day).days)


@pytest.fixture(scope="module")
def year():
    lived = Year()
    patched = pytest.MonkeyPatch()
    patched.setattr(protecting, "SECONDS", 0)  # The good method alone: its answer is the same on every machine.
    for number, now in enumerate(day_by_day(PEOPLE, MONTHS, SEED)):
        lived.month(number, now)
    patched.undo()
    assert lived.out[1][0] - lived.out[0][0] == timedelta(days=30)
    return lived


def left_out(tables):
    return {(audience, *one.key) for audience, shown in tables.items() for one in shown if one.why == WHY}


def test_most_months_are_released_whole_and_every_one_without_the_tables_that_tell(year):
    assert 0 < len(year.refused) < MONTHS / 2
    for number, tables in year.tables.items():
        gone = left_out(tables)
        assert bool(gone) == (number in year.refused)
        # What most ask for is always there: how many there are.
        assert not {(one, "workforce.headcount", "") for one in Audience} & gone
        assert len(gone) < sum(map(len, tables.values())) / 4


def test_what_is_left_out_of_a_month_is_read_in_most_others(year):
    gone = [left_out(tables) for tables in year.tables.values()]
    for one in frozenset().union(*gone):
        assert sum(one in some for some in gone) < MONTHS / 2
