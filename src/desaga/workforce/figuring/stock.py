"""Who there is: headcount, FPE and FTE, age and retirement, what people said of themselves, service and time in grade."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..population import Contract, Person
from . import cuts, declared, groups
from .counting import (
    Pieces,
    Tally,
    full_time,
    in_parts,
    table_of_averages,
    table_of_counts,
    table_of_shares,
    tally,
)
from .model import Cut, Figure, RawTable, Stated
from .moment import Moment
from .presence import Present

Count = Callable[[Moment, Figure, Cut], RawTable]
YEAR = Decimal("365.25")
PLACES = Decimal("0.0001")


def by(pieces: Pieces | None) -> Count:
    """Counts technical staff with what each adds; without pieces, one each."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        return table_of_counts(figure, cut, tally(moment.technical, cut, moment.frame, pieces))

    return count


def profile(characteristic: str) -> Count:
    """Counts what people said of themselves; beside the rest of the institution where the extract covers all staff."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        wide = moment.now.covers_all
        people = moment.everybody if wide else moment.technical
        table = table_of_counts(
            figure, cut, tally(people, replace(cut, columns="staff") if wide else cut, moment.frame)
        )
        return replace(table, beside=beside(moment, characteristic))

    return count


def beside(moment: Moment, characteristic: str, group: str = "") -> tuple[Stated, ...]:
    """The comparators that are stated for a characteristic, or for one of its groups, then as the whole."""
    return tuple(
        Stated("" if group else one.group, one.share, one.name, one.source, one.year)
        for one in moment.frame.stating.comparators
        if one.characteristic == characteristic and group in ("", one.group)
    )


def share_who(characteristic: str, group_key: str, wanted: frozenset[str]) -> Count:
    """The share of those in some groups of a characteristic, out of all who said something. Comparators know them by `group_key`."""
    dimension = cuts.dimension(characteristic)

    def group(one: Present, moment: Moment) -> str:
        return dimension.place(one, one.main, moment.frame).key

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        said = [one for one in _among(moment, cut) if (characteristic, group(one, moment)) in groups.SAID]
        return _shares(
            moment,
            figure,
            cut,
            (one for one in said if group(one, moment) in wanted),
            said,
            beside(moment, characteristic, group_key),
        )

    return count  # fmt: skip


def share_aged(least: int) -> Count:
    """The share of those of an age or older, out of all whose age is known."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        known = [one for one in _among(moment, cut) if one.person.age is not None]
        old = (one for one in known if (one.person.age or 0) >= least)
        return _shares(moment, figure, cut, old, known, beside(moment, "age", str(least)))

    return count


def share_whose(read: Callable[[Contract], bool | None]) -> Count:
    """The share of those one of whose contracts says so, out of all of whom any contract says yes or no."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        known = [one for one in moment.technical if any(read(contract) is not None for contract in one.counted)]
        return _shares(
            moment, figure, cut, (one for one in known if any(read(contract) for contract in one.counted)), known
        )

    return count


def _shares(
    moment: Moment,
    figure: Figure,
    cut: Cut,
    part: Iterable[Present],
    whole: Iterable[Present],
    stated: tuple[Stated, ...] = (),
) -> RawTable:
    table = table_of_shares(figure, cut, tally(part, cut, moment.frame), tally(whole, cut, moment.frame))
    return replace(table, beside=stated)  # fmt: skip


def _among(moment: Moment, cut: Cut) -> list[Present]:
    return moment.everybody if cut.rows == "staff" else moment.technical


def average_years(since: Callable[[Present], date | None]) -> Count:
    """The mean of the years since a day, of those whose day is known and not yet to come."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        counted = Tally.of(cut, moment.frame)
        for one in moment.technical:
            day = since(one)
            if day is not None and day <= moment.now.on:
                # not a count of people: years of one
                counted.add(one, ((one.main, (Decimal((moment.now.on - day).days) / YEAR).quantize(PLACES)),))
        return table_of_averages(figure, cut, counted.closed())

    return count


def vacancies(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """Posts that were advertised. Each stands in the tally as somebody in the unit it is for."""
    return table_of_counts(figure, cut, tally(_posts(moment), cut, moment.frame))


def applicants(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """The mean of applicants for a post, of posts of which it is known."""
    counted = Tally.of(cut, moment.frame)
    for one, post in zip(_posts(moment), moment.now.population.posts or (), strict=True):
        if post.applicants is not None:
            counted.add(one, ((one.main, Decimal(post.applicants)),))
    return table_of_averages(figure, cut, counted.closed())


def _posts(moment: Moment) -> list[Present]:
    contracts = [
        Contract(unit=post.unit, unit_label=post.unit_label, grade=post.grade)
        for post in moment.now.population.posts or ()
    ]
    return [
        Present(Person(key="", contracts=(contract,)), True, contract, (contract,), (Decimal(1),))
        for contract in contracts
    ]


MINORITY = frozenset(one.key for one in (groups.ASIAN, groups.BLACK, groups.MIXED, groups.OTHER_ETHNICITY))

COUNTS: dict[str, Count] = {
    declared.HEADCOUNT.key: by(None),
    declared.RETIREMENT.key: by(None),
    declared.FPE.key: by(in_parts),
    declared.FTE.key: by(full_time),
    declared.SEX.key: profile("sex"),
    declared.ETHNICITY.key: profile("ethnicity"),
    declared.DISABILITY.key: profile("disability"),
    declared.WOMEN.key: share_who("sex", "female", frozenset({groups.FEMALE.key})),
    declared.MINORITIES.key: share_who("ethnicity", "minorities", MINORITY),
    declared.DISABLED.key: share_who("disability", "disabled", frozenset({groups.DISABLED.key})),
    declared.FIFTY.key: share_aged(50),
    declared.TEACHING.key: share_whose(lambda contract: contract.teaches),
    declared.RESEARCH.key: share_whose(lambda contract: contract.researches),
    declared.SERVICE.key: average_years(lambda one: one.person.joined),
    declared.IN_GRADE.key: average_years(lambda one: one.main.grade_since),
    declared.VACANCIES.key: vacancies,
    declared.APPLICANTS.key: applicants,
}
