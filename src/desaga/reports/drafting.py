"""From what was recorded to the first words of a report. Pure: knows no database.

A draft is `{"paragraphs": [{"text", "sources": [{"of", "kind", "pk", "label", "record"}]}], "tables": [{"key", "title", "columns", "rows"}]}`, plain data
that is kept with the section. Every paragraph names the records that it was made of; `kind` is "action", "review" or "evidence", and a
record counts as what `of` says ("update", "decision", …), once for each number `record`. Nothing is said that no record says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Draft = dict[str, Any]
LONGEST_SAID = 400
MOST_NEXT = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A record: what it counts as, where it is found, what a link to it says, and its own number."""

    of: str
    kind: str
    pk: int
    label: str
    record: int

    def as_data(self) -> dict[str, Any]:
        return {"of": self.of, "kind": self.kind, "pk": self.pk, "label": self.label, "record": self.record}


@dataclass(frozen=True, slots=True)
class Said:
    """An update that was given in the period."""

    pk: int
    on: date
    unit: str
    text: str
    next_step: str
    reason: str
    recovery: str
    evidence: str
    status: str


@dataclass(frozen=True, slots=True)
class Told:
    """An action as it stands, with what was said of it in the period, the first first; `reported` as the forms count it."""

    pk: int
    code: str
    title: str
    theme: str
    status: str
    rag: str
    reported: str
    when: str
    last_day: date | None
    said: Sequence[Said] = ()
    #: What was last said of why it does not go as it should, in the period or before.
    because: Said | None = None

    @property
    def label(self) -> str:
        return self.code or self.title

    @property
    def name(self) -> str:
        return f"{self.code} {self.title}".strip().rstrip(".: ")

    @property
    def last(self) -> Said | None:
        return self.said[-1] if self.said else None


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure where it stood last."""

    pk: int
    action: Told
    aim: str
    stands_at: str
    share: int | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of a meeting."""

    pk: int
    review: int
    on: date
    label: str
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence; `is_voice`: in the own words of those whom the plan is for."""

    pk: int
    title: str
    shows: str
    given_by: str
    is_voice: bool
    action: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A framework and how many of its principles are answered."""

    framework: str
    answered: int
    asked: int
    gaps: Sequence[str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that a report can be drafted from: of one plan, of one period."""

    starts_on: date
    ends_on: date
    actions: Sequence[Told] = ()
    measures: Sequence[Counted] = ()
    decisions: Sequence[Decided] = ()
    meetings: int = 0
    evidence: Sequence[Shown] = ()
    coverage: Sequence[Covered] = ()
    staff_word: str = "technicians"


@dataclass
class Writing:
    """A draft that is being put together."""

    paragraphs: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str, *sources: Source) -> None:
        if text.strip():
            told = [one.as_data() for one in dict.fromkeys(sources)]
            self.paragraphs.append({"text": " ".join(text.split()), "sources": told})

    def point(self, text: str, *sources: Source) -> None:
        self.say(f"- {text}", *sources)

    def table(self, key: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            told = [["" if cell is None else str(cell) for cell in row] for row in rows]
            self.tables.append({"key": key, "title": title, "columns": list(columns), "rows": told})


def draft_of(keys: Sequence[str], recorded: Recorded) -> Draft:
    """The drafts of these keys, one after another; unknown keys are left out."""
    writing = Writing()
    for key in keys:
        if key in DRAFTS:
            DRAFTS[key].write(writing, recorded)
    return {"paragraphs": writing.paragraphs, "tables": writing.tables}


def text_of(draft: Draft) -> str:
    """A draft as the text that people go on from: points stand close, paragraphs apart."""
    lines: list[str] = []
    for one in draft.get("paragraphs", ()):
        text, is_point = one["text"], one["text"].startswith("- ")
        if lines and not (is_point and lines[-1].startswith("- ")):
            lines.append("")
        lines.append(text)
    return "\n".join(lines)


def drafted_from(draft: Draft) -> str:
    """What a draft was made of, counted: "14 updates and 2 decisions"; empty where of nothing."""
    numbers: Counter[str] = Counter()
    for of, _ in {(one["of"], one["record"]) for one in _sources(draft)}:
        numbers[of] += 1
    words = [f"{numbers[of]} {one if numbers[of] == 1 else many}" for of, one, many in RECORDS if numbers[of]]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))


RECORDS = (
    ("action", "action", "actions"), ("update", "update", "updates"), ("measure", "measure", "measures"),
    ("decision", "decision", "decisions"), ("evidence", "piece of evidence", "pieces of evidence"),
)  # fmt: skip


def _sources(draft: Draft) -> Iterable[Mapping[str, Any]]:
    return (source for one in draft.get("paragraphs", ()) for source in one["sources"])


def _of_action(one: Told) -> Source:
    return Source("action", "action", one.pk, one.label, one.pk)


def _of_update(one: Told, said: Said) -> Source:
    label = f"{one.label}, {said.on.day} {said.on:%B %Y}"
    return Source("update", "action", one.pk, f"{label}, {said.unit}" if said.unit else label, said.pk)


def _number(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SAID else f"{line[:LONGEST_SAID].rsplit(' ', 1)[0]}…"


def _full(text: str) -> str:
    """A sentence that ends as one."""
    line = _cut(text)
    return line if not line or line[-1] in ".?!…" else f"{line}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# ---- Each draft


def _standing(writing: Writing, recorded: Recorded) -> None:
    if not recorded.actions:
        return
    counted = Counter(one.reported for one in recorded.actions)
    writing.say(
        f"On {_day(recorded.ends_on)}, {counted['completed']} of the {_number(len(recorded.actions), 'action')} of the plan "
        f"{'is' if counted['completed'] == 1 else 'are'} completed, {counted['ongoing']} ongoing and {counted['delayed']} delayed."
        + (f" Of {counted['not_said']} nothing was said." if counted["not_said"] else ""),
        *map(_of_action, recorded.actions),
    )
    updates = [(one, said) for one in recorded.actions for said in one.said]
    heard = len({one.pk for one, _ in updates})
    if updates:
        writing.say(
            f"{_number(len(updates), 'update')} on {_number(heard, 'action')} "
            f"{'was' if len(updates) == 1 else 'were'} given between {_day(recorded.starts_on)} and {_day(recorded.ends_on)}.",
            *(_of_update(one, said) for one, said in updates),
        )
    rows = [
        [name, *(numbers[one] for one in ("completed", "ongoing", "delayed", "not_said"))]
        for name, numbers in _themes(recorded)
    ]
    writing.table(
        "standing",
        "How the actions of each theme stand",
        ["Theme", "Completed", "Ongoing", "Delayed", "Not said"],
        rows,
    )


def _themes(recorded: Recorded) -> list[tuple[str, Counter[str]]]:
    names = dict.fromkeys(one.theme for one in recorded.actions)
    return [
        (name or "Without theme", Counter(one.reported for one in recorded.actions if one.theme == name))
        for name in names
    ]


def _progress(writing: Writing, recorded: Recorded) -> None:
    for theme in dict.fromkeys(one.theme for one in recorded.actions):
        these = [one for one in recorded.actions if one.theme == theme]
        heard = [one for one in these if any(said.text for said in one.said)]
        if not heard:
            continue
        done = sum(1 for one in these if one.reported == "completed")
        writing.say(
            f"{theme or 'Without theme'}: {done} of {_number(len(these), 'action')} {'is' if done == 1 else 'are'} completed.",
            *map(_of_action, these),
        )
        for one in heard:
            said = [update for update in one.said if update.text]
            last = said[-1]
            whose = f" ({last.unit})" if last.unit else ""
            writing.point(f"{one.name}{whose}: {_full(last.text)}", *(_of_update(one, update) for update in said[-1:]))


def _completed(writing: Writing, recorded: Recorded) -> None:
    found = [(one, said) for one in recorded.actions if one.status == "complete" for said in _completing(one)]
    if found:
        writing.say("Completed in the period:", *(_of_update(one, said) for one, said in found))
    for one, said in found:
        shows = f" What shows it: {_full(said.evidence)}" if said.evidence else ""
        writing.point(f"{one.name}, by {_day(said.on)}. {_full(said.text)}{shows}", _of_update(one, said))


def _completing(action: Told) -> Sequence[Said]:
    """The update of the period that first said that an action is complete, if there is one."""
    return [said for said in action.said if said.status == "complete"][:1]


def _challenges(writing: Writing, recorded: Recorded) -> None:
    for one in recorded.actions:
        if one.reported != "delayed":
            continue
        said = one.because
        state = "is red" if one.rag == "red" else f"is {one.status.replace('_', ' ')}"
        if said is None:
            writing.point(f"{one.name} {state}; no reason was recorded.", _of_action(one))
            continue
        back = f" The way back: {_full(said.recovery)}" if said.recovery else ""
        writing.point(f"{one.name} {state}. {_full(said.reason)}{back}", _of_update(one, said))


def _measures(writing: Writing, recorded: Recorded) -> None:
    if not recorded.measures:
        return
    met = sum(1 for one in recorded.measures if one.is_met)
    sources = [
        Source("measure", "action", one.action.pk, f"{one.action.label}: {one.aim}", one.pk)
        for one in recorded.measures
    ]
    writing.say(
        f"{met} of {_number(len(recorded.measures), 'measure')} {'has' if met == 1 else 'have'} reached the target.",
        *sources,
    )
    rows = [
        [one.action.label, one.aim, one.stands_at or "not counted yet", "reached" if one.is_met else _share(one.share)]
        for one in recorded.measures
    ]
    writing.table("measures", "Where the measures stand", ["Action", "Aim", "Stands at", "Way"], rows)


def _share(share: int | None) -> str:
    return "" if share is None else f"{share} %"


def _decisions(writing: Writing, recorded: Recorded) -> None:
    if recorded.meetings:
        reviews = dict.fromkeys(
            Source("review", "review", one.review, one.label, one.review) for one in recorded.decisions
        )
        writing.say(f"The plan was reviewed {_times(recorded.meetings)} in the period.", *reviews)
    for one in recorded.decisions:
        source = Source("decision", "review", one.review, f"{one.label}: {one.text[:60]}", one.pk)
        writing.point(f"{_day(one.on)}: {_full(one.text)} ({one.outcome.lower()})", source)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _evidence(writing: Writing, recorded: Recorded) -> None:
    """Pieces of evidence, and what updates name; what shows that an action is complete stands with that."""
    told = [
        (_piece(one), Source("evidence", "evidence", one.pk, one.title, one.pk))
        for one in recorded.evidence
        if not one.is_voice
    ]
    for action in recorded.actions:
        shown = [one for one in action.said if one.evidence and one.status != "complete"]
        told += [(f"{action.name}: {_full(one.evidence)}", _of_update(action, one)) for one in shown]
    if told:
        writing.say("Evidence given in the period:", *(source for _, source in told))
    for words, source in told:
        writing.point(words, source)


def _voice(writing: Writing, recorded: Recorded) -> None:
    for one in recorded.evidence:
        if one.is_voice:
            whose = f" ({one.given_by})" if one.given_by else ""
            writing.point(f"{_piece(one)}{whose}", Source("evidence", "evidence", one.pk, one.title, one.pk))


def _piece(one: Shown) -> str:
    """A piece of evidence in a line; not every one says what it shows."""
    return f"{one.title}: {_full(one.shows)}" if one.shows else _full(one.title)


def _coverage(writing: Writing, recorded: Recorded) -> None:
    rows = [
        [one.framework, f"{one.answered} of {one.asked}", ", ".join(one.gaps) or "none"] for one in recorded.coverage
    ]
    for one in recorded.coverage:
        gaps = f"Not answered yet: {', '.join(one.gaps)}." if one.gaps else "None is left out."
        answered = f"Actions of the plan answer {one.answered} of the {_number(one.asked, 'principle')} of {one.framework}. {gaps}"
        writing.say(answered, *map(_of_action, recorded.actions))
    writing.table("coverage", "What the plan answers", ["Framework", "Answered", "Not answered"], rows)


def _next(writing: Writing, recorded: Recorded) -> None:
    going = [one for one in recorded.actions if one.reported != "completed" and one.status != "stopped"]
    steps = [(one, one.last) for one in going if one.last and one.last.next_step]
    for one, said in steps:
        writing.point(f"{one.name}: {_full(said.next_step)}", _of_update(one, said))
    known = {one.pk for one, _ in steps}
    due = sorted(
        (one for one in going if one.last_day and one.pk not in known), key=lambda one: one.last_day or date.max
    )
    for one in due[:MOST_NEXT]:
        is_late = one.last_day is not None and one.last_day < recorded.ends_on
        planned = f"was planned for {one.when} and is still open" if is_late else f"is planned for {one.when}"
        writing.point(f"{one.name} {planned}.", _of_action(one))


@dataclass(frozen=True, slots=True)
class Drafter:
    """What a draft is called where a kind of report chooses it, and what is said where there is nothing to draft from."""

    label: str
    none: str
    write: Callable[[Writing, Recorded], None]


DRAFTS = {
    "standing": Drafter("How the plan stands", "The plan has no actions.", _standing),
    "progress": Drafter("Progress by theme", "No update was given in the period.", _progress),
    "completed": Drafter(
        "Completed in the period", "No update of the period says that an action is complete.", _completed
    ),
    "evidence": Drafter("Evidence", "No evidence was recorded in the period.", _evidence),
    "voice": Drafter(
        "In technicians’ own words", "Nothing in technicians’ own words was recorded in the period.", _voice
    ),
    "challenges": Drafter("Challenges", "No action is delayed or red.", _challenges),
    "measures": Drafter("Measures", "Nothing is measured.", _measures),
    "decisions": Drafter("Decisions", "No review of the plan was held in the period.", _decisions),
    "coverage": Drafter("What the plan answers", "No action answers a principle.", _coverage),
    "next": Drafter("Next steps", "Nothing is left to do, or nothing has a date.", _next),
}
