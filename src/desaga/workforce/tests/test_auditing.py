"""What could be worked out of a release beside the other audience's, earlier ones of its day, and the day it is compared with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desaga.workforce.figuring import ALL, FIGURES, Label, RawCell, RawTable, compute
from desaga.workforce.operations import counting
from desaga.workforce.releasing import auditing, protecting
from desaga.workforce.releasing.knowing import At
from desaga.workforce.releasing.mending import mend
from desaga.workforce.releasing.shares import behind
from desaga.workforce.releasing.sides import LATER, NEAR, SAME_DAY, THEN, Earlier, readings, sides_of
from desaga.workforce.states import Audience

from .populations import everybody, one, thousands

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC
HEADCOUNT = "workforce.headcount"


def table(figure, cut, counts, columns=(ALL,)):
    """An exact table with its margins; `counts` by (row, column), or by row where there are no columns."""
    cells = {place if isinstance(place, tuple) else (place, ""): count for place, count in counts.items()}
    for (row, column), count in list(cells.items()):
        for margin in {("", column), (row, ""), ("", "")} - {(row, column)}:
            cells[margin] = cells.get(margin, 0) + count
    rows = tuple(dict.fromkeys(row for row, _ in cells if row)) or ("",)
    return RawTable(
        figure=figure,
        cut=cut,
        rows=tuple(Label(row, row.upper()) if row else ALL for row in rows),
        columns=tuple(Label(column, column) for column in dict.fromkeys(c for _, c in cells if c)) or columns,
        cells={place: RawCell(Decimal(count), count) for place, count in cells.items()},
        adds_up=True,
    )


def by_unit(**counts):
    return table(HEADCOUNT, "unit", counts)


def by_years(cut="unit_65", **counts):
    """Of one unit, by years until 65 or another age: what the public is shown of these does not come and go with people, as a unit does."""
    return table("workforce.retirement", cut, {("a", key): count for key, count in counts.items()})


def names_of(key):
    """What the cells of one stretch of years say of people, within the unit and in all."""
    stretch = {("until_65", key)} if key else set()
    return {(HEADCOUNT, frozenset(stretch | unit)) for unit in (set(), {("unit", "a")})}


def shown_by_years(raw, internal=(), public=()):
    hidden = {INTERNAL: internal, PUBLIC: public}
    return {
        audience: protecting.shown_hiding(raw, audience, frozenset().union(*map(names_of, keys)))
        for audience, keys in hidden.items()
    }


def whole(figure, count):
    return replace(table(figure, "", {"": count}), rows=(ALL,))


def shown(raw, internal=(), public=()):
    """The tables as they are read with these units hidden."""
    hidden = {INTERNAL: internal, PUBLIC: public}
    return {
        audience: protecting.shown_hiding(raw, audience, frozenset((HEADCOUNT, unit_of(unit)) for unit in units))
        for audience, units in hidden.items()
    }


def unit_of(unit):
    return frozenset({("unit", unit)}) if unit else frozenset()


def before(raw, number=1, link=SAME_DAY, **hidden):
    return Earlier(number, shown(raw, **hidden), protecting.POLICIES, link)


def cells(found):
    return {(one.said, one.by) for one in found}


def test_a_rounded_total_that_tells_of_its_parts_that_they_are_not_nought_is_found_and_hidden():
    """2 and 2 are 4: the public reads 0, 0 and 5, so that neither 0 is a true one."""
    raw = [by_years(reached=2, later=2)]
    tables = shown_by_years(raw, internal=("reached", "later", ""))
    found = cells(auditing.findings(raw, tables))
    assert {by for _, by in found} == {"by the public"}
    assert {"reached", "later", "A, reached", "A, later"} <= {said for said, _ in found}
    more = mend(raw, tables, {audience: frozenset() for audience in Audience})
    assert more[PUBLIC] == names_of("")
    assert auditing.findings(raw, shown_by_years(raw, internal=("reached", "later", ""), public=("",))) == []


def test_a_row_that_few_bring_about_is_left_out_so_that_its_total_tells_nothing():
    """2 and 2 by unit: the public reads a total of 5 and no unit."""
    raw = [by_unit(physics=2, workshops=2)]
    tables = shown(raw, internal=("physics", "workshops", ""))
    assert [row.key for row in tables[PUBLIC][0].rows] == []
    assert auditing.findings(raw, tables) == []


def test_what_one_audience_hides_is_not_to_be_had_from_the_other():
    """Inside the total is read to 13 to 17, the public reads a part to 8 to 12: the other part is somebody."""
    raw = [by_years(reached=1, later=12)]
    tables = shown_by_years(raw, internal=("reached", "later"), public=("",))
    found = cells(auditing.findings(raw, tables))
    both = "by readers inside who read the public figures too"
    assert found == {("reached", both), ("A, reached", both)}
    hidden = {INTERNAL: frozenset(names_of("reached") | names_of("later")), PUBLIC: frozenset(names_of(""))}
    more = mend(raw, tables, hidden)
    assert more[PUBLIC] - hidden[PUBLIC] == names_of("later")


def test_ages_are_one_line_however_they_are_cut():
    """Who reaches 65 later than in 5 years is younger than 60: what one cut hides, another must not show."""
    ages = table(HEADCOUNT, "age", {"to-59": 40, "60-64": 6, "65-up": 1})
    years = {("a", "reached"): 1, ("a", "within-5"): 6, ("a", "within-10"): 0, ("a", "later"): 40}
    horizon = table("workforce.retirement", "unit_65", years)
    few = [("until_65", "reached"), ("until_65", "within-5"), ("age", "65-up"), ("age", "to-59")]
    hidden = frozenset((HEADCOUNT, frozenset({one, *unit})) for one in few for unit in ((), (("unit", "a"),)))

    def found(*raw):
        return {one.said for one in auditing.findings(raw, {INTERNAL: protecting.shown_hiding(raw, INTERNAL, hidden)})}

    assert found(ages) == found(horizon) == set()
    assert found(ages, horizon) == {"65-UP", "reached", "A, reached"}


def test_a_whole_release_is_mended_so_that_no_reader_is_told_of_few_people():
    """Beginning with only the few hidden, which every reader sees through."""
    raw = compute(*reversed(thousands(160, 3)))
    few = {known for crowd in protecting.crowds_of(raw) for known, cell in crowd.cells.items() if 0 < cell.people < 5}
    hidden = {INTERNAL: frozenset(few), PUBLIC: frozenset()}
    tables = {one: protecting.shown_hiding(raw, one, names) for one, names in hidden.items()}
    assert {one.by for one in auditing.findings(raw, tables)} == {
        reading.words for reading in readings(protecting.POLICIES)
    }
    more = mend(raw, tables, hidden)
    assert auditing.findings(raw, {one: protecting.shown_hiding(raw, one, names) for one, names in more.items()}) == []


FORMER = {"physics": 1, "chemistry": 6}
LATTER = {"physics": 1, "chemistry": 6, "workshops": 5}


def test_a_release_is_read_beside_all_earlier_ones_of_its_day_as_they_were_shown():
    """A total without Workshops is out: it is Chemistry and Physics, of which this release shows the one."""
    raw = [by_unit(**LATTER)]
    tables = shown(raw, internal=("physics", "workshops"), public=("physics", "workshops", "chemistry", ""))
    public = ("physics", "chemistry", "")
    assert auditing.findings(raw, tables) == []
    harmless = before([by_unit(**LATTER)], 2, internal=("physics", "workshops"), public=public)
    assert auditing.findings(raw, tables, [harmless]) == []
    out = before([by_unit(**FORMER)], 1, internal=("physics", "chemistry"), public=public)
    for earlier in ([out], [harmless, out]):
        found = auditing.findings(raw, tables, earlier)
        assert {(one.figure, one.said, one.by, one.earlier) for one in found} == {
            ("Technical staff, headcount", "PHYSICS", "by readers inside", True)
        }
    hidden = {INTERNAL: frozenset((HEADCOUNT, unit_of(unit)) for unit in ("physics", "workshops")), PUBLIC: frozenset()}
    more = mend(raw, tables, hidden, [out])
    assert (HEADCOUNT, unit_of("chemistry")) in more[INTERNAL]


def test_what_has_changed_for_certain_is_other_people():
    raw = [by_unit(physics=3, chemistry=32, workshops=40)]
    former = before([by_unit(physics=3, chemistry=12, workshops=60)], internal=("physics", "chemistry"), public=("",))
    tables = shown(raw, internal=("physics", "chemistry"), public=("",))
    (side,) = sides_of(raw, tables, [former])
    # What was hidden then was whatever makes the sum, and of that as little as can be is taken for changed.
    assert {(one.key, one.said, one.world) for one in side.former} == {
        (HEADCOUNT, unit_of("workshops"), "1"),
        (HEADCOUNT, unit_of("chemistry"), "1"),
    }


FLOWS = {"starters": 0, "leavers": 0, "moves_in": 0, "moves_out": 2, "unknown_moves": 0}


def of_day(stock, **flows):
    return [whole(HEADCOUNT, stock), *(whole(f"workforce.{name}", count) for name, count in flows.items())]


@pytest.mark.parametrize("link", [THEN, LATER])
def test_two_days_are_bound_by_who_came_and_went_between(link):
    """105 then and 100 now, and nobody came or left: somebody moved out, where the public reads 0. It does not matter which day comes out last."""
    earlier, later = of_day(103), of_day(101, **FLOWS)
    raw, out = (later, earlier) if link == THEN else (earlier, later)
    found = auditing.findings(raw, shown(raw), [before(out, link=link)])
    assert {(one.figure, one.by) for one in found} == {
        ("Moves from technical to other staff", "by readers inside who read the public figures too")
    }


def test_days_that_do_not_agree_are_not_bound():
    """As where another definition was in force: what does not add up tells nothing."""
    raw = of_day(101, **FLOWS)
    assert auditing.findings(raw, shown(raw), [before(of_day(300), link=THEN)]) == []


# ---- Shares


def share(figure, cut, counts):
    """An exact share by unit, or of the whole: its part and what it is of, by row."""
    cells = {(row, ""): RawCell(Decimal(100 * part) / of, part, Decimal(of)) for row, (part, of) in counts.items()}
    rows = tuple(Label(row, row.upper()) for row in counts if row) or (ALL,)
    return RawTable(figure=f"workforce.{figure}", cut=cut, rows=rows, cells=cells)


def read_without(raw, *hidden):
    return {INTERNAL: protecting.shown_hiding(raw, INTERNAL, frozenset(hidden))}


def test_a_share_tells_how_many_there_were_a_year_ago_and_so_who_came_and_went():
    """Turnover of 0 % says that there were 103 to 107; there are 98 to 102, and nobody came or left: somebody moved out, where the public reads 0."""
    counts = of_day(101, **FLOWS)
    raw = [*counts, share("turnover", "", {"": (0, 102)})]
    assert auditing.findings(counts, shown(counts)) == []
    found = cells(auditing.findings(raw, shown(raw)))
    both = "by readers inside who read the public figures too"
    assert found == {("All", both)}
    more = mend(raw, shown(raw), {audience: frozenset() for audience in Audience})
    assert any(more.values())
    mended = {audience: protecting.shown_hiding(raw, audience, more[audience]) for audience in Audience}
    assert auditing.findings(raw, mended) == []


def test_there_are_no_fewer_than_rose():
    """Of A there are 3 at the most, by the other units and the total; 3 to 7 of A rose, which is 3, and so many there are."""
    stock, rose = by_unit(a=3, b=18, c=13, d=8), table("workforce.promotions", "unit", {"a": 3, "b": 10})
    hidden = frozenset({(HEADCOUNT, unit_of("a"))})
    for raw, found in (([stock], set()), ([stock, rose], {"Technical staff, headcount", "Promotions"})):
        tables = {PUBLIC: protecting.shown_hiding(raw, PUBLIC, hidden)}
        assert {one.figure for one in auditing.findings(raw, tables)} == found


def parts(*units):
    return [("workforce.teaching", frozenset({("unit", unit), ("share", "part")})) for unit in units]


@pytest.mark.parametrize("link", [SAME_DAY, NEAR])
def test_what_two_releases_show_of_the_parts_of_shares_is_laid_together(link):
    """Who teach are 38 to 42; 18 to 22 of them are in B, says the one, and 23 to 27 in C, says the other: so none or one is in A."""
    raw = [
        by_unit(a=60, b=60, c=60),
        share("teaching", "unit", {"a": (1, 60), "b": (18, 60), "c": (23, 60), "": (42, 180)}),
    ]
    one, other = (read_without(raw, *parts("a", unit)) for unit in "bc")
    beside = Earlier(1, other, protecting.POLICIES, link)
    assert auditing.findings(raw, one) == []
    assert {found.said for found in auditing.findings(raw, one, [beside])} == {"those whom the share counts, A"}
    more = mend(raw, one, {INTERNAL: frozenset(parts("a", "b"))}, [beside])
    assert auditing.findings(raw, read_without(raw, *more[INTERNAL]), [beside]) == []


@pytest.mark.parametrize("link", [THEN, LATER])
def test_the_staff_of_the_other_day_is_the_same_in_the_shares_of_this(link):
    """Of 38 to 42 then 18 to 22 were in B, says the release of that day, and 23 to 27 in C, says turnover since: so none or one was in A."""
    then = [by_unit(a=1, b=18, c=23)]
    now = [by_unit(a=9, b=28, c=33), share("turnover", "unit", {"a": (1, 5), "b": (6, 23), "c": (7, 28), "": (14, 56)})]
    of_then = read_without(then, (HEADCOUNT, unit_of("a")), (HEADCOUNT, unit_of("c")))
    before = "workforce.headcount_before"
    left = [("workforce.leavers", unit_of("a")), ("workforce.leavers", unit_of("b"))]
    of_now = read_without(now, (before, unit_of("a")), (before, unit_of("b")), *left)
    raw, tables, out = (now, of_now, of_then) if link == THEN else (then, of_then, of_now)
    assert auditing.findings(raw, tables) == []
    names = {"Technical staff of the earlier day", "Leavers"} if link == THEN else {"Technical staff, headcount"}
    found = auditing.findings(raw, tables, [Earlier(1, out, protecting.POLICIES, link)])
    assert {(one.figure, one.said) for one in found} == {(name, "A") for name in names}


def test_who_was_hidden_and_is_nobody_now_has_gone():
    """A number is hidden of somebody. One who had reached 65 and 6 others, now 6 others: who read 5 to 7 in all reads that one or two went."""
    raw, then = ([by_years(f"unit_{age}", reached=old, later=6) for age in (65, 67)] for old in (0, 1))
    whose = [
        {(f"until_{age}", key), *unit}
        for age in (65, 67)
        for key in ("reached", "later")
        for unit in ((), (("unit", "a"),))
    ]
    hidden = [(HEADCOUNT, frozenset(said)) for said in whose]
    out = Earlier(1, read_without(then, *hidden), protecting.POLICIES)
    assert auditing.findings(raw, read_without(raw)) == []
    found = {one.said for one in auditing.findings(raw, read_without(raw), [out])}
    assert found == {"reached, as it was released before", "A, reached, as it was released before"}


# ---- Averages

OTHERS = [("other", 40, 2, 2020), ("old", 8, 2, 1990)]


def staff(*crowds):
    """So many people of a unit and grade who came to both in a year."""
    return [
        one(f"{name}-{n}", unit=unit, grade=f"Grade {unit}", joined=date(year, 7, 31), grade_since=date(year, 7, 31))
        for name, many, unit, year in crowds
        for n in range(many)
    ]


def counted_and_released(people, earlier=()):
    raw = compute(everybody(*people))
    hiding = {
        audience: protecting.hiding(protecting.meant_for(raw, audience), protecting.POLICIES[audience])
        for audience in Audience
    }
    return counting._audited(raw, hiding, earlier, protecting.POLICIES)[0]


def means(tables):
    """By audience, figure, cut and row, the averages that are read."""
    figures = ("workforce.service", "workforce.time_in_grade")
    return {
        (audience, one.figure.removeprefix("workforce."), one.cut, row): float(cell.value)
        for audience, some in tables.items()
        for one in some
        if one.figure in figures
        for (row, _), cell in one.cells.items()
        if cell.value is not None
    }


@pytest.mark.parametrize(
    ("now", "link", "left"),
    [
        pytest.param([("few", 8, 1, 2023), *OTHERS], SAME_DAY, {"", "unit", "grade"}, id="nothing changed"),
        pytest.param([("few", 8, 1, 2023), ("new", 1, 1, 1990), *OTHERS], SAME_DAY, set(), id="a ninth came"),
        pytest.param([("few", 7, 1, 2023), ("new", 1, 1, 1990), *OTHERS], SAME_DAY, set(), id="one was put right"),
        pytest.param([("few", 9, 1, 2023), ("few2", 4, 1, 2023), *OTHERS], SAME_DAY, set(), id="few came, of as many years"),
        pytest.param([("few", 8, 1, 2023), ("new", 20, 1, 1990), *OTHERS], SAME_DAY, {"", "unit", "grade"}, id="many came"),
        pytest.param([("few", 8, 1, 2023), ("new", 1, 1, 1990), *OTHERS], THEN, {"", "unit", "grade"}, id="on another day"),
        pytest.param([("few", 8, 1, 2023), ("new", 1, 1, 1990), *OTHERS], NEAR, set(), id="a ninth came the next day"),
        pytest.param([("few", 8, 1, 2023), *OTHERS], NEAR, {"", "unit", "grade"}, id="nobody came the next day"),
    ],
)  # fmt: skip
def test_an_average_is_withheld_that_would_tell_few_people_s_years_beside_an_earlier_one(now, link, left):
    """8 of 3 years, then 9 of 6.7: who came has 36. Where the people are as many to the rounding, nobody can say that more than one changed."""
    then = counted_and_released(staff(("few", 8, 1, 2023), *OTHERS))
    assert {means(then)[audience, "service", "unit", "1"] for audience in Audience} == {3.0}
    released = counted_and_released(staff(*now), [Earlier(1, then, protecting.POLICIES, link, int(link == NEAR))])
    assert {cut for _, _, cut, row in means(released) if row or not cut} == left


def test_an_average_of_so_many_that_one_person_is_lost_in_its_rounding_is_told():
    people = staff(("many", 620, 1, 2020), ("others", 8, 2, 2023))
    then = counted_and_released([*people, *staff(("few", 3, 1, 1970))])
    released = means(counted_and_released(people, [Earlier(1, then, protecting.POLICIES)]))
    assert means(then)[PUBLIC, "service", "", ""] != released[PUBLIC, "service", "", ""]


def test_every_figure_of_counts_is_read_by_the_audit():
    raw = compute(*reversed(thousands(120, 3)))
    counts = {one.key for one in FIGURES if one.kind in protecting.COUNTED}
    missing = {one.figure for one in raw if not one.is_collected}
    sides = sides_of(raw, {INTERNAL: protecting.exact(raw)})
    told = {name.key for side in sides for name, seen in side.told.seen.items() if seen}
    assert {protecting.crowd_key(one) for one in counts - missing} <= told
    shares = {one.key for one in FIGURES if one.kind == "share"} - missing
    own = {
        key
        for one in raw
        if one.figure in shares
        for place, cell in one.cells.items()
        if cell.of
        for key, _ in behind(one, *place).all
    }
    assert own <= {name.key for side in sides for name in side.told.seen if isinstance(name, At)}
