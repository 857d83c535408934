"""An attacker of two years of quarters, one of them restated, at a threshold of 10: lays releases beside each other, with their shares, and shares no code with what hides."""

from dataclasses import replace
from itertools import combinations

import pytest

from desaga.workforce.figuring import FIGURES, compute
from desaga.workforce.models import Release
from desaga.workforce.operations import counting
from desaga.workforce.releasing import protecting
from desaga.workforce.releasing.sides import SAME_DAY, THEN, Earlier
from desaga.workforce.states import Audience

from .populations import day_by_day
from .readers import PEOPLE, Reader
from .readers import THEN as BEFORE

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC
READINGS = [(INTERNAL,), (PUBLIC,), (INTERNAL, PUBLIC)]
TEN = 10
POLICIES = protecting.policies_of(TEN)
SLUGS = ("headcount", "retirement", "starters", "leavers", "moves_in", "moves_out", "unknown_moves", "turnover", "stability")  # fmt: skip
SOME = [one for one in FIGURES if one.key.removeprefix("workforce.") in SLUGS]
PEOPLE_THERE, UNITS = 200, 3
FIRST, A_YEAR_ON, QUARTERS = 0, 4, 5


class Out:
    """A release that is out: what was counted, and what of it is read."""

    def __init__(self, raw, tables, then=None):
        self.raw, self.tables, self.then = raw, tables, then
        attacker = Reader(TEN)
        self.read_by(attacker, (INTERNAL, PUBLIC))
        self.true = dict(attacker.true)

    def read_by(self, attacker, audiences):
        for one in audiences:
            attacker.threshold = TEN if one == INTERNAL else 0
            attacker.read(self.raw, {table.key: table for table in self.tables[one]})


class OfBoth(Reader):
    """Reads two releases: what is `one` stands for the same people in both, everything else for others in each."""

    def __init__(self, one=frozenset()):
        super().__init__(TEN)
        self.one, self.world = one, 0

    def number(self, *name):
        return super().number(*name) if name in self.one else super().number(*name, self.world)


def released(now, first, earlier):
    raw = compute(now, first, figures=SOME)
    hiding = {one: protecting.hiding(protecting.meant_for(raw, one), POLICIES[one]) for one in Audience}
    checked = counting._checked(raw, hiding, earlier, POLICIES, Release(found={"hide_more": True}))
    assert checked.findings == []
    return raw, checked.tables


@pytest.fixture(scope="module")
def out():
    """The first quarter, that of a year later, and the same restated: five were in another unit, two were not there."""
    patched = pytest.MonkeyPatch()
    patched.setattr(protecting, "SECONDS", 0)  # The good method alone: its answer is the same on every machine.
    days = list(day_by_day(PEOPLE_THERE, QUARTERS, seed=5, days=91, units=UNITS))
    first, now = days[FIRST], days[A_YEAR_ON]
    one = Out(*released(first, None, []))
    then = [Earlier(1, one.tables, POLICIES, THEN, 364)]
    two = Out(*released(now, first, then), then=one)
    moved = [replace(who, contracts=(replace(who.contracts[0], unit=2),)) for who in now.people[:5]]
    right = replace(now, people=(*moved, *now.people[7:]))
    three = Out(*released(right, first, [Earlier(2, two.tables, POLICIES, SAME_DAY), *then]), then=one)
    patched.undo()
    assert any(0 < count < TEN for count in three.true.values())
    return one, two, three


def need_of(audiences):
    return TEN if audiences == (INTERNAL,) else POLICIES[PUBLIC].protection


@pytest.mark.parametrize("audiences", READINGS, ids=["inside", "public", "both"])
def test_no_release_tells_of_few_people(out, audiences):
    for one in out:
        attacker = Reader(TEN)
        one.read_by(attacker, audiences)
        attacker.threshold = TEN if audiences == (INTERNAL,) else 0
        assert attacker.narrow(need_of(audiences)) == {}


def recovered(earlier, later, audiences, one, need):
    """Cells of few people in either release of which less than `need` is left in doubt for who has both."""
    attacker = OfBoth(one)
    for attacker.world, read in enumerate((earlier, later)):
        read.read_by(attacker, audiences)
    if later.then is earlier:
        for name, count in later.true.items():
            if name[0] == BEFORE and earlier.true.get((PEOPLE, name[1])) == count:
                attacker.world = 1
                before = attacker.number(*name)
                attacker.world = 0
                attacker.row({before: 1.0, attacker.number(PEOPLE, name[1]): -1.0})
    attacker.threshold = TEN if audiences == (INTERNAL,) else 0
    found = {}
    for attacker.world, read in enumerate((earlier, later)):
        attacker.true = read.true
        found |= {(attacker.world, *name): reach for name, reach in attacker.narrow(need).items()}
    return found


@pytest.mark.parametrize("audiences", READINGS, ids=["inside", "public", "both"])
def test_no_two_days_tell_of_few_people(out, audiences):
    """Turnover and stability are of the staff of the day a year before: what that day's release showed of them is the same people."""
    least = min(one.protection for one in POLICIES.values())
    pairs = [(earlier, later) for earlier, later in combinations(out, 2) if later.then is earlier]
    assert len(pairs) == 2
    for earlier, later in pairs:
        assert recovered(earlier, later, audiences, frozenset(), least) == {}


def test_readers_inside_learn_nothing_of_few_people_from_what_was_restated_even_if_they_know_which_figures_changed(out):
    _, wrong, right = out
    unchanged = frozenset(name for name, count in wrong.true.items() if right.true.get(name) == count)
    assert {name for name in wrong.true if name not in unchanged}
    assert recovered(wrong, right, (INTERNAL,), unchanged, TEN) == {}
