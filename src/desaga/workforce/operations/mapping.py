"""Saying what the columns of a file and its words mean. Each is said once: the next file with these headings, or most of them, is mapped at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import CodeChoice, Extract, SavedMapping
from ..reading.codes import code_list, code_lists
from ..reading.fields import BY_KEY, LABELS, SEVERAL
from ..reading.propose import heads_digest
from ..reading.values import folded
from ..states import ExtractState, Grain
from .gate import NotNow, begin_progress, move
from .handing import have_worked
from .reading import profile_shown


class NoSuchField(Refused):
    """There is no such field or column. Load the page again."""


class FieldTwice(Refused):
    """Two columns are said to be the same."""


class NoStaffNumber(Refused):
    """Say which column holds the staff number: without it nobody can be told from anybody."""


class NotYourField(Refused):
    """What people said of themselves is for the equality data steward. Leave these columns out, or ask them to load the file."""


class NoSuchCode(Refused):
    """There is no such code in this list."""


class OddWeek(Refused):
    """A full-time week has more than 0 and at most 60 hours."""


@transaction.atomic
def map_columns(
    *, actor: Any, extract: Extract, columns: Mapping[int, str], grain: str, full_time_hours: Decimal
) -> Extract:
    """Say what each column is; columns that are not named are left out. Saved for files with these headings, or most of them.

    Raises `NoSuchField`, `FieldTwice`, `NoStaffNumber`, `NotYourField`, `OddWeek`, `NotNow`.
    """
    held = locked(extract)
    if held.state == ExtractState.CHECKED:
        held = move(held, "map_again", actor=actor, counts={}, stops=[])
    if held.state != ExtractState.READ:
        raise NotNow
    heads = profile_shown(held)["heads"]
    _refuse(actor, held, columns, len(heads))
    if not 0 < full_time_hours <= 60:
        raise OddWeek
    held.columns, held.grain, held.full_time_hours = dict(columns), Grain(grain), full_time_hours
    held.layout = {**held.layout, "is_said": True}
    held.save(update_fields=["columns", "grain", "full_time_hours", "layout"])
    saved = {heads_digest([head]): columns.get(n, "") for n, head in enumerate(heads)}
    SavedMapping.objects.update_or_create(
        organisation=held.organisation,
        heads=heads_digest(heads),
        defaults={
            "columns": saved,
            "grain": held.grain,
            "full_time_hours": full_time_hours,
            "changed_at": timezone.now(),
        },
    )
    audit.record(actor=actor, verb="mapped", thing=held)
    return held


def _refuse(actor: Any, extract: Extract, columns: Mapping[int, str], width: int) -> None:
    if any(key not in BY_KEY or not 0 <= n < width for n, key in columns.items()):
        raise NoSuchField
    several = [key for key, times in Counter(columns.values()).items() if times > 1 and key not in SEVERAL]
    if several:
        raise FieldTwice(f"Two columns are said to be “{LABELS[several[0]]}”. Choose one of them.")
    if "staff_number" not in columns.values():
        raise NoStaffNumber
    if any(BY_KEY[key].is_equality for key in columns.values()) and not may_keep_equality(actor, extract):
        raise NotYourField


def may_keep_equality(actor: Any, extract: Extract) -> bool:
    return bool(actor and actor.has_perm("workforce.keep_equality", extract.organisation))


@transaction.atomic
def choose_codes(*, actor: Any, extract: Extract, chosen: Mapping[tuple[str, str], str]) -> int:
    """Say what words of the organisation are in code lists: (list, word) to code, empty where none fits. Answers how many are new.

    Raises `NoSuchCode`, `NotYourField`.
    """
    organisation = extract.organisation
    known = {(key, code) for key in code_lists() for code in code_list(key, extract.year).values}
    equality = {one.codes for one in BY_KEY.values() if one.is_equality}
    for (key, _), code in chosen.items():
        if key not in code_lists() or (code and (key, code) not in known):
            raise NoSuchCode
        if key in equality and not may_keep_equality(actor, extract):
            raise NotYourField
    new = 0
    for (key, words), code in chosen.items():
        said = {"code": code, "chosen_by": actor, "chosen_at": timezone.now()}
        _, made = CodeChoice.objects.update_or_create(
            organisation=organisation, code_list=key, words=folded(words)[:200], defaults=said
        )
        new += made
    if chosen:
        note = f"{len(chosen)} words"  # not a count of people: of words
        audit.record(actor=actor, verb="mapped codes of", thing=extract, note=note)
    return new


@transaction.atomic
def read_other_sheet(*, actor: Any, extract: Extract, sheet: str, head_row: int, in_background: bool = True) -> Extract:
    """Have another sheet, or another row as headings, read instead. The mapping begins anew."""
    wanted = {"wanted": {"sheet": sheet, "head_row": head_row}}
    held = move(locked(extract), "reread", actor=actor, layout=wanted, columns={}, counts={}, stops=[])
    begin_progress(held)
    if in_background:
        have_worked(held, actor)
    return held
