"""From an action's texts to its fields: codes, timeframe, owners, alignments, status, RAG, updates, notices."""

from __future__ import annotations

import re

from .alignments import Principles, inherit, read_alignments
from .headings import Role, column_of
from .hints import hints_now
from .model import Action, Alignment, Notice, Period, Phase, Timeframe, Update
from .owners import Parties, read_owners
from .rows import RawAction
from .timeframes import Reading, read_timeframe
from .values import read_rag, read_status
from .words import ends_unfinished, one_line, plain, starts_torn


def _by_labels_inside(texts: dict[Role, str]) -> dict[Role, str]:
    """Texts whose cell is parted by labels on lines of their own ("Delivery", "Success measure"), each where it belongs."""
    parted = dict(texts)
    for role in ("how", "success", "comments"):
        lines = texts.get(role, "").split("\n")
        labels = [_label_role(line) for line in lines]
        if len(lines) < 2 or labels[0] is None:
            continue
        del parted[role]
        current: Role = labels[0]
        for line, label in zip(lines, labels, strict=True):
            if label is not None:
                current = label
            elif line.strip():
                parted[current] = f"{parted[current]}\n{line}" if parted.get(current) else line
    return parted


def _label_role(line: str) -> Role | None:
    words = plain(line).strip(" :")
    if not words or len(words.split()) > 3 or words.endswith("."):
        return None
    role = column_of(words).role
    return (
        role if role in {"how", "success", "owner", "timeframe", "status", "comments"} and words[0].isupper() else None
    )


class Interpreter:
    """Knows the document's glossary, phases, frameworks and years; makes actions of raw ones."""

    def __init__(
        self, parties: Parties, phases: list[Phase], principles: Principles, period: Period, *, wrapped: bool
    ) -> None:
        self.parties = parties
        self.phases = phases
        self.principles = principles
        self.period = period
        self.wrapped = wrapped

    def action(self, raw: RawAction) -> tuple[Action, list[str]]:
        """The action, and texts of its row that have no place in it."""
        texts = _by_labels_inside(raw.texts)
        action = Action(
            code=raw.code,
            theme=(raw.theme.code or raw.theme.title) if raw.theme else None,
            title=self._prose(texts.get("action", "")),
            how=self._prose(texts.get("bau" if raw.business_as_usual else "how", texts.get("how", ""))),
            success=self._prose(texts.get("success", "")),
            comments=self._prose(
                "\n".join(t for t in (texts.get("comments"), texts.get("context"), texts.get("resources")) if t)
            ),
            business_as_usual=raw.business_as_usual,
            source=raw.source,
        )
        leftover = [f"{heading}: {text}" if heading else text for heading, text in raw.extras]
        if raw.marks and not texts.get("timeframe"):
            texts = {
                **texts,
                "timeframe": raw.marks[0] if len(raw.marks) == 1 else f"{raw.marks[0]} to {raw.marks[-1]}",
            }
        self._time(action, texts)
        self._owners(action, texts)
        leftover += self._alignments(action, raw)
        self._status(action, texts)
        self._updates(action, raw)
        leftover += self._debris(action, raw)
        self._doubts(action, raw)
        return action, leftover

    def _prose(self, text: str) -> str:
        """Wrapped lines of formats that break at the column's edge are joined; other line breaks are kept."""
        if not self.wrapped:
            return text.strip()
        return re.sub(r"(?<!\n)\n(?!\s*(?:[•●▪◦‣–*-]|\d{1,2}[.)])\s)", " ", text).strip()

    def _time(self, action: Action, texts: dict[Role, str]) -> None:
        start, end, both = (texts.get(role, "") for role in ("start", "end", "timeframe"))
        if start or (end and not both):
            reading = self._two_columns(start, end or both)
        else:
            reading = read_timeframe(both, phases=self.phases, period=self.period)
            if end:
                reading = self._two_columns(both, end)
        action.timeframe, action.milestones, action.depends_on = (
            reading.timeframe,
            reading.milestones,
            reading.depends_on,
        )
        action.timeframe.text = one_line(action.timeframe.text)
        action.notices += reading.notices

    def _two_columns(self, start: str, end: str) -> Reading:
        """A start column and an end column together."""
        first = read_timeframe(start, phases=self.phases, period=self.period)
        last = read_timeframe(end, phases=self.phases, period=self.period)
        a, b = first.timeframe, last.timeframe
        text = " – ".join(one_line(t) for t in (start, end) if t)
        finest = [f.precision for f in (a, b) if f.precision != "none"]
        frame = Timeframe(
            text=text,
            start=a.start or a.end,
            end=b.end or b.start,
            precision=max(finest, key=["none", "year", "term", "quarter", "month", "day"].index, default="none"),
            continuous=a.continuous or b.continuous,
        )
        notices = first.notices + last.notices
        if frame.start and frame.end and frame.start > frame.end + "~":
            notices.append(Notice("timeframe", "end_before_start", f"“{text}” ends before it starts."))
        return Reading(frame, first.milestones + last.milestones, first.depends_on + last.depends_on, notices)

    def _owners(self, action: Action, texts: dict[Role, str]) -> None:
        for role, part in (("owner", "lead"), ("support", "support"), ("oversight", "oversight")):
            text = texts.get(role, "")  # type: ignore[call-overload]
            for owner in read_owners(text, self.parties, role=part, wrapped=self.wrapped):  # type: ignore[arg-type]
                if not any((o.code or o.text) == (owner.code or owner.text) for o in action.owners):
                    action.owners.append(owner)

    def _alignments(self, action: Action, raw: RawAction) -> list[str]:
        stated, unknown, notices = read_alignments(raw.texts.get("alignment", ""), self.principles)
        action.notices += notices
        left: list[str] = []
        for piece in unknown:
            if len(piece.split()) <= 12:
                stated.append(Alignment(None, piece, piece, "cell"))
                if hints_now().principles_of(piece) is None:
                    message = f"“{piece}” names no principle of a known framework."
                    action.note("alignments", "not_recognised", message)
            else:
                left.append(piece)
        by_code = [
            Alignment(k.framework, k.code, raw.code or "", "code") for k in self.principles.prefix_codes(raw.code or "")
        ]
        action.alignments = inherit(inherit(stated, by_code), raw.inherited)
        return left

    def _status(self, action: Action, texts: dict[Role, str]) -> None:
        said, coloured = texts.get("status", ""), texts.get("rag", "")
        action.rag, from_blue = read_rag(coloured)
        action.status = from_blue
        if coloured and not action.rag:
            action.status = action.status or read_status(coloured)
        if said:
            rag, blue = read_rag(said)
            status = read_status(said)
            action.rag = action.rag or rag
            action.status = status or blue or action.status
            if not (status or rag or blue) and hints_now().status_of(said) is None:
                action.note(
                    "status", "status_not_understood", f"“{one_line(said)}” is no status; it was kept as a comment."
                )
            if not (status or rag or blue) or len(said.split()) > 3:
                action.comments = "\n".join(t for t in (self._prose(said), action.comments) if t)
        if coloured and len(coloured.split()) > 3:
            action.comments = "\n".join(t for t in (action.comments, self._prose(coloured)) if t)

    def _updates(self, action: Action, raw: RawAction) -> None:
        for period, heading, text in raw.updates:
            update = next((u for u in action.updates if u.period == period), None)
            if update is None:
                update = Update(period)
                action.updates.append(update)
            rag, blue = read_rag(text)
            short = len(text.split()) <= 3
            status = read_status(text) if short or re.search(r"status", heading, re.I) else None
            update.rag = update.rag or rag
            update.status = update.status or status or blue
            if not (short and (rag or status or blue)):
                update.text = f"{update.text}\n{self._prose(text)}".strip()

        for update in action.updates:  # the columns run from the oldest period to the newest
            if "rag" not in raw.roles and update.rag:
                action.rag = update.rag
            if "status" not in raw.roles and update.status:
                action.status = update.status

    def _debris(self, action: Action, raw: RawAction) -> list[str]:
        left = []
        for role, text in raw.debris:
            name = "owners" if role == "owner" else "timeframe"
            action.note(name, "debris", f"“{plain(text)}” means nothing in this column and was set aside.")
            left.append(text)
        owner = plain(raw.texts.get("owner", ""))
        if owner and not action.owners and not re.search(r"TB[CAD]|N/?A", owner, re.I):
            action.note("owners", "debris", f"“{owner}” names nobody.")
            left.append(owner)
        return left

    def _doubts(self, action: Action, raw: RawAction) -> None:
        if raw.rows > 1:
            action.note("title", "continued", f"The text of {raw.rows} rows was joined.")
        for name, text in (("title", action.title), ("how", action.how), ("success", action.success)):
            if text and starts_torn(text):
                action.note(name, "torn_start", "The text begins in the middle of a sentence.")
            if text and ends_unfinished(text) and not text.rstrip().endswith(("-", "/", "&")):
                action.note(name, "torn_end", "The text breaks off.")
        if not action.title:
            action.note("title", "missing", "The row has no text in the action column.")
        columns = raw.roles
        if "owner" in columns and not action.owners and not raw.texts.get("owner"):
            action.note("owners", "missing", "Nobody is named as responsible.")
        if columns & {"timeframe", "end"} and not action.timeframe.text and not action.business_as_usual:
            action.note("timeframe", "missing", "No time is given.")
