"""What is read of extracts and snapshots. Everything here is of the organisation in scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Count, Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace
from django.http import Http404
from django.utils import timezone

from desaga.organisations.models import Organisation, Unit

from .models import (
    CodeChoice,
    ContractRow,
    EqualityRow,
    Extract,
    Fault,
    Limits,
    Match,
    PersonRow,
    SavedMapping,
    Snapshot,
)
from .reading.compare import Known
from .reading.fields import FIELDS
from .reading.values import folded
from .states import AT_WORK, GIVEN_UP, OVER, ExtractState, MatchKind, MatchState

#: A worker that has said nothing for so long is dead: it says something every few thousand rows.
SILENT = timedelta(seconds=90)

EQUALITY_LISTS = [one.codes for one in FIELDS if one.is_equality]


def workspaces() -> QuerySet[Organisation]:
    """The organisations with a workspace, for the jobs that look at each."""
    return Organisation.objects.filter(has_workspace=True)


def organisations_with_rows() -> QuerySet[Organisation]:
    """Every organisation: what is sealed stays sealed also where a workspace is closed."""
    return Organisation.objects.order_by("pk")


def extracts() -> QuerySet[Extract]:
    return Extract.objects.select_related("snapshot", "handed_in_by__person")


def extracts_under_way() -> QuerySet[Extract]:
    return extracts().exclude(state__in=OVER)


def extract_or_404(pk: int) -> Extract:
    found = Extract.objects.select_related("progress", "snapshot", "supersedes").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def silent_extracts() -> QuerySet[Extract]:
    """Those whose worker seems dead."""
    return Extract.objects.filter(state__in=AT_WORK, progress__worked_at__lt=timezone.now() - SILENT)


def is_silent(extract: Extract) -> bool:
    """Whether the extract's worker seems dead."""
    progress = getattr(extract, "progress", None)
    return extract.is_at_work and progress is not None and timezone.now() - progress.worked_at > SILENT


def workers_lost(extract: Extract) -> int:
    """How many workers in a row fell silent over an extract, where it was given up for that; until somebody asks for work anew."""
    progress = getattr(extract, "progress", None)
    return progress.resumed if progress is not None and progress.step == GIVEN_UP else 0


def snapshots() -> QuerySet[Snapshot]:
    return Snapshot.objects.select_related("superseded_by", "supersedes", "taken_by__person")


def snapshots_in_force() -> QuerySet[Snapshot]:
    """Snapshots in whose place no other has come, the newest day first. Figures count these."""
    return Snapshot.objects.filter(superseded_by=None)


def snapshots_to_count() -> QuerySet[Snapshot]:
    """Those in force whose rows of people are there: where retention has removed them, figures would say that there is nobody."""
    rows = PersonRow.objects.filter(snapshot=OuterRef("pk"))
    return snapshots_in_force().filter(Q(people=0) | Exists(rows))


def has_its_people(snapshot: Snapshot) -> bool:
    """Whether the rows of people are there: retention has not removed them."""
    return snapshot.people == 0 or PersonRow.objects.filter(snapshot=snapshot).exists()


def has_its_equality(snapshot: Snapshot) -> bool:
    """Whether what people said of themselves is there, as far as it was loaded: retention has not removed it."""
    return not snapshot.has_equality or EqualityRow.objects.filter(snapshot=snapshot).exists()


def snapshot_or_404(pk: int) -> Snapshot:
    found = snapshots().select_related("compared_with", "extract").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def last_before(extract: Extract) -> Snapshot | None:
    """What an extract is compared with: the newest snapshot in force of an earlier day, leaving out the one that it takes the place of."""
    return snapshots_in_force().filter(as_at__lt=extract.as_at).exclude(pk=extract.supersedes_id or 0).first()


def figures(column: str) -> Func:
    """A UUID as its 32 figures: a hundred thousand objects of it are slow to make."""
    return Replace(Cast(column, TextField()), Value("-"), Value(""), output_field=TextField())


def known_people(snapshot: Snapshot | None) -> dict[str, Known]:
    """The people of a snapshot by key, with what their main contract says."""
    if snapshot is None:
        return {}
    people = ContractRow.objects.filter(snapshot=snapshot, is_main=True).order_by()
    rows = people.values_list(
        figures("person__key"), figures("person__name_key"), "person__is_present", "job_title", "grade", "unit_text",
        Cast("fte", TextField()),
    )  # fmt: skip
    return {
        key: Known(key, name, present, (title, grade, unit, str(fte)))
        for key, name, present, title, grade, unit, fte in rows.iterator()
    }


def earlier_people(last: Snapshot | None) -> list[Known]:
    """Everybody whom older snapshots know and the last does not."""
    if last is None:
        return []
    older = PersonRow.objects.filter(snapshot__superseded_by=None, snapshot__as_at__lt=last.as_at)
    here = PersonRow.objects.filter(snapshot=last).values("key")
    rows = older.exclude(key__in=here).order_by("key", "-snapshot__as_at").distinct("key")
    named = rows.values_list("key", "name_key")
    return [Known(key.hex, name.hex if name else None, False) for key, name in named]


def last_rows_of(keys: Iterable[str]) -> dict[str, PersonRow]:
    """The newest row of each person."""
    rows = PersonRow.objects.filter(key__in=list(keys)).order_by("key", "-snapshot__as_at", "-pk").distinct("key")
    return {row.key.hex: row for row in rows}


def settled_matches() -> QuerySet[Match]:
    return Match.objects.exclude(state=MatchState.PROPOSED)


def matches_that_hold(extract: Extract | None = None) -> QuerySet[Match]:
    """What was settled and holds, as an extract sees it: not what was said of a file that was thrown away, or of a snapshot that another took, or is to take, the place of."""
    held = settled_matches().exclude(extract__state=ExtractState.CANCELLED)
    held = held.filter(extract__snapshot__superseded_by=None)
    wrong = extract.supersedes_id if extract else None
    return held.exclude(extract__snapshot=wrong) if wrong else held


def keys_settled(extract: Extract | None = None) -> dict[str, str]:
    """Number keys that a person said belong to somebody known: to that person's key."""
    renamed = (MatchKind.NEW_NUMBER, MatchKind.REHIRED)
    same = matches_that_hold(extract).filter(state=MatchState.SAME, kind__in=renamed)
    return {number.hex: key.hex for number, key in same.order_by("pk").values_list("number_key", "known_key")}


def numbers_used_again(extract: Extract | None = None) -> dict[str, str]:
    """Number keys that a person said belong to somebody else now: to a key that is nobody's before, the same however often it is said."""
    same_number = (MatchKind.OTHER_PERSON, MatchKind.RETURNED, MatchKind.NEW_NAME)
    said = {"state": MatchState.OTHER, "kind__in": same_number}
    first: dict[tuple[UUID, UUID], int] = {}
    for number, known, pk in Match.objects.filter(**said).order_by("pk").values_list("number_key", "known_key", "pk"):
        first.setdefault((number, known), pk)
    held = matches_that_hold(extract).filter(**said).order_by("pk").values_list("number_key", "known_key")
    return {pair[0].hex: uuid5(pair[0], f"used again {first[pair]}").hex for pair in held}


def pairs_settled(extract: Extract | None = None) -> dict[tuple[str, str], bool]:
    """Pairs that have been decided, in this or an earlier extract."""
    rows = matches_that_hold(extract).values_list("number_key", "known_key", "state")
    return {(number.hex, key.hex): state == MatchState.SAME for number, key, state in rows}


def matches_of(extract: Extract) -> QuerySet[Match]:
    return Match.objects.filter(extract=extract).select_related("decided_by")


def log_of(snapshot: Snapshot) -> QuerySet[Match]:
    """The settled matches of the extract that a snapshot was made of."""
    settled = settled_matches().filter(extract=snapshot.extract_id)
    return settled.select_related("decided_by__person").order_by("-decided_at", "pk")


def match_or_404(extract: Extract, pk: int) -> Match:
    found = matches_of(extract).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unsettled(extract: Extract) -> int:
    return Match.objects.filter(extract=extract, state=MatchState.PROPOSED).count()


def limits_of(organisation: Any) -> Limits:
    """The organisation's limits; the usual ones where it has set none."""
    return Limits.objects.first() or Limits(organisation=organisation)


def choices() -> dict[str, dict[str, str]]:
    """The organisation's own words for codes, by list."""
    found: dict[str, dict[str, str]] = {}
    for one in CodeChoice.objects.all():
        found.setdefault(one.code_list, {})[one.words] = one.code
    return found


def choices_made(*, equality: bool) -> QuerySet[CodeChoice]:
    """The organisation's own words; those of what people said of themselves only with `equality`."""
    found = CodeChoice.objects.select_related("chosen_by__person")
    return found if equality else found.exclude(code_list__in=EQUALITY_LISTS)


def units_by_words() -> dict[str, int]:
    """Open units by their folded names and codes; a word that means several means none."""
    found: dict[str, int | None] = {}
    for pk, name, code in Unit.objects.filter(closed_on=None).values_list("pk", "name", "code"):
        for word in filter(None, {folded(name), folded(code)}):
            found[word] = None if word in found else pk
    return {word: pk for word, pk in found.items() if pk is not None}


def saved_mapping(digest: str) -> SavedMapping | None:
    return SavedMapping.objects.filter(heads=digest).first()


def saved_mappings() -> QuerySet[SavedMapping]:
    """What was said of files, the latest first."""
    return SavedMapping.objects.order_by("-changed_at", "-pk")


def faults_of(extract: Extract, *, kind: str = "", column: int | None = None) -> QuerySet[Fault]:
    found = Fault.objects.filter(extract=extract)
    if kind:
        found = found.filter(kind=kind)
    return found if column is None else found.filter(column=column)


def fault_counts(extract: Extract) -> list[dict[str, Any]]:
    """How many faults there are of each kind in each column: what is to be mended first, the most first."""
    counted = Fault.objects.filter(extract=extract).order_by().values("kind", "column", "weight")
    rows = counted.annotate(number=Count("pk")).order_by("weight", "-number", "kind", "column")
    return [dict(row) for row in rows]


#: The fields of a contract whose filling a snapshot's page shows.
FILLING = ("job_title", "job_family", "grade", "unit_text", "soc", "terms", "mode", "level", "starts_on", "fte")


def filled_of(snapshot: Snapshot) -> dict[str, int]:
    """How many contracts of a snapshot have a value in each field, and how many are of a unit that is known."""
    said = {
        name: Count(
            "pk", filter=~Q(**{name: ""}) if name not in ("fte", "starts_on") else Q(**{f"{name}__isnull": False})
        )
        for name in FILLING
    }
    known = Count("pk", filter=Q(unit__isnull=False))
    return ContractRow.objects.filter(snapshot=snapshot).aggregate(**said, unit_known=known)


def match_counts(snapshot: Snapshot) -> list[dict[str, Any]]:
    """How many matches of each kind were settled, and how."""
    counted = Match.objects.filter(extract=snapshot.extract_id).order_by().values("kind", "state")
    return [
        {"kind": MatchKind(one["kind"]).label, "state": MatchState(one["state"]).label, "number": one["number"]}
        for one in counted.annotate(number=Count("pk")).order_by("kind", "state")
    ]
