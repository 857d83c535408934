"""The understood plan, as the interchange format has it (schema.json beside this file is its published form)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Precision = Literal["day", "month", "quarter", "term", "year", "none"]
Status = Literal["not_started", "in_progress", "complete", "delayed", "paused", "stopped"]
Rag = Literal["red", "amber", "green", "blue"]
OwnerKind = Literal["person", "role", "group", "unit", "text"]
OwnerRole = Literal["lead", "support", "oversight"]
Basis = Literal["cell", "theme", "code", "suggested"]


@dataclass(slots=True)
class Timeframe:
    """When, never more precise than the author: ISO dates of any length ("2025", "2025-03", "2025-03-31")."""

    text: str = ""
    start: str | None = None
    end: str | None = None
    precision: Precision = "none"
    continuous: bool = False


@dataclass(slots=True)
class Milestone:
    """A dated stage of an action; both ends may be unknown."""

    label: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class Dependency:
    """What the action waits for, in the document's words."""

    text: str


@dataclass(slots=True)
class Owner:
    """Whoever the document makes responsible. `code` is the glossary's form, or null where it has none."""

    text: str
    code: str | None = None
    kind: OwnerKind = "text"
    role: OwnerRole = "lead"


@dataclass(slots=True)
class Alignment:
    """A principle that the action answers; `basis` says whether a cell states it or theme or code imply it. The reader suggests none."""

    framework: str | None
    code: str
    text: str
    basis: Basis = "cell"


@dataclass(slots=True)
class Update:
    """What the document says of one past period."""

    period: str
    status: Status | None = None
    rag: Rag | None = None
    text: str = ""


@dataclass(slots=True)
class Notice:
    """A doubt about one field; `kind` is one of notices.KINDS, `message` a sentence."""

    field: str
    kind: str
    message: str


@dataclass(slots=True)
class Where:
    """Sheet or page, and row, of the first cell of a thing; numbers count from 1."""

    sheet: str | None = None
    page: int | None = None
    row: int | None = None


@dataclass(slots=True)
class Action:
    """One row of the plan. Texts keep the document's line breaks; unknown values are null or empty."""

    id: str = ""
    code: str | None = None
    theme: str | None = None
    title: str = ""
    how: str = ""
    success: str = ""
    timeframe: Timeframe = field(default_factory=Timeframe)
    milestones: list[Milestone] = field(default_factory=list)
    depends_on: list[Dependency] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    alignments: list[Alignment] = field(default_factory=list)
    status: Status | None = None
    rag: Rag | None = None
    comments: str = ""
    updates: list[Update] = field(default_factory=list)
    business_as_usual: bool = False
    source: Where = field(default_factory=Where)
    notices: list[Notice] = field(default_factory=list)

    def note(self, field_name: str, kind: str, message: str) -> None:
        """Add a doubt about one field, once."""
        notice = Notice(field_name, kind, message)
        if notice not in self.notices:
            self.notices.append(notice)


@dataclass(slots=True)
class Theme:
    """A heading of the plan; `code` where it carries a label of its own ("N8 Response 1")."""

    code: str | None
    title: str


@dataclass(slots=True)
class GlossaryRow:
    """An abbreviation of the document; `person` only where the document names one."""

    code: str
    meaning: str
    person: str | None = None
    comment: str | None = None


@dataclass(slots=True)
class Phase:
    """A phase or year that the document's own key dates."""

    code: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class Principle:
    code: str
    text: str


@dataclass(slots=True)
class FrameworkSheet:
    """A framework that the document itself spells out."""

    name: str
    principles: list[Principle] = field(default_factory=list)


@dataclass(slots=True)
class Unplaced:
    """Text of the document that has no place in the plan; kept so that nothing is lost."""

    source: Where
    text: str


@dataclass(slots=True)
class Period:
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class Plan:
    """Everything that was understood in one document."""

    title: str = ""
    period: Period = field(default_factory=Period)
    themes: list[Theme] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    glossary: list[GlossaryRow] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    frameworks: list[FrameworkSheet] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The interchange form: plain dicts, lists, strings, numbers, booleans and None."""
        return {name: _plain_data(getattr(self, name)) for name in self.__slots__}


def _plain_data(value: object) -> Any:
    """What dataclasses.asdict gives for these classes, without its copying (a large plan has 100,000 parts)."""
    if isinstance(value, list):
        return [_plain_data(part) for part in value]
    names = getattr(value, "__slots__", None)
    return {name: _plain_data(getattr(value, name)) for name in names} if names else value
