"""Fields written into running text: "(Lead: HR; P1)", "Owner: Web team", "by March 2025", "(Y1-3)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .dates import find_dates
from .headings import Role, column_of
from .owners import names_party
from .timeframes import CONTINUOUS
from .values import read_rag, read_status
from .words import plain

_LABELS: tuple[tuple[Role, str], ...] = (
    ("owner", r"(?:action |delivery |project |institutional )?(?:leads?|owners?|led by|lead by|responsib(?:le|ility)(?: (?:person|party|for delivery|lead|officer))?|person responsible|by whom|who|action by|accountable|assigned to|delivered by|action owner|contact)"),
    ("support", r"support(?:ed by|ing)?|with|partners?|working with|contributors?"),
    ("oversight", r"oversight|overseen by|sponsor|reporting to|reports to|governance"),
    ("timeframe", r"by when|when|by|time ?-?scales?|time ?-?frames?|deadline|due(?: date| by)?|target date|dates?|complet(?:e|ion)(?: date| by)|timing|timeline|start date|end date|year|phase|period"),
    ("success", r"success(?: measures?| criteria| indicators?)?|measures?(?: of success)?|kpis?|targets?|outcomes?|outputs?|evidence|impact|indicators?|how we will (?:know|measure)[^:]{0,30}|what success looks like|deliverables?|success looks like"),
    ("rag", r"rag(?: rating| status)?"),
    ("status", r"status|progress|current status"),
    ("alignment", r"pillars?|themes?|align(?:s|ed|ment)?(?: with| to)?|links?(?: to| with)?|contributes to|recommendations?|tc pillars?|principles?"),
    ("comments", r"comments?|notes?|updates?|latest"),
    ("how", r"how|actions?|steps|approach|delivery|method|activities|details?|description|what we will do|tasks"),
    ("context", r"rationale|why|background|issue|baseline"),
    ("resources", r"resources?|cost|budget|funding"),
)  # fmt: skip
_LABEL = re.compile(
    "|".join(f"(?P<{role}>{pattern})" for role, pattern in _LABELS).join(
        (r"(?:(?<=[.;(,|\s])|^)(?:the )?(?:", r")\s*(?::|=|–(?=\s))\s*")
    ),
    re.I,
)
_LINE = re.compile(
    "|".join(f"(?P<{role}>{pattern})" for role, pattern in _LABELS).join(
        (r"^\W{0,4}(?:", r")\s*(?:\([^)]*\))?\s*:\W{0,4}\s*")
    ),
    re.I,
)
_TAIL = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,80}(?:\([^()]*\)[^()\[\]]{0,40})?)[)\]]\s*[.;]?\s*$")
_FILLER = re.compile(
    r"\b(?:by|from|to|end|of|the|until|early|late|mid|start|starting|beginning|in|and|then|ay|academic|financial|year|years|between|onwards?|due|target|spring|summer|autumn|winter|term|"
    r"complete|completed|completion|thereafter|throughout|first|second|half|quarter|before|no|later|than|each|every|next|review|reviewed|at|least|once|twice|a|per|month|months|with)\b", re.I
)  # fmt: skip
_HEADED = re.compile(r"^[\W_]{0,4}(?P<label>[A-Z][^:.;,]{1,38})(?<!\d):[*_]{0,2}(?P<value>.*)$", re.S)
#: A label ends within so many characters, so that no pattern goes over the spaces of a long line again and again.
_LABEL_ENDS = 90
_PHASE = re.compile(r"(?:P|Y|Yr|Year|Phase|Q)\.?\s?\d(?:\s*[-,–/&]\s*(?:P|Y|Yr|Year|Phase|Q)?\.?\s?\d)*|P[Il]", re.I)
_ANY_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,60})[)\]]")
_BY = re.compile(
    r"\b(?:by|before|from|in|during|until|starting in|starting|no later than|for|throughout)\s+(?:the\s+)?(?:end of\s+|start of\s+|beginning of\s+|early\s+|late\s+|mid-?\s*)?$",
    re.I,
)
_RESPONSIBLE = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<who>[A-Z][^.;:]{2,60}?)\s+(?:is|are|will be)\s+(?:jointly\s+)?(?:responsible|accountable|leading|the leads?|in charge)[^.;]*\.?\s*$"
)
_LED = re.compile(
    r",?\s*\b(?:led by|to be led by|delivered by|owned by|coordinated by)\s+(?P<who>(?:the\s+)?[A-Z][^.;()]{2,60}?)\s*[.;]?\s*$"
)


@dataclass(slots=True)
class Fields:
    """A text with its fields taken out: `words` is what remains of it."""

    words: str = ""
    texts: dict[Role, str] = field(default_factory=dict)

    @property
    def open_list(self) -> bool:
        """Whether the label stood alone, so that bullets under it are its value."""
        return len(self.texts) == 1 and not next(iter(self.texts.values()))

    def add(self, role: Role, value: str) -> None:
        value = value.strip(" ;,|")
        if value:
            self.texts[role] = f"{self.texts[role]}; {value}" if self.texts.get(role) else value

    def extend(self, line: str) -> None:
        """Another line of the value of a labelled line."""
        for role in self.texts:
            self.texts[role] = f"{self.texts[role]}\n{line.strip()}".strip()

    def pour(self, into: dict[Role, str]) -> None:
        """Add these fields to others, each on a line of its own where both have one."""
        for role, value in self.texts.items():
            into[role] = f"{into[role]}\n{value}" if into.get(role) else value


def label_line(line: str) -> Fields | None:
    """The one field of a line such as "Timescale: March 2025", or None; several on one line are all taken."""
    flat = line.strip()
    if "\n" in flat and len(flat) < 2_000:
        parts = [label_line(part) for part in flat.split("\n") if part.strip()]
        if parts and all(parts):
            together = Fields()
            for part in parts:
                if part:
                    part.pour(together.texts)
            return together
    match = _LINE.match(flat[:_LABEL_ENDS])
    if not match or len(match.group()) > 50:
        return _headed_line(flat)
    found = read_fields(flat)
    if found.texts and not found.words:
        return found
    value = re.sub(r"^[*_\s]+|[*_]+$", "", flat[match.end() :])
    return Fields(texts={match.lastgroup: value.strip()})  # type: ignore[dict-item]


def _headed_line(line: str) -> Fields | None:
    """A line that begins as the heading of a table's column would ("Evidence of success: 80% take part")."""
    match = _HEADED.match(line)
    role = column_of(match["label"]).role if match else None
    if match is None or role is None or role in {"action", "theme", "code", "update", "bau"}:
        return None
    return Fields(texts={role: match["value"].strip(" *_")})


def read_fields(text: str) -> Fields:
    """Take labelled fields, closing brackets and dates out of an item's text."""
    found = Fields(words=plain(text))
    _take_labels(found)
    for _ in range(3):
        if not _take_bracket(found):
            break
    _take_dashes(found)
    _take_phase_bracket(found)
    _take_responsible(found)
    _take_date(found)
    _take_status(found)
    found.words = found.words.strip(" ;,|")
    return found


def _take_labels(found: Fields) -> None:
    text = found.words
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() == 0 and labels[0].lastgroup in {"how", "success"} and len(labels) == 1:
        return
    labels = [m for i, m in enumerate(labels) if _is_label(text, m, labels[:i])]
    if not labels:
        return
    found.words = text[: labels[0].start()].rstrip(" (;,|-–")
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)]
        role: Role = match.lastgroup  # type: ignore[assignment]
        value, rest = _end_of_value(value, role, last=following is None)
        _add_value(found, role, value)
        if rest:
            found.add("comments", rest)


def _is_label(text: str, match: re.Match[str], before: list[re.Match[str]]) -> bool:
    """ "By:" and "With:" are labels only after a stop; "how:" and the like only after another label."""
    start = text[: match.start()].rstrip()
    after_stop = not start or start[-1] in ".;(|,)" or bool(before)
    strong = match.lastgroup in {"owner", "timeframe", "status", "rag", "success", "oversight"}
    capital = text[match.start() : match.start() + 1].isupper()
    return (after_stop or strong and capital) and (
        strong or bool(before) or match.lastgroup in {"alignment", "support", "comments"} and capital
    )


def _end_of_value(value: str, role: Role, *, last: bool) -> tuple[str, str]:
    depth = 0
    for i, char in enumerate(value):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return value[:i], value[i + 1 :].strip(" .;")
    value = value.strip().rstrip(";,|")
    if last and role in {"owner", "timeframe", "status", "support"}:
        cut = re.search(r"(?<=[a-z0-9)])\.\s+(?=[A-Z])", value)
        goes_on = cut and re.match(r"[A-Z][\w&/-]*(?: [a-z]\w+)? (?:to|will|who) ", value[cut.end() :])
        if cut and not goes_on and len(value) - cut.end() > 12:
            return value[: cut.start()], value[cut.end() :].strip()
    return value.rstrip(" ."), ""


def _add_value(found: Fields, role: Role, value: str) -> None:
    """ "JA/MD; P2" under "Lead" is an owner and a time."""
    if role != "owner":
        found.add(role, value)
        return
    for part in re.split(r"\s*[;|]\s*", value):
        if part and is_time(part):
            found.add("timeframe", part)
        else:
            found.add("owner", part)


def is_time(text: str) -> bool:
    """Whether the words are wholly a time: a date, a phase or year of a key, "ongoing"."""
    flat = plain(text).strip(" .")
    if _PHASE.fullmatch(flat):
        return True
    if (
        re.fullmatch(r"TB[CAD]|to be (?:confirmed|agreed)", flat, re.I)
        or CONTINUOUS.search(flat)
        and not re.search(r"[A-Za-z]", _FILLER.sub("", CONTINUOUS.sub("", flat)))
    ):
        return True
    dates, impossible = find_dates(flat)
    rest = flat
    for date in reversed(dates):
        rest = rest[: date.at] + rest[date.to :]
    rest = re.sub(r"[\W\d_]", "", _FILLER.sub("", CONTINUOUS.sub("", rest)))
    return bool(dates) and not rest or bool(impossible) and len(flat) < 20


def _take_bracket(found: Fields) -> bool:
    """A bracket that closes the text and holds an owner, a time, a status or several of them."""
    match = _TAIL.search(found.words)
    if not match or match.start() == 0 or _abbreviates(match["inside"], found.words[: match.start()]):
        return False
    pieces = [p.strip() for p in re.split(r"\s*[;|,]\s*|\s+[-–]\s+", match["inside"]) if p.strip()]
    roles = [_role_of(piece) for piece in pieces]
    if not pieces or not all(roles):
        whole = _role_of(match["inside"])
        if not whole:
            return False
        pieces, roles = [match["inside"].strip()], [whole]
    found.words = found.words[: match.start()].rstrip()
    for piece, role in zip(pieces, roles, strict=True):
        found.add(role, re.sub(r"(?i)^(?:lead|owner|led by|by)\s*[:–-]?\s+(?=[A-Z])", "", piece))  # type: ignore[arg-type]
    return True


def _take_dashes(found: Fields) -> None:
    """ "Map every workshop — Estates — March 2025": what stands after the dashes, where all of it is told."""
    first, *parts = re.split(r"\s+[—–-]{1,2}\s+|\s+\|\s+", found.words)
    roles = [_role_of(part.strip(" .")) for part in parts]
    if parts and len(first.split()) >= 2 and all(roles):
        found.words = first
        for part, role in zip(parts, roles, strict=True):
            found.add(role, part.strip(" ."))  # type: ignore[arg-type]


def _role_of(piece: str) -> Role | None:
    if is_time(piece):
        return "timeframe"
    if read_rag(piece)[0] and len(piece.split()) == 1 and len(piece) > 1:
        return "rag"
    if len(piece.split()) <= 3 and read_status(piece):
        return "status"
    if piece[:1].isupper() and names_party(piece):
        return "owner"
    return None


def _take_phase_bracket(found: Fields) -> None:
    """Take "(Y1-3)" in the middle of the text as its time; several of them date its stages, and stay in the words."""
    timed = [match for match in _ANY_BRACKET.finditer(found.words) if is_time(match["inside"])]
    if not timed:
        return
    last = found.texts.get("timeframe")
    if len(timed) == 1 and last is None:
        (match,) = timed
        found.words = (found.words[: match.start()] + found.words[match.end() :]).strip()
    if last is None or _PHASE.fullmatch(last):
        found.texts["timeframe"] = ", ".join([*(match["inside"] for match in timed), *([last] if last else [])])


def _abbreviates(inside: str, before: str) -> bool:
    """Whether a bracket explains an abbreviation ("Research Support Staff (RSS)"), so that it names no owner."""
    small = {"of", "and", "the", "for"}
    heads = "".join(word[0] for word in re.findall(r"[A-Za-z]+", before) if word.casefold() not in small)
    return inside.isalpha() and heads.casefold().endswith(inside.removesuffix("s").casefold())


def _take_responsible(found: Fields) -> None:
    if "owner" in found.texts:
        return
    for pattern in (_RESPONSIBLE, _LED):
        match = pattern.search(found.words)
        if match and names_party(re.sub(r"(?i)^the ", "", match["who"])):
            found.add("owner", match["who"])
            found.words = found.words[: match.start()].rstrip(" ,;")
            return


def _take_date(found: Fields) -> None:
    """ "… by March 2025" in the sentence is its time; the words stay where they are."""
    if "timeframe" in found.texts:
        return
    text = found.words
    dates, _ = find_dates(text)
    for date in dates:
        near = max(0, date.at - 80)  # the words before a date stand close to it, however long the text
        lead = _BY.search(text[near : date.at])
        if lead:
            end = max(d.to for d in dates if d.at - date.to < 12 or d is date)
            found.texts["timeframe"] = text[near + lead.start() : end].strip()
            return


def _take_status(found: Fields) -> None:
    """ "… – complete" and "[Done]" at the end, or a tick before."""
    if "status" in found.texts:
        return
    match = re.search(r"\s+[-–—]\s+(?P<said>[A-Za-z ]{4,22})\.?$", found.words)
    if match and len(match["said"].split()) <= 3 and read_status(match["said"]):
        found.add("status", match["said"])
        found.words = found.words[: match.start()].rstrip()
    elif found.words[:1] in "✓✔☑✅" and found.words:
        found.add("status", "complete")
        found.words = found.words[1:].strip()
