"""What became of people between two snapshots: matched, new, gone, changed; and who may be whom.

All by keys, as the figures of UUIDs: no name is opened to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Known:
    """A person of an earlier snapshot. `name_key` is the key of name and date of birth together, None where either is missing."""

    key: str
    name_key: str | None
    is_present: bool
    post: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who is new, back, gone or changed; with their post before and now, where they had or have one."""

    movement: str
    key: str
    was: tuple[str, ...] | None = None
    now: tuple[str, ...] | None = None


@dataclass(slots=True)
class Compared:
    """Numbers of people, and the likenesses that are settled by a person or by the date of birth: pairs of number key and known key by kind."""

    matched: int = 0
    new: int = 0
    gone: int = 0
    changed: int = 0
    back: int = 0
    proposals: list[tuple[str, str, str]] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)

    def as_counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("matched", "new", "gone", "changed", "back")}


def compare(
    now: Mapping[str, Known],
    last: Mapping[str, Known],
    earlier: Iterable[Known],
    settled: Mapping[tuple[str, str], bool],
) -> Compared:
    """`now` and `last` by key; `earlier` are people of older snapshots who are not in the last.

    Someone who was there but had left, and is present now, is back. `settled` are the pairs that a person has decided already.
    """
    found, older = Compared(), {one.key: one for one in earlier}
    gone = {key: one for key, one in last.items() if one.is_present and not (key in now and now[key].is_present)}
    for key, one in now.items():
        if not one.is_present:
            continue
        before = last.get(key)
        if before is None or not before.is_present:
            found.new += 1
            known = before is not None or key in older
            found.moved.append(Moved("back" if known else "new", key, now=one.post))
        else:
            found.matched += 1
            if before.post != one.post:
                found.changed += 1
                found.moved.append(Moved("changed", key, before.post, one.post))
    found.gone = len(gone)
    found.moved += [Moved("gone", key, was=one.post) for key, one in gone.items()]
    _propose(found, now, last, older, gone, settled)
    return found


def _propose(
    found: Compared,
    now: Mapping[str, Known],
    last: Mapping[str, Known],
    older: Mapping[str, Known],
    gone: Mapping[str, Known],
    settled: Mapping[tuple[str, str], bool],
) -> None:
    away = {**older, **{key: one for key, one in last.items() if key not in now}}
    by_name = {one.name_key: one for one in away.values() if one.name_key and one.key not in now}
    for key, one in now.items():
        before = last.get(key) or older.get(key)
        if before is not None:
            is_back = one.is_present and (key in older or not before.is_present)
            found.back += is_back
            if is_back:
                found.proposals.append(("returned", key, key))
            elif one.name_key and before.name_key and one.name_key != before.name_key:
                found.proposals.append(("new_name", key, key))
            continue
        same = by_name.get(one.name_key) if one.name_key else None
        if same and (key, same.key) not in settled:
            found.proposals.append(("new_number" if same.key in gone else "rehired", key, same.key))
