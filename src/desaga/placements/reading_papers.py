"""What a reader takes with them to read where there is no connection, as `desaga.documents.out` writes it: PDF/UA and Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desaga.documents.out import Block, Column, Contents, Heading, Table, Words
from desaga.documents.out.model import Value

from .defining import Criterion
from .models import Assignment
from .queries.said import SaidTold
from .telling import PartTold, Told

#: So many characters are made a PDF while somebody waits.
LONGEST_AT_ONCE = 150_000
COSTS = (Column("What", width=40), Column("£", "number", 12), Column("In another currency", width=20))
SHEET = (
    Column("Criterion", width=24),
    Column("Weight", "number", 8),
    Column("Scores", width=40),
    Column("Your score and why", width=30),
)


def length_of(blocks: Sequence[Block]) -> int:
    """How many characters stand in a paper."""
    return sum(_length(one) for one in blocks)


def _length(block: Block) -> int:
    match block:
        case Table(rows=rows):
            return sum(len(str(value or "")) for row in rows for value in row)
        case Heading(text) | Words(text):
            return len(text)
    return 0


def volumes(lengths: Sequence[int], most: int = LONGEST_AT_ONCE) -> list[range]:
    """Which readings go into which PDF, in their order: each as long as is made while one waits, or a single one that is longer."""
    found, first, sum_ = [], 0, 0
    for at, length in enumerate(lengths):
        if at > first and sum_ + length > most:
            found.append(range(first, at))
            first, sum_ = at, 0
        sum_ += length
    return [*found, range(first, len(lengths))] if lengths else []


def pack_paper(
    readings: Sequence[Assignment],
    copies: Mapping[int, Sequence[PartTold]],
    said: Mapping[int, Sequence[SaidTold]] | None = None,
) -> list[Block]:
    """Each application as its reader reads it, with a sheet to write on; nobody's scores."""
    blocks: list[Block] = [Words("For you alone. Destroy it when the panel has met.", is_quiet=True)]
    if len(readings) > 1:
        blocks.append(Contents())
    for one in readings:
        blocks += _application(one, copies[one.application_id], (said or {}).get(one.application_id, ()))
    return blocks


def _application(one: Assignment, parts: Sequence[PartTold], said: Sequence[SaidTold]) -> Iterator[Block]:
    application = one.application
    yield Heading(f"{application.reference} {one.title}")  # type: ignore[attr-defined]
    if application.round:
        yield Words(f"Scores by {application.round.scores_by:%-d %B %Y}.", is_quiet=True)
    for part in parts:
        yield Heading(part.title, 3)
        for answer in part.answers:
            yield from answer_blocks(answer)
    for told in said:
        yield Heading(f"{told.title} said", 3)
        yield from (Words(f"{label}\n{words}") for label, words in told.lines)
        if told.letter:
            yield Words(
                f"The letter, {told.letter_name}, is in the pack with letters and files, and on the application’s page.",
                is_quiet=True,
            )
    yield Heading("Your sheet", 3)
    yield Table(
        f"sheet-{application.reference}", "", SHEET, [_criterion(told) for told in application.definition.criteria]
    )


def answer_blocks(answer: Told) -> Iterator[Block]:
    if not answer.costs:
        yield Words(f"{answer.label}\n{answer.words}")
        return
    rows: list[list[Value]] = [[cost.name, f"{cost.pounds:,.2f}", cost.foreign] for cost in answer.costs]
    rows.append(["Together", f"{answer.sum:,.2f}", ""])
    yield Words(answer.label)
    yield Table(answer.key, "", COSTS, rows)


def _criterion(one: Criterion) -> list[Value]:
    scores = "\n".join(
        f"{score.value}: {score.label}{f'. {score.guidance}' if score.guidance else ''}" for score in one.scores
    )
    return [f"{one.label}\n{one.guidance}".strip(), str(one.weight), scores, ""]
