"""Who is responsible: parties in a cell, resolved against the document's own glossary, never invented.

"PSO; TLTC; Comms", "UEG; P&C FODs; TSMs", "HR to work with TSMs", "BIDA; under remit of TLTC".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .glossary import looks_like_name
from .model import GlossaryRow, Owner, OwnerKind, OwnerRole
from .words import key, plain

_GROUP = re.compile(
    r"\b(groups?|committees?|teams?|forum|board|network|council|panel|executive group|champions|members of|representatives|community|union)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(managers?|officers?|leads?|leaders?|directors?|deans?|heads?|co-?ordinators?|partners?|advisers?|advisors?|chairs?|vice-chancellor|"
    r"provost|president|registrar|secretary|administrators?|supervisors?|specialists?|technicians?|holder|holders|champion|designers?|"
    r"principal|chief|executive|reps?|representative|pvc|pro-vice-chancellors?|dvc|coo|vc|hrbp|steward|convenor|staff|academics?|trainers?)\b", re.I
)  # fmt: skip
_UNIT = re.compile(
    r"\b(faculty|faculties|schools?|departments?|departmental|directorate|services?|division|office|unit|units|institute|college|library|estates|"
    r"human resources|hr|communications|comms|marketing|finance|it|people|culture|research & innovation|organisational development|facility|facilities|centre)\b", re.I
)  # fmt: skip
_OVERSIGHT = re.compile(
    r"\b(?:under (?:the )?remit of|overseen by|oversight(?: by| from|:| of)?|reporting to|reports? to|accountable to|governed by|"
    r"sponsor(?:ed by)?:?|supervised by|monitored by|signed off by|approved by|with oversight (?:from|by))\s*", re.I
)  # fmt: skip
_SUPPORT = re.compile(
    r"\b(?:to work with|working with|work(?:ing)? (?:alongside|closely with)|supported by|with support (?:from|of)|support(?:ing)? from|"
    r"support(?:ed)?:|assisted by|in (?:collaboration|partnership|conjunction|consultation|liaison) with|in consultation with|together with|"
    r"with (?:help|input|assistance|advice) (?:from|of)|with input from|with|via|liaising with|in liaison with|consulting)\s+", re.I
)  # fmt: skip
_DOES = re.compile(r"\s+(?:to(?! the\b)|will|who|should|shall|can|must|for|are|is)\s+(?P<doing>.+)$")
_OTHERS_DOING = re.compile(
    r"\b(?:(?P<support>supported by|with support from|assisted by|in (?:partnership|collaboration|consultation|conjunction) with|with input from)|overseen by|reporting to)"
    r"\s+(?P<whom>.+)$", re.I
)  # fmt: skip
_OVERSEES = re.compile(r"oversee|monitor|approve|sign off|have oversight", re.I)
_TOGETHER = re.compile(
    r"(?:work|liaise|collaborate|partner|lead,? (?:working )?)\s*(?:closely )?with (?P<whom>.+?)(?: to \w.*)?$", re.I
)
_OTHER_ROLES: tuple[tuple[re.Pattern[str], OwnerRole], ...] = ((_OVERSIGHT, "oversight"), (_SUPPORT, "support"))
_LABEL = re.compile(
    r"^(?P<label>lead|led by|leads|owner|owners|responsible|support|supporting|supported by|oversight|sponsor|accountable|consulted|partners?)\s*[:–-]\s*",
    re.I,
)
_UNKNOWN = re.compile(r"^\W*(tb[cad]|to be (confirmed|agreed|decided)|n/?a|none|-+|\?+)\W*$", re.I)
#: No cell of owners is longer; what a runaway cell holds beyond is kept as unplaced text.
_LONGEST = 3000


class Parties:
    """The parties that a document's glossary knows, by every form in which it writes them."""

    def __init__(self, glossary: Sequence[GlossaryRow]) -> None:
        self.rows = {row.code: row for row in glossary}
        self._forms: dict[str, str] = {}
        for row in glossary:
            for form in (row.code, row.meaning, row.person or ""):
                if form and len(key(form)) > 1:
                    self._forms.setdefault(key(form), row.code)
        codes = sorted(self.rows, key=len, reverse=True)
        self._codes = (
            re.compile(r"(?<![\w&-])(?:" + "|".join(re.escape(c) + r"s?" for c in codes) + r")(?![\w&-])")
            if codes
            else None
        )

    def code_of(self, text: str) -> str | None:
        """The glossary's code for "TSMs", "TSM" or "Technical Services Managers"; None where it has none."""
        form = key(text)
        for candidate in (
            form,
            form.removesuffix("s"),
            form.removeprefix("the "),
            form.removeprefix("all ").removesuffix("s"),
        ):
            if candidate in self._forms:
                return self._forms[candidate]
        if form + "s" in self._forms:
            return self._forms[form + "s"]
        words = form.split()
        if len(words) > 1 and words[-1] in {"team", "group", "lead", "leads"}:
            return self._forms.get(" ".join(words[:-1])) if " ".join(words[:-1]).upper() in self.rows else None
        return None

    def codes_in(self, text: str) -> list[re.Match[str]]:
        """Every code of the glossary in the text, longest first where they overlap."""
        return list(self._codes.finditer(text)) if self._codes else []


def read_owners(text: str, parties: Parties, *, role: OwnerRole = "lead", wrapped: bool = False) -> list[Owner]:
    """The parties that a cell names, in order, each once.

    `role` is what the column's heading says; `wrapped` is for formats whose cells break lines where the column
    ends (PDF), so that a line break parts two parties only where each line can stand alone.
    """
    text = re.sub(r"[^\S\n]{2,}", " ", text[:_LONGEST])
    if (
        wrapped
        and "\n" in text
        and not all(_line_stands_alone(line, parties) for line in text.split("\n") if line.strip())
    ):
        text = re.sub(r"\s*\n\s*", " ", text)
    owners: list[Owner] = []
    for sentence in _sentences(text):
        for part, part_role in _roles(sentence, role):
            for piece in _split(part, parties):
                owner = _owner(piece, part_role, parties)
                if owner and (owner.code or key(owner.text)) not in {o.code or key(o.text) for o in owners}:
                    owners.append(owner)
    return owners


def _line_stands_alone(line: str, parties: Parties) -> bool:
    line = line.strip(" ,;")
    return (
        bool(parties.code_of(line))
        or _stands_alone(line)
        or bool(re.fullmatch(r"(?i)comms|marketing|library|estates|finance|hr", line))
    )


def _sentences(text: str) -> list[str]:
    text = re.sub(r"(?m)^\s*[•●▪·*o–-]\s+", "; ", text)
    lines = _rejoin_lines(text.split("\n"))
    return [
        s.strip()
        for line in lines
        for s in re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])|;|,\s+(?=[A-Z][\w&/-]*(?: [A-Z]\w+)* to [a-z])", line)
        if s.strip(" .,;")
    ]


def _rejoin_lines(lines: list[str]) -> list[str]:
    """A cell's line breaks part parties, unless a line plainly goes on ("Head of Technical", "Services")."""
    joined: list[str] = []
    for line in (one.strip() for one in lines):
        if not line:
            continue
        last = joined[-1] if joined else ""
        goes_on = last and (
            re.search(r"(?:\b(?:and|of|the|for|with|to|in|by|from)|[,&/(-])$", last)
            or line[0].islower()
            or line[0] in "&/)("
            or last.count("(") > last.count(")")
        )
        if goes_on:
            joined[-1] = f"{last} {line}" if not last.endswith(("-", "/")) else last + line
        else:
            joined.append(line)
    return joined


def _roles(sentence: str, role: OwnerRole) -> list[tuple[str, OwnerRole]]:
    bracketed = re.fullmatch(
        r"(?P<who>.+?)\s*[(\[](?P<role>lead|leads|joint lead|owner|support|supporting|oversight|sponsor|accountable|consulted)[)\]]",
        sentence,
        re.I,
    )
    if bracketed:
        word = bracketed["role"].casefold()
        said: OwnerRole = (
            "support"
            if word.startswith(("support", "consult"))
            else "oversight"
            if word in {"oversight", "sponsor"}
            else "lead"
        )
        return [(bracketed["who"], said)]
    label = _LABEL.match(sentence)
    if label:
        word = label["label"].casefold()
        sentence = sentence[label.end() :]
        if word.startswith(("support", "consult", "partner")):
            role = "support"
        elif word.startswith(("oversight", "sponsor", "accountable")):
            role = "oversight"
    match = _DOES.search(sentence)
    overseen = _OVERSIGHT.search(sentence)
    if overseen and match and overseen.start() < match.start() < overseen.end():
        match = None  # "reporting to" says no doing
    if match and not sentence[: match.start()].casefold().startswith("members of"):
        return _doing(sentence[: match.start()], match["doing"], role)
    for pattern, other in _OTHER_ROLES:
        match = pattern.search(sentence)
        if match:
            before, after = sentence[: match.start()].strip(" ,;-("), sentence[match.end() :].strip(" ,;)")
            return (_roles(before, role) if before else []) + ([(after, other)] if after else [])
    return [(sentence, role)]


def _doing(who: str, doing: str, role: OwnerRole) -> list[tuple[str, OwnerRole]]:
    """Who does what in "HR to work with TSMs" (a lead and a support) or "TSMs to oversee roll out" (an oversight)."""
    if _OVERSEES.match(doing):
        return [(who, "oversight")]
    if re.match(r"(?:advise|support|assist|help|contribute|input|be consulted)\b", doing, re.I):
        return [(who, "support")]
    together = _TOGETHER.match(doing)
    if together:
        return [(who, role), (together["whom"], "support")]
    others = _OTHERS_DOING.search(doing)
    if others is None:
        return [(who, role)]
    return [(who, role), (others["whom"], "support" if others["support"] else "oversight")]


def _split(part: str, parties: Parties) -> list[str]:
    pieces: list[str] = []
    part = re.sub(r"\s+who\s+.*$", "", part)
    for chunk in re.split(r"\s*[,;|•\n]\s*|\s+/\s+|\s+\+\s+", part):
        pieces.extend(_split_chunk(chunk.strip(" ."), parties))
    return [p for p in pieces if p]


def _split_chunk(chunk: str, parties: Parties) -> list[str]:
    if not chunk or parties.code_of(chunk):
        return [chunk]
    for pattern in (r"\s+and\s+|\s+&\s+", r"/"):
        halves = [h.strip() for h in re.split(pattern, chunk) if h.strip()]
        if len(halves) > 1 and _halves_stand_alone(halves, pattern, parties):
            return [piece for half in halves for piece in _split_chunk(half, parties)]
    return _split_at_codes(chunk, parties)


def _halves_stand_alone(halves: list[str], pattern: str, parties: Parties) -> bool:
    """Whether the halves are two parties ("TCSG and TCWG", "JA/MD"), not one ("Research and Innovation")."""
    if all(parties.code_of(h) for h in halves):
        return True
    initials = [bool(re.fullmatch(r"[A-Z][A-Z&]{1,6}s?(?:-[A-Z]{2,4})?", h)) for h in halves]
    if all(initials):
        return True
    if any(parties.code_of(h) or i for h, i in zip(halves, initials, strict=True)) and all(
        parties.code_of(h) or i or _stands_alone(h) or (pattern == "/" and h[0].isupper())
        for h, i in zip(halves, initials, strict=True)
    ):
        return True
    if all(looks_like_name(h) for h in halves):
        return True
    if pattern == "/":
        return all(len(h) > 2 and h[0].isupper() for h in halves) and not re.search(r"\d", "".join(halves))
    return all(_stands_alone(h) for h in halves)


def _stands_alone(text: str) -> bool:
    """Whether a phrase names a party by itself: it ends in a role, a body or an abbreviation."""
    if looks_like_name(text):
        return True
    last = re.sub(r"\([^)]*\)", "", text).strip()
    words = last.split()
    if not words:
        return False
    tail = words[-1]
    ends = (
        bool(_ROLE.fullmatch(tail) or _GROUP.fullmatch(tail))
        or bool(re.search(r"\b(?:of|for)\b", last) and _ROLE.search(last))
        or bool(_UNIT.fullmatch(tail) and len(words) > 1)
    )
    return ends and len(words) >= 2 or bool(re.fullmatch(r"[A-Z]{2,6}s?", last))


def _split_at_codes(chunk: str, parties: Parties) -> list[str]:
    """Parties with nothing between them: "P&C FODs", "TCWG Executive Officers"."""
    matches = parties.codes_in(chunk)
    if not matches:
        return [chunk]
    rest = chunk
    pieces: list[tuple[int, str]] = []
    for match in matches:
        pieces.append((match.start(), match.group()))
        rest = rest[: match.start()] + "\0" * len(match.group()) + rest[match.end() :]
    outside = [(m.start(), m.group().strip(" ,.&/-()")) for m in re.finditer(r"[^\0]+", rest)]
    outside = [(at, words) for at, words in outside if words and key(words) not in {"", "and", "the", "all"}]
    if not outside:
        return [text for _, text in sorted(pieces)]
    bodies = all(kind_of(m.group(), parties.rows.get(parties.code_of(m.group()) or "")) != "unit" for m in matches)
    if bodies and all(
        words[0].isupper() and not re.search(r"\bof$", words) and _stands_alone(words) for _, words in outside
    ):
        return [text for _, text in sorted(pieces + outside)]
    if all(re.fullmatch(r"[A-Z][A-Z&-]{1,6}s?", words) for _, words in outside):
        return [text for _, text in sorted(pieces + outside)]
    trailing = re.match(r"members of (?:the )?", chunk, re.I)
    if trailing:
        return [w for w in re.split(r"\s+and\s+", chunk) if w]
    return [chunk]


def _owner(piece: str, role: OwnerRole, parties: Parties) -> Owner | None:
    text = re.sub(r"^(?:\d{1,2}\.)+\d{0,2}\s+(?=[A-Z])", "", piece.strip(" .,;:-–"))
    text = re.sub(r"^(?:and|the|all|by|led by)\s+", "", text, flags=re.I) if len(text.split()) > 1 else text
    if not text or _UNKNOWN.match(text) or not re.search(r"[A-Za-z]", text):
        return None
    code = parties.code_of(text)
    row = parties.rows.get(code) if code else None
    return Owner(text, code, kind_of(text, row), role)


def kind_of(text: str, row: GlossaryRow | None = None) -> OwnerKind:
    """What sort of party the words name. A person only where the document says so or the words are a name."""
    if row is None:
        if looks_like_name(text) and not (_ROLE.search(text) or _UNIT.search(text) or _GROUP.search(text)):
            return "person"
        meaning = plain(text)
    else:
        meaning = plain(row.meaning)
        if row.person and (row.code.isupper() and _initials(row.person) == row.code):
            return "person"
        if looks_like_name(meaning):
            return "person"
    if _GROUP.search(meaning):
        return "group"
    if _UNIT.search(meaning) and not _ROLE.search(meaning):
        return "unit"
    if _ROLE.search(meaning):
        return "role"
    return "unit" if _UNIT.search(meaning) else "text"


def names_party(text: str) -> bool:
    """Whether the words, all of them, name one or more parties: roles, groups, units, abbreviations or names."""
    flat = plain(text)
    if not flat or len(flat) > 200 or len(flat.split()) > 9 or re.search(r"[?!]", flat):
        return False
    pieces = [p for p in re.split(r"\s*[,;/]\s*|\s+(?:and|&|with)\s+", flat) if p]
    if any(re.match(r"\w+ (?:the|an?|our|their|its)\b", p) for p in pieces):
        return False  # "Review the panel" is something to do
    return all(
        re.fullmatch(r"[A-Z][A-Za-z]*&?[A-Z]+[a-z]?s?(?:-[A-Z]{2,4})?", p)
        or _stands_alone(p)
        or bool(_UNIT.search(p) or _GROUP.search(p) or _ROLE.search(p))
        and p[0].isupper()
        or len(p.split()) == 1
        and p[0].isupper()
        for p in pieces
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Za-z'-]+", name) if word[0].isupper())
