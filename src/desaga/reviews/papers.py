"""Packs, comparisons and minutes as papers: what `desaga.documents.out` writes as PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from desaga.documents.out import Block, Column, Heading, Picture, Points, Table, Words
from desaga.documents.out.model import Value
from desaga.governance.money import pounds

from .comparing import Found, Frozen
from .models import Comment, Decision, Review, Task, said_day
from .packs import Pack, Section, rag_words, status_words
from .states import Outcome

FOUND = (Column("Code", "code", 8), Column("Action", width=40), Column("Who", width=14), Column("Why", width=50))
ALL = (
    Column("Code", "code", 8), Column("Action", width=40), Column("Who", width=14), Column("Status", width=12),
    Column("RAG", width=8), Column("Due", width=14), Column("Last said", width=50),
)  # fmt: skip
COVERAGE = (
    Column("Framework", width=40), Column("Answered", "number", 8), Column("Asked", "number", 8),
    Column("Since then", width=20), Column("Not answered", width=30),
)  # fmt: skip
MEASURES = (
    Column("Code", "code", 8),
    Column("Aim", width=40),
    Column("Stands at", width=24),
    Column("Way", "number", 8),
)
AMOUNTS = ("allotted", "committed", "spent", "left")
BUDGET = (Column("Line", width=36), *(Column(name.capitalize(), "number", 14) for name in AMOUNTS))
TASKS = (Column("Task", width=44), Column("Who", width=20), Column("By", "date", 14), Column("Action", width=20))


#: What is made a PDF while somebody waits; a hundred pages take the worker half a minute (`bench/pack.py`).
LONGEST_AT_ONCE = 150_000


def is_long(blocks: Sequence[Block]) -> bool:
    """Whether a paper is too long to be made a PDF within a request."""
    return sum(map(_length, blocks)) > LONGEST_AT_ONCE


def _length(block: Block) -> int:
    match block:
        case Table(rows=rows):
            return sum(len(str(value or "")) for row in rows for value in row)
        case Points(texts):
            return sum(map(len, texts))
        case Heading(text) | Words(text):
            return len(text)
    return 0


def digest_of(blocks: Sequence[Block]) -> str:
    """The same for the same paper, and for no other."""
    return sha256(repr(blocks).encode()).hexdigest()


def pack_paper(review: Review, pack: Pack, tasks: Sequence[Task]) -> list[Block]:
    """The pack: first what was decided to look at, last every action as it stood."""
    blocks: list[Block] = [Words(line_of(review), is_quiet=True)]
    if review.words:
        blocks.append(Words(review.words))
    blocks += [Words(pack.standing.sentence), *_picture(pack), *_wanted(pack), *_tasks_left(tasks)]
    for section in pack.sections:
        blocks += _section(section)
    return [
        *blocks,
        *_coverage(pack),
        *_measures(pack),
        *_champions(pack),
        *_budget(pack),
        *_comments(pack),
        *_everything(pack),
    ]


def comparison_paper(pack: Pack) -> list[Block]:
    """Two states of a plan beside each other."""
    blocks: list[Block] = [Words(pack.standing.sentence), *_picture(pack)]
    for section in pack.sections:
        blocks += _section(section)
    return [*blocks, *_coverage(pack)]


def minutes_paper(
    review: Review, pack: Pack | None, decisions: Sequence[Decision], tasks: Sequence[Task]
) -> list[Block]:
    """Who was there, what was decided of what, and who does what by when."""
    blocks: list[Block] = [Words(line_of(review), is_quiet=True)]
    for title, text in (("Present", review.present), ("Apologies", review.apologies)):
        if text:
            blocks += [Heading(title), Words(text)]
    if pack:
        blocks += [Heading("How the plan stood"), Words(pack.standing.sentence)]
    blocks.append(Heading("Decisions"))
    blocks.append(Points([decision_line(one) for one in decisions]) if decisions else Words("Nothing was decided."))
    blocks += [Heading("Tasks"), _task_table(tasks) if tasks else Words("Nothing was given out.")]
    if review.next_on:
        blocks.append(Words(f"The group meets again on {said_day(review.next_on)}."))
    return blocks


def line_of(review: Review) -> str:
    """When, where and who, on one line."""
    return ", ".join(filter(None, [review.group.name if review.group else "", said_day(review.meets_on), review.place]))


def decision_line(decision: Decision) -> str:
    about = f"{decision.action.code or decision.action.short_title}: " if decision.action else ""
    return f"{about}{decision.text} ({Outcome(decision.outcome).label.lower()})"


def _picture(pack: Pack) -> Iterator[Block]:
    chart = pack.chart()
    if chart:
        yield Picture(chart.wide, f"{chart.title}. {chart.described}")


def _wanted(pack: Pack) -> Iterator[Block]:
    if pack.wanted:
        yield Heading("Decisions wanted")
        yield Points([_comment_line(one) for one in pack.wanted])


def _comment_line(comment: Comment) -> str:
    about = f"{comment.action.code or comment.action.short_title}: " if comment.action else ""
    return f"{about}{comment.text} ({comment.by.get_full_name()}, {said_day(timezone.localdate(comment.said_at))})"


def _tasks_left(tasks: Sequence[Task]) -> Iterator[Block]:
    if tasks:
        yield Heading("Left from before")
        yield _task_table(tasks)


def _task_table(tasks: Sequence[Task]) -> Table:
    rows = [
        [one.text, one.who, said_day(one.due_on) if one.due_on else "", str(one.action.code or one.action.short_title) if one.action else ""]
        for one in tasks
    ]  # fmt: skip
    return Table("tasks", "", TASKS, rows)


def _section(section: Section) -> list[Block]:
    title = f"{section.title} ({len(section.found)})"
    if not section.found:
        return [Heading(title), Words(section.none)]
    return [Heading(title), Table(section.key, "", FOUND, [_row(one) for one in section.found], section.why)]


def _row(found: Found) -> list[str]:
    return [found.action["code"], found.action["title"], "; ".join(found.action["owners"]), "\n".join(found.words)]


def _coverage(pack: Pack) -> Iterator[Block]:
    if pack.coverage:
        rows: list[list[Value]] = [
            [one.framework, one.answered, one.asked, one.change, ", ".join(one.gaps)] for one in pack.coverage
        ]
        yield Heading("What the plan answers")
        yield Table(
            "coverage", "", COVERAGE, rows, "Principles that actions of the plan answer; business as usual is left out."
        )


def _measures(pack: Pack) -> Iterator[Block]:
    if pack.measures:
        rows = [
            [action["code"], one["aim"], one["stands_at"] or "not counted yet", _share(one)]
            for action, one in pack.measures
        ]
        yield Heading("Measures")
        yield Table("measures", "", MEASURES, rows, "Where they stood on the day.")


def _champions(pack: Pack) -> Iterator[Block]:
    if pack.champions:
        yield Heading("Champions")
        gaps = pack.champions.gaps
        yield Words(f"{pack.champions.sentence} None: {', '.join(gaps)}." if gaps else pack.champions.sentence)


def _budget(pack: Pack) -> Iterator[Block]:
    if pack.budget:
        rows = [[one["name"], *(_pounds(one[name]) for name in AMOUNTS)] for one in pack.budget["lines"]]
        yield Heading(f"Budget {pack.budget['year']}")
        yield Table("budget", "", BUDGET, rows, "Lines of this plan, and of the programme as a whole.")


def _pounds(amount: str) -> str:
    return pounds(Decimal(amount))


def _share(measure: Frozen) -> str:
    return "reached" if measure["is_met"] else f"{measure['share']} %" if measure["share"] is not None else ""


def _comments(pack: Pack) -> Iterator[Block]:
    if pack.other_comments:
        yield Heading("Comments")
        yield Points([_comment_line(one) for one in pack.other_comments])


def _everything(pack: Pack) -> Iterator[Block]:
    rows = [
        [one["code"], one["title"], "; ".join(one["owners"]), status_words(one), rag_words(one), one["when"], last_said(one)]
        for one in pack.now["actions"]
    ]  # fmt: skip
    yield Heading("Every action as it stood")
    yield Table("actions", "", ALL, rows, f"{len(rows)} actions, on {said_day(pack.standing.on)}.")


def last_said(action: Frozen) -> str:
    """What was said of an action last, of each unit where several answer."""
    lines = []
    for one in action["updates"]:
        unit, words = f"{one['unit']}: " if one["unit"] else "", one["text"] or one["next_step"]
        if words:
            lines.append(f"{unit}{words}")
    return "\n".join(lines)
