"""Who is to be asked about what: one request an address, however many actions and names it answers for. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desaga.organisations.states import PartyKind

from .states import Happened


@dataclass(frozen=True)
class Address:
    """Where somebody can be reached. `person_id` is whose it is; without, it is an office's or a group's."""

    email: str
    name: str
    person_id: int | None = None


@dataclass(frozen=True)
class Line:
    """An action to ask about, in the words by which it names whoever is asked; `unit` where each unit answers for itself."""

    action: Any
    owner: str
    unit: Any = None


@dataclass
class Recipient:
    """One address and all that it is asked about."""

    email: str
    name: str
    person_id: int | None
    lines: list[Line] = field(default_factory=list)

    @property
    def asks_name(self) -> bool:
        return self.person_id is None


@dataclass(frozen=True)
class Unasked:
    """An action that nobody can be asked about, and why: a sentence that says how to mend it."""

    line: Line
    why: str
    party: Any = None


def by_reason(unasked: Iterable[Unasked]) -> list[tuple[Unasked, list[Unasked]]]:
    """What nobody can be asked about, gathered by what mends it, the most actions first: the first of each, and all."""
    gathered: dict[str, list[Unasked]] = {}
    for one in unasked:
        gathered.setdefault(one.why, []).append(one)
    return [(rows[0], rows) for rows in sorted(gathered.values(), key=len, reverse=True)]


@dataclass
class Addresses:
    """Where people, units and groups can be reached, by id."""

    of_people: Mapping[int, Address]
    of_units: Mapping[int, Sequence[Address]]
    of_groups: Mapping[int, Sequence[Address]]


def prepared(
    actions: Iterable[Any], addresses: Addresses, units_of: Mapping[int, Sequence[Any]]
) -> tuple[list[Recipient], list[Unasked]]:
    """Recipients by name, and the actions for which there is none.

    `actions` have their `leads`, the owners to ask; `units_of` gives the units that a party stands for, by its id.
    """
    recipients: dict[str, Recipient] = {}
    unasked: list[Unasked] = []
    for action in actions:
        if not action.leads:
            unasked.append(Unasked(Line(action, ""), "Nobody is named. Edit the action to say who carries it."))
        for owner in action.leads:
            _ask(action, owner, addresses, units_of, recipients, unasked)
    return sorted(recipients.values(), key=lambda one: (one.name.casefold(), one.email)), unasked


def _ask(
    action: Any,
    owner: Any,
    addresses: Addresses,
    units_of: Mapping[int, Sequence[Any]],
    recipients: dict[str, Recipient],
    unasked: list[Unasked],
) -> None:
    party = owner.party
    if party is None:
        unasked.append(Unasked(Line(action, owner.text), f"“{owner.short}” is only words yet. Say who it is."))
        return
    if not party.one_per:
        found = addresses_of(party, addresses)
        _add(Line(action, owner.short), found, recipients, unasked, party, f"{party.name} has no address yet.")
        return
    if not units_of.get(party.pk):
        why = f"No unit is known that “{party.name}” stands for. Say which units have a technical workforce."
        unasked.append(Unasked(Line(action, owner.short), why, party))
    for unit in units_of.get(party.pk, ()):
        found = addresses.of_units.get(unit.pk, ())
        why = f"{unit.name} has no unit lead with an address, and no party with one."
        _add(Line(action, owner.short, unit), found, recipients, unasked, party, why)


def addresses_of(party: Any, addresses: Addresses) -> Sequence[Address]:
    """Where a party can be reached: its contact addresses, else those of the person, unit or group that it stands for."""
    if party.contacts:
        return [Address(email, party.name, party.person_id) for email in party.contacts]
    if party.kind == PartyKind.PERSON and party.person_id in addresses.of_people:
        return [addresses.of_people[party.person_id]]
    if party.kind == PartyKind.UNIT:
        return addresses.of_units.get(party.unit_id, ())
    return addresses.of_groups.get(party.group_id, ()) if party.kind == PartyKind.GROUP else ()


def _add(
    line: Line,
    found: Sequence[Address],
    recipients: dict[str, Recipient],
    unasked: list[Unasked],
    party: Any,
    why: str,
) -> None:
    if not found:
        unasked.append(Unasked(line, why, party))
    for address in found:
        key = address.email.casefold()
        held = recipients.setdefault(key, Recipient(address.email, address.name, address.person_id))
        if held.person_id is None and address.person_id is not None:
            held.name, held.person_id = address.name, address.person_id
        if not any(one.action == line.action and one.unit == line.unit for one in held.lines):
            held.lines.append(line)


def chase_due(round_: Any, done: Iterable[str], today: date, *, said_nothing: bool = False) -> Happened | None:
    """What is due to be sent to a request that is not answered, or None. Each kind comes once, the later one instead of a missed earlier one.

    `said_nothing`: of none of its actions was anything said; only then it is silent.
    """
    sent = set(done)
    if Happened.STAYS_SILENT in sent:
        return None
    after = round_.silent_days_after
    if said_nothing and after and today > round_.due_on + timedelta(days=after):
        return Happened.STAYS_SILENT
    if today > round_.due_on:
        return None if Happened.LATE in sent else Happened.LATE
    soon = round_.remind_days_before and today >= round_.due_on - timedelta(days=round_.remind_days_before)
    return Happened.DUE_SOON if soon and not sent & {Happened.DUE_SOON, Happened.REMINDED} else None


def is_silent(round_: Any, today: date) -> bool:
    """Whether whoever has not answered by now is silent: the lead is told, once."""
    return bool(round_.escalate_days_after) and today > round_.due_on + timedelta(days=round_.escalate_days_after)
