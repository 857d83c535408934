"""The dry run: what a file holds, all that is wrong in it, and what became of people since the last snapshot. Stores no person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from desaga.organisations.operations.rows import locked
from desaga.tenancy.context import within

from .. import queries
from ..bulk import add_faults
from ..counting import exact
from ..models import Extract, Fault, Match, PersonRow, Snapshot
from ..packing import about, packed, unpacked
from ..reading.check import Checked, Settings, check, missing_fields
from ..reading.compare import Compared, Known, compare
from ..reading.faults import KINDS
from ..reading.fields import LABELS
from ..reading.gather import Person
from ..sealing import Seal, key_of, seal_of
from ..states import Coverage, ExtractState, MatchKind, MatchState, Purpose
from .gate import Turn, begin_progress, move
from .handing import have_worked
from .moving import keep_moved
from .reading import table_of

#: Where fewer per cent of a file's people are in post, a date was likely taken for another.
LEAST_PRESENT = 50


@transaction.atomic
def ask_check(*, actor: Any, extract: Extract, in_background: bool = True) -> Extract:
    """Have the worker check the file as it is mapped now."""
    held = move(locked(extract), "check", actor=actor, change_agreed=False)
    begin_progress(held)
    if in_background:
        have_worked(held, actor)
    return held


@dataclass(slots=True)
class DryRun:
    """What checking found: people by the key under which a snapshot will know them."""

    checked: Checked
    people: dict[str, tuple[str, str | None, Person]]
    compared: Compared
    last: Snapshot | None


def check_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    """Find out all that a person needs to know before loading. Nothing where the extract is not waiting for it."""
    turn = Turn(organisation, actor, extract_id)
    extract = turn.take(ExtractState.CHECKING)
    if extract is None:
        return
    found = dry_run(turn, extract)
    turn.tick("Writing down what was found", 0, 0)
    with within(organisation, user=actor):
        held = turn.finish(ExtractState.CHECKING)
        seal = seal_of(organisation, Purpose.FILE)
        Fault.objects.filter(extract=held).delete()
        add_faults(held, found.checked.faults, seal)
        propose_matches(held, found)
        keep_moved(held, found.compared.moved if found.last else [], found.people)
        counts = counts_of(held, found)
        move(held, "checked", actor=actor, counts=counts, stops=stops_of(held, counts))


def dry_run(turn: Turn, extract: Extract) -> DryRun:
    """Check and compare; writes nothing but how far it is."""
    with within(turn.organisation, user=turn.actor):
        table = table_of(extract)
        settings = settings_of(extract)
        last = queries.last_before(extract)
        before, earlier = queries.known_people(last), queries.earlier_people(last)
        people_seal = seal_of(turn.organisation, Purpose.PEOPLE)
        aliases, apart = queries.keys_settled(extract), queries.numbers_used_again(extract)
        settled = queries.pairs_settled(extract)
    checked = check(table, extract.mapped, settings, turn.tick)
    turn.tick("Comparing with the last snapshot", 0, 0)
    people = keyed(checked, people_seal.name_key(), {**aliases, **apart})
    now = known_now(people, checked.values)
    return DryRun(checked, people, compare(now, before, earlier, settled), last)


def settings_of(extract: Extract) -> Settings:
    return Settings(
        as_at=extract.as_at,
        year=extract.year,
        grain=extract.grain,
        full_time_hours=extract.full_time_hours,
        choices=queries.choices(),
        units=queries.units_by_words(),
    )


def keyed(checked: Checked, name_key: bytes, aliases: Mapping[str, str]) -> dict[str, tuple[str, str | None, Person]]:
    """People by their key: (key of the number, key of name and birth, person). `aliases` are numbers settled to be others' keys."""
    found = {}
    for person in checked.people.values():
        number_key = key_of(person.number, name_key)
        named = None
        if person.name and person.birth_date:
            named = key_of(f"{checked.name_words[person.name]}|{person.birth_date.toordinal()}", name_key)
        key = aliases.get(number_key, number_key)
        # Two numbers of one file cannot both be one person's: the later keeps its own.
        found[number_key if key in found else key] = (number_key, named, person)
    return found


def known_now(
    people: Mapping[str, tuple[str, str | None, Person]], values: Mapping[str, list[Any]]
) -> dict[str, Known]:
    """The people as the comparison sees them: with what their main contract says."""
    blank: list[Any] = [""] * len(next(iter(values.values()), ()))
    titles, grades, units = (values.get(name, blank) for name in ("job_title", "grade", "unit"))
    found = {}
    for key, (_, name_key, person) in people.items():
        main = person.main
        at = main.at
        post = (titles[at] or "", grades[at] or "", units[at] or "", str(main.fte))
        found[key] = Known(key, name_key, person.is_present, post)
    return found


def counts_of(extract: Extract, found: DryRun) -> dict[str, Any]:
    """What the check's page says, in numbers. For the steward, who may see exact ones."""
    checked = found.checked
    away = [one for one in checked.people.values() if not one.is_present]
    weights: dict[str, set[int]] = {"stops": set(), "fault": set(), "word": set()}
    for fault in checked.faults:
        weights[KINDS[fault.kind].weight].add(fault.row)
    return {
        "rows": checked.rows,
        "people": len(checked.people),
        "present": checked.present,
        "over": sum(one.main.ends_on is not None and one.main.ends_on < extract.as_at for one in away),
        "away": len(away),
        "contracts": checked.contracts,
        "faults": len(checked.faults),
        "faulty_rows": len(weights["fault"]),
        "told_rows": len(weights["word"]),
        "vacant": sum(one["posts"] for one in checked.vacant),
        "last_present": found.compared.matched + found.compared.gone,
        "compared_with": found.last.pk if found.last else None,
        "lists": checked.lists,
        **found.compared.as_counts(),
    }


def stops_of(extract: Extract, counts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Why the file cannot be loaded as it is: kind and sentence. A head count that surprises is let by once somebody says that it is right."""
    limits = queries.limits_of(extract.organisation)
    stops = [
        {"kind": "field", "words": f"No column is the {one.label.lower()}."} for one in missing_fields(extract.mapped)
    ]
    if not counts["people"]:
        return [*stops, {"kind": "people", "words": "No row of the file is a person with a number."}]
    faulty = 100 * counts["faulty_rows"] / counts["rows"]
    if faulty > limits.most_faulty:
        words = f"{exact(counts['faulty_rows'])} of {exact(counts['rows'])} rows have faults. At most {limits.most_faulty} per cent may."
        stops.append({"kind": "faults", "words": words})
    if 100 * counts["present"] < LEAST_PRESENT * counts["people"]:
        stops.append({"kind": "change", "field": _field_in_doubt(counts), "words": _words_of_few(extract, counts)})
    if counts["last_present"]:
        change = 100 * (counts["present"] - counts["last_present"]) / counts["last_present"]
        if abs(change) > limits.largest_change:
            more = "more" if change > 0 else "fewer"
            words = (
                f"{exact(counts['present'])} people are in post, {int(abs(change))} per cent {more} than in the snapshot before"
                f" ({exact(counts['last_present'])}). Your limit is {limits.largest_change} per cent."
            )
            stops.append({"kind": "change", "words": words + _words_of_coverage(extract, counts)})
    return stops


def _field_in_doubt(counts: Mapping[str, Any]) -> str:
    """By which field most of those who are not in post are not: they have left, or come later."""
    return "ends_on" if 2 * counts.get("over", 0) >= counts.get("away", 0) else "starts_on"


def _words_of_few(extract: Extract, counts: Mapping[str, Any]) -> str:
    """That few are in post, and how to mend it. The heading in doubt is not in it: where a file has none, it would be a person."""
    label = LABELS[_field_in_doubt(counts)]
    present = exact(counts["present"]) if counts["present"] else "None"
    return (
        f"{present} of the {exact(counts['people'])} people in the file are in post on {date_format(extract.as_at, 'j F Y')}."
        f" Look under Columns at what “{label}” is mapped to, and choose another column, or none, if that is wrong. If it is right, say so."
    )


def _words_of_coverage(extract: Extract, counts: Mapping[str, Any]) -> str:
    """That the snapshot before is of other people, where it is."""
    before = Snapshot.objects.get(pk=counts["compared_with"])
    if before.coverage == extract.coverage:
        return ""
    was, now = (Coverage(one.coverage).label.lower() for one in (before, extract))
    return f" That snapshot covers {was}, this file {now}, so a difference is to be expected. If it is right, say so."


def propose_matches(extract: Extract, found: DryRun) -> None:
    """Write the likenesses down that a person must settle; whoever is back under their number, or has a new name, is the same by the date of birth."""
    Match.objects.filter(extract=extract, decided_at=None).delete()
    decided = {
        (number.hex, key.hex)
        for number, key in Match.objects.filter(extract=extract).values_list("number_key", "known_key")
    }
    proposals = [(kind, key, at) for kind, key, at in found.compared.proposals]
    rows = queries.last_rows_of([before for _, _, before in proposals])
    file_seal = seal_of(extract.organisation, Purpose.FILE)
    people_seal = seal_of(extract.organisation, Purpose.PEOPLE)
    made = []
    for kind, key, before in proposals:
        number_key, _, person = found.people[key]
        if (number_key, before) not in decided and not _is_no_return(kind, rows[before], found.last):
            made.append(_match(extract, kind, number_key, person, rows[before], people_seal, file_seal))
    Match.objects.bulk_create(made)


def _is_no_return(kind: str, row: PersonRow, last: Snapshot | None) -> bool:
    """Whoever is absent from a snapshot of technical staff only may have been there all the time, in another kind of post."""
    if kind != MatchKind.RETURNED or last is None or last.coverage == Coverage.ALL_STAFF:
        return False
    return row.snapshot_id != last.pk


def _match(
    extract: Extract, kind: str, number_key: str, person: Person, row: PersonRow, people_seal: Seal, seal: Seal
) -> Match:
    number, name, born, *_ = unpacked(people_seal.open(row.sealed, about(row.key.hex)))
    now_born = person.birth_date.isoformat() if person.birth_date else ""
    state = MatchState.PROPOSED
    if kind in (MatchKind.NEW_NAME, MatchKind.RETURNED) and born and now_born:
        kind, state = (kind, MatchState.SAME) if born == now_born else (MatchKind.OTHER_PERSON, state)
    elif kind == MatchKind.RETURNED:
        # Where no birthday can tell, the number does, as it does for everybody who stayed.
        state = MatchState.SAME
    words = packed((number, name, born, person.number, person.name, now_born))
    return Match(
        organisation=extract.organisation,
        extract=extract,
        kind=kind,
        state=state,
        number_key=number_key,
        known_key=row.key,
        words=seal.seal(words, about(number_key)),
    )
