"""What shares tell of the counts behind them, for the audit and the mending: laid beside the counts of tables, and of other releases.

A share is worked out from a rounded part and whole, so that who reads it has those two. Most of them stand in no table: how many teach, how many there
were a year ago. The latter are the staff of another day, of which figures may be out; and with who came and went they make the staff of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from desaga.disclosure import Policy, count_cell
from desaga.disclosure.knowledge import Told
from desaga.disclosure.web import believed

from ..figuring import BY_KEY, RawCell, RawTable
from .crowds import crowds_of
from .knowing import FLOWS, HEADCOUNT, UNKNOWN, At, bind_days
from .shares import BEFORE, Pool, behind, is_share, pool_of, told_cell
from .tables import Place, Shown

Exact = dict[At, RawCell]
#: What an audience read of a release, under which policy.
Read = Iterable[tuple[str, Sequence[Shown], Policy]]


def tell_shares(told: Told, exact: Exact, raw: Sequence[RawTable], read: Read) -> Pool:
    """Adds the counts behind the shares of a release, what binds them, and what its readers are told of them."""
    pool = pool_of(crowds_of(raw), raw)
    for known in pool.untold:
        told.figure(At(*known))
        exact[At(*known)] = pool.cells[known]
    for total, parts in pool.sums:
        if not pool.untold.isdisjoint((total, *parts)):
            told.add_up(At(*total), [At(*part) for part in parts])
    for audience, shown, policy in read:
        _show(told, raw, pool, shown, policy, audience, _is_shown)
    _bind_flows(told, exact)
    _bind_contained(told, exact)
    return pool


Holds = Callable[[RawTable, Place, Shown, Policy, Pool], bool]


def _is_shown(table: RawTable, place: Place, shown: Shown, policy: Policy, pool: Pool) -> bool:
    cell = shown.cells.get(place)
    return cell is not None and cell.value is not None


def _is_as_now(table: RawTable, place: Place, shown: Shown, policy: Policy, pool: Pool) -> bool:
    """Whether a share was then what it would be now: for who has both it is of the same people."""
    return (
        _is_shown(table, place, shown, policy, pool)
        and told_cell(table, place, policy, pool).value == shown.cells[place].value
    )


def tell_shares_of_the_day(told: Told, raw: Sequence[RawTable], pool: Pool, read: Read, number: int) -> None:
    """What an earlier release of the same people showed, where its share is what it would be now."""
    for audience, shown, policy in read:
        _show(told, raw, pool, shown, policy, (audience, number), _is_as_now)


def _show(
    told: Told,
    raw: Sequence[RawTable],
    pool: Pool,
    shown: Sequence[Shown],
    policy: Policy,
    source: object,
    holds: Holds,
) -> None:
    by_key = {one.key: one for one in shown}
    for table in raw:
        seen = by_key.get((table.figure, table.cut))
        if seen is None or not is_share(table):
            continue
        for place, cell in table.cells.items():
            if cell.is_collected and cell.of is not None and holds(table, place, seen, policy, pool):
                one = behind(table, *place)
                for known in (one.part, *one.wholes):
                    if known in pool.cells:
                        told.show(At(*known), source, rounded_as(pool.count(known), policy))


def rounded_as(count: int, policy: Policy) -> tuple[float, float]:
    """What may stand behind a count of so many, for who reads it rounded."""
    least, most = believed(int(count_cell(count, policy).value or 0), policy)
    return float(least), float(most)


def _bind_flows(told: Told, exact: Mapping[At, RawCell]) -> None:
    """The staff of a year ago, known by a share, and who came and went make the staff of today."""
    then, now = At(BEFORE), At(HEADCOUNT)
    flows = {At(figure): sign for figure, sign in FLOWS.items()}
    if not {then, now, At(UNKNOWN), *flows} <= exact.keys():
        return
    left = exact[then].people - exact[now].people + sum(sign * exact[at].people for at, sign in flows.items())
    unknown = exact[At(UNKNOWN)].people
    if abs(left) <= unknown and (unknown - left) % 2 == 0:
        bind_days(told, then, now)


#: Who is among whom, and among themselves apart: who left was there then, who came or rose is here now.
CONTAINED = {
    BEFORE: ("workforce.leavers", "workforce.moves_out"),
    HEADCOUNT: ("workforce.starters", "workforce.moves_in", "workforce.promotions"),
}


def _bind_contained(told: Told, exact: Mapping[At, RawCell]) -> None:
    """Of a unit or grade there are, or were, no fewer than those who came, went or rose; unless somebody did both between the two days."""
    for whole in [name for name in exact if name.key in CONTAINED]:
        parts = [part for key in CONTAINED[whole.key] if (part := At(key, whole.said)) in exact]
        if parts and sum(exact[part].people for part in parts) <= exact[whole].people:
            told.add_up(whole, [*parts, ("who neither came nor went", whole)])


def is_in_shares(name: At) -> bool:
    """Whether a figure stands in no table, and is known only by shares."""
    return name.key == BEFORE or any(dimension == "share" for dimension, _ in name.said)


# ---- Words

WORDS = {"part": "those whom the share counts", "rest": "those whom it does not", "whole": "those of whom it is"}


def name_of(key: str) -> str:
    """What is counted, in words."""
    return "Technical staff of the earlier day" if key == BEFORE else BY_KEY[key].name


def word_of(said: tuple[str, str]) -> str | None:
    """What a share says of people, in words; None of anything else."""
    return {"share": WORDS.get(said[1]), "besides": "all others"}.get(said[0])


__all__ = ["is_in_shares", "name_of", "rounded_as", "tell_shares", "tell_shares_of_the_day", "word_of"]
