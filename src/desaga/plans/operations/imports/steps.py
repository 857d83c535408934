"""The one way in which rows of an import change: the change and what undoes it are written together.

Every function that changes rows holds the document first, so that two people never wait for each other, and says which
version of each row it was decided on, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ...models import ImportedDocument, ReviewStep, StagedRow
from ...states import DocumentState
from ..gate import NotNow

Fields = Mapping[str, Any]
#: Row ids with the version that was looked at; None where the caller did not look.
Seen = Mapping[int, int | None]

FIELDS = ("order", "understood", "edited", "source_rows", "is_dropped", "is_kept", "holds")
ROWS_AT_ONCE = 200
#: As long as the audit has room for.
LONGEST_VERB = 60


class RowIsGone(Refused):
    """One of these rows is no longer there: it was joined with another. Look at the list as it is now."""


class ChangedMeanwhile(Refused):
    """Somebody changed this row after you opened the page. Look at it as it is now, and press again."""


class CannotUndo(Refused):
    """These rows were changed again since. Undo the later change first, or correct the rows by hand."""


def held_for_review(document: ImportedDocument) -> ImportedDocument:
    """The document, held until the transaction ends. Raises `NotNow` unless it is being looked through."""
    document = locked(document)
    if document.state != DocumentState.READ:
        raise NotNow
    return document


def held_rows(document: ImportedDocument, seen: Seen, *, check: bool = False) -> list[StagedRow]:
    """The rows in the document's order. Raises `RowIsGone`; with `check` also `ChangedMeanwhile`."""
    rows = list(StagedRow.objects.filter(document=document, pk__in=seen).order_by("order"))
    if len(rows) != len(seen):
        raise RowIsGone
    if check:
        for row in rows:
            _refuse_unseen(row, seen)
    return rows


def change_rows(
    *,
    actor: Any,
    document: ImportedDocument,
    words: str,
    changed: Sequence[tuple[StagedRow, Fields]] = (),
    added: Sequence[StagedRow] = (),
    removed: Sequence[StagedRow] = (),
    seen: Seen | None = None,
    note: str = "",
) -> ReviewStep | None:
    """Write rows and the step that undoes it; None where nothing differs from what is there.

    Call it within a transaction that holds the document (`held_for_review`). `words` say what was done, in the past
    tense: "joined A1 and A2". Rows `added` are not saved yet. Raises `ChangedMeanwhile` where a row that would change
    is not of the version `seen`.
    """
    told = [(row, differing) for row, fields in changed if (differing := _differing(row, fields))]
    if not (told or added or removed):
        return None
    for row, _ in told:
        _refuse_unseen(row, seen or {})
    before = {str(row.pk): _state(row, fields) for row, fields in told} | {str(r.pk): _state(r) for r in removed}
    _write(told, removed)
    StagedRow.objects.bulk_create(added)
    after = {str(row.pk): _state(row, fields) for row, fields in told} | {str(r.pk): _state(r) for r in added}
    step = ReviewStep.objects.create(
        organisation=document.organisation, document=document, words=words[:300], by=actor, before=before, after=after
    )
    is_one = len(told) == 1 and not (added or removed)
    note = f"Document: {document.name}{note}" if is_one else note
    _record(actor, words, told[0][0] if is_one else document, note)
    return step


def _record(actor: Any, words: str, thing: StagedRow | ImportedDocument, note: str) -> None:
    """Tell the audit; words that are too long for a verb (they name rows by their texts) go into the note."""
    if len(words) > LONGEST_VERB:
        words, note = "changed rows of", f"{words}. {note}".strip()
    audit.record(actor=actor, verb=words, thing=thing, note=note)


@transaction.atomic
def undo_step(*, actor: Any, step: ReviewStep) -> ReviewStep:
    """Bring the rows back to what they were before a step. Undoing it twice is undoing it once.

    Raises `CannotUndo` where any of its rows is no longer as the step left it, `NotNow` after the commit.
    """
    document = held_for_review(step.document)
    step = locked(step)
    if step.undone_at:
        return step
    touched = {int(pk) for pk in [*step.before, *step.after]}
    rows = {str(row.pk): row for row in StagedRow.objects.filter(document=document, pk__in=touched)}
    if not _is_as_left(step, rows):
        raise CannotUndo
    came = [rows[pk] for pk in step.after if pk not in step.before]
    back = [(rows[pk], _without_version(state)) for pk, state in step.before.items() if pk in rows]
    _write(back, came)
    StagedRow.objects.bulk_create(
        StagedRow(pk=int(pk), organisation=document.organisation, document=document, **_one_on(state))
        for pk, state in step.before.items()
        if pk not in step.after
    )
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    audit.record(actor=actor, verb="undid", thing=document, note=f"What was undone: {step.words}.")
    return step


def _write(changed: Iterable[tuple[StagedRow, Fields]], removed: Sequence[StagedRow]) -> None:
    """Set the fields and remove the rows; every changed row is one version on."""
    StagedRow.objects.filter(pk__in=[row.pk for row in removed]).delete()
    rows, names = [], {"version"}
    for row, fields in changed:
        for name, value in fields.items():
            setattr(row, name, value)
        row.version += 1
        rows.append(row)
        names |= set(fields)
    if rows:
        StagedRow.objects.bulk_update(rows, sorted(names), batch_size=ROWS_AT_ONCE)


def _differing(row: StagedRow, fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(row, name) != value}


def _state(row: StagedRow, names: Iterable[str] = FIELDS) -> dict[str, Any]:
    return {"version": row.version} | {name: getattr(row, name) for name in names}


def _without_version(state: Fields) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "version"}


def _one_on(state: Fields) -> dict[str, Any]:
    return {**state, "version": state["version"] + 1}


def _is_as_left(step: ReviewStep, rows: Mapping[str, StagedRow]) -> bool:
    """Whether every row that the step wrote still says what it wrote, and no other has taken the place of one that went."""
    return set(rows) == set(step.after) and all(
        not _differing(rows[pk], _without_version(state)) for pk, state in step.after.items()
    )


def _refuse_unseen(row: StagedRow, seen: Seen) -> None:
    version = seen.get(row.pk)
    if version is not None and version != row.version:
        raise ChangedMeanwhile(
            f"{changed_last_by(row)} changed {row.short_name} after you opened the page. "
            "Here it is as it is now; look at it, and press again."
        )


def changed_last_by(row: StagedRow) -> str:
    """Who changed a row last, by name."""
    steps = ReviewStep.objects.filter(document=row.document_id, after__has_key=str(row.pk)).select_related("by__person")
    last = steps.order_by("-id").first()
    return audit.name_of(last.by) if last and last.by else "Somebody"
