"""The minutes of a panel's meeting, of what one who sat there heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desaga.documents.out import Block, Column, Heading, Table, Words

from .agenda import Row
from .models import Round
from .sitting import AWARDS

COLUMNS = (
    Column("Item", "number", 6), Column("Reference", "code", 12), Column("Application", width=34), Column("Mean", "number", 8),
    Column("Outcome", width=18), Column("Award, £", "number", 12), Column("Out of the room", width=24),
)  # fmt: skip


def minutes_paper(round_: Round, rows: Sequence[Row], *, whole: bool) -> list[Block]:
    """A table of all items, then each with its reasons, conditions and notes."""
    return [*_head(round_, whole), Table("items", "", COLUMNS, [_line(row) for row in rows]), *(block for row in rows for block in _told(row))]  # fmt: skip


def _head(round_: Round, whole: bool) -> Iterator[Block]:
    verb = "The panel met on" if round_.released_at else "The panel meets on"
    led = [f"Chair: {round_.chair}." if round_.chair else "", f"Administrator: {round_.administrator}." if round_.administrator else ""]  # fmt: skip
    yield Words(" ".join(filter(None, [f"{verb} {round_.meets_on.day} {round_.meets_on:%B %Y}.", *led])))
    if round_.released_at is None:
        yield Words("Outcomes are pending: applicants have not been told.", is_quiet=True)
    if not whole:
        yield Words("This copy holds what its reader heard.", is_quiet=True)


def out_words(out: Sequence[tuple[str, str]]) -> str:
    """Names, each with the kind of conflict where it is known."""
    return "; ".join(f"{name} ({why[:1].lower()}{why[1:]})" if why else name for name, why in out)


AGENDA = (
    Column("Item", "number", 6), Column("Reference", "code", 12), Column("Application", width=44), Column("Mean", "number", 8),
    Column("Asked for, £", "number", 12), Column("Out", width=24),
)  # fmt: skip


def agenda_paper(round_: Round, rows: Sequence[Row], *, whole: bool) -> list[Block]:
    """The agenda as somebody hears it: what is heard, and who is out for it. No outcome stands in it."""
    return [
        *_head(round_, whole),
        Table("agenda", "", AGENDA, [_agenda_line(row) for row in rows]),
        Words("For whoever sits on this panel. Destroy it when the outcomes are told.", is_quiet=True),
    ]


def _agenda_line(row: Row) -> list[object]:
    asked = row.item.application.asked
    return [
        row.number,
        row.reference,
        "\n".join(filter(None, [row.title, row.about])),
        float(row.mean) if row.mean is not None else None,
        float(asked) if asked is not None else None,
        ", ".join(row.out),
    ]


def _line(row: Row) -> list[object]:
    return [
        row.number,
        row.reference,
        row.title,
        float(row.mean) if row.mean is not None else None,
        outcome_words(row),
        float(row.outcome.amount) if row.outcome and row.outcome.kind in AWARDS else None,
        ", ".join(name for name, _ in row.item.out),
    ]


def outcome_words(row: Row) -> str:
    """What was decided; of what was withdrawn, that."""
    if row.item.told_at is None and not row.is_undecided:
        return str(row.item.application.get_state_display())
    return str(row.outcome) if row.outcome else "None yet"


def _told(row: Row) -> Iterator[Block]:
    outcome, definition = row.outcome, row.item.application.definition
    yield Heading(f"{row.number}. {row.title}")
    yield Words(
        f"{row.reference}. {outcome_words(row)}{f': £{outcome.amount:,.2f}' if outcome and outcome.amount else ''}."
    )
    if row.item.left:
        yield Words(f"Out of the room: {out_words(row.item.out)}.")
    if outcome is not None:
        reasons = [one.label for one in definition.decline_reasons if one.key in outcome.reasons]
        parts = [one.title for one in definition.sections if one.key in outcome.open_parts]
        for label, words in (("Reasons", "; ".join(reasons)), ("To be changed", "; ".join(parts)), ("Conditions", outcome.conditions), ("To the applicant", outcome.words)):  # fmt: skip
            if words:
                yield Words(f"{label}: {words}")
    if row.item.notes:
        yield Words(row.item.notes)
