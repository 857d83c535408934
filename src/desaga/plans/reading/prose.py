"""Plans that are no table: bullets under a pillar, numbered paragraphs, cards of "Label: value" lines.

A list is a plan's only where the document gives reason: a title or heading that speaks of an action plan, a heading
that is a pillar, theme or year's goals, items that carry an owner or a time. Lists of aims, values or duties carry
none of these, and one invented action does as much harm as one missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desaga.documents.model import Text

from .alignments import alignments_of_heading, read_alignments
from .document import where
from .fields import Fields, label_line, read_fields
from .headings import says_plan
from .model import Period, Theme
from .rows import THEME_LABEL, RawAction, Walk, label_of
from .timeframes import _found, read_timeframe
from .values import read_status, split_code
from .words import key, plain, starts_torn

_NOT_ACTIONS = re.compile(
    r"\b(what is|why|background|introduction|about|context|contents|abbreviations?|glossary|acronyms|references|contact|appendix|who we are|our people|foreword|"
    r"membership|values|definition|how (?:this|the|we) (?:plan|wrote|developed)|progress (?:so far|to date|since)|achievements?|what we (?:have|did)|key areas?|themes of the|"
    r"requirements?|criteria|person specification|duties|responsibilities|benefits|how to apply|terms of reference|agenda|attendees|methodology|findings|results|"
    r"previous|prior to|since (?:becoming|signing)|summary of|case stud(?:y|ies)|news|related|links|monitoring|governance|scope|principles|policy)\b", re.I
)  # fmt: skip
_GOALS = re.compile(r"\b(goals?|actions?|objectives?|commitments?|priorities|activit(?:y|ies)|we will|plans?|next steps|to do|pledges?|year \d|phase \d|short[- ]term|medium[- ]term|long[- ]term)\b", re.I)
_VERBS = frozenset(
    "accredit achieve act add address adopt advertise agree align allocate analyse appoint approve arrange ask assess assign attend audit award backfill become begin benchmark bring broaden broker "
    "build capture carry celebrate champion circulate clarify collaborate collate collect commission commit communicate complete conduct confirm connect consider consult continue contribute "
    "convene coordinate co-ordinate create deliver demonstrate deploy design determine develop devise disseminate distribute document draft draw educate embed employ enable encourage engage enhance ensure "
    "establish evaluate examine expand explore extend facilitate feature film finalise find formalise formulate foster fund gain gather give grow have help highlight hold host identify implement improve include "
    "increase influence inform initiate integrate introduce invest investigate invite join keep launch lead learn let liaise link list lobby maintain make manage map mark market measure meet mentor monitor name negotiate nominate "
    "obtain offer open organise outline participate partner pay pilot place plan prepare present prioritise produce profile promote propose protect provide publicise publish put raise recognise record recruit redesign "
    "reduce refresh register reinstate relaunch remove renew report represent request research review reward ring-fence roll run scope secure seek send set share show showcase sign signpost simplify start strengthen "
    "streamline submit support survey sustain take target teach test thank track train trial understand undertake update upskill use utilise visit welcome widen work write appraise hire advise install standardise replace cover".split()
)


@dataclass(slots=True)
class _Section:
    """A heading with the items under it; `path` holds the headings above."""

    heading: Text | None
    path: list[str]
    lead_in: str = ""
    items: list[_Item] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    text: Text
    words: str
    code: str | None
    fields: Fields
    parts: list[Text] = field(default_factory=list)
    numbered: bool = False


def read_prose(texts: Sequence[Text], walk: Walk, *, titled: bool) -> None:
    """Read the actions that lists and paragraphs hold into the walk. `titled`: the document calls itself a plan."""
    cards = list(_cards(texts, walk))
    if len(cards) >= 2:
        walk.actions += cards
        return
    sections = [s for s in _sections(texts) if s.items]
    chosen = [s for s in sections if _is_plan(s, walk, titled)]
    if any(_share(s, _has_field) >= 0.5 for s in chosen):
        chosen = [s for s in chosen if _share(s, _has_field) > 0 or _is_theme(s, walk)]
    if sum(len(s.items) for s in chosen) < 2:
        return
    for section in chosen:
        _take_section(section, walk)


# --- cards: a heading or first line, then "Lead: …", "Timescale: …" lines ---------------------------------------


def _cards(texts: Sequence[Text], walk: Walk) -> Iterator[RawAction]:
    """Actions written as a title with labelled lines under it, each label at least an owner or a time."""
    index = 0
    theme: str | None = None
    while index < len(texts):
        end = index + 1
        lines: list[tuple[Text, Fields]] = []
        while end < len(texts) and (found := label_line(texts[end].text)) and texts[end].kind != "heading":
            lines.append((texts[end], found))
            end += 1
            while end < len(texts) and texts[end].kind == "item" and texts[end].level >= 1 and not label_line(texts[end].text) and lines[-1][1].open_list:
                lines[-1][1].extend(texts[end].text)
                end += 1
        roles = {role for _, found in lines for role in found.texts}
        title = texts[index]
        if len(lines) >= 2 and roles & {"owner", "timeframe", "status"} and not label_line(title.text):
            code, words = split_code(plain(title.text))
            words, code = _card_title(words, code)
            raw = RawAction(where(title.source), frozenset(roles), code=code)
            raw.texts["action"] = words
            for _, found in lines:
                found.pour(raw.texts)
            if theme:
                walk.enter_theme(Theme(*label_of(theme)), heading=theme)
            _theme_from_alignment(raw, walk)
            raw.theme = raw.theme or walk.theme
            raw.inherited = list(walk.inherited) if raw.theme is walk.theme else raw.inherited
            walk.ledger.use(title, *(text for text, _ in lines))
            yield raw
            index = end
        else:
            line = plain(title.text)
            if index + 1 < len(texts) and _heads_cards(texts, index):
                theme = line
                walk.ledger.use(title)
            elif title.kind == "heading" and (alignments_of_heading(line, walk.principles) or THEME_LABEL.match(line)):
                theme = line
            index += 1


def _heads_cards(texts: Sequence[Text], index: int) -> bool:
    """Whether a short line stands right over the title of a card: it is the card's theme, not the document's title."""
    text = texts[index]
    line = plain(text.text)
    if not line or len(line.split()) > 14 or line.endswith((".", ";", ",")) or label_line(line) or says_plan(line) or text.kind == "item" and not text.bold:
        return False
    if text.kind == "heading" and text.level <= 1:
        return False
    after = index + 2
    return after < len(texts) and label_line(texts[after].text) is not None and label_line(texts[index + 1].text) is None


def _card_title(words: str, code: str | None) -> tuple[str, str | None]:
    match = re.match(r"^(?:action|objective|activity|step|commitment)\s+(?P<code>[\w.]{1,6})\s*[:.–-]\s*(?P<rest>\S.*)$", words, re.I)
    return (match["rest"], code or match["code"]) if match else (re.sub(r"^(?:action|title)\s*:\s*", "", words, flags=re.I), code)


def _theme_from_alignment(raw: RawAction, walk: Walk) -> None:
    """A card whose pillar is its only alignment stands under that pillar."""
    stated, unknown, _ = read_alignments(raw.texts.get("alignment", ""), walk.principles)
    if walk.theme is None and len(stated) == 1 and not unknown:
        theme = Theme(None, stated[0].code)
        raw.theme = next((t for t in walk.themes if t.title == theme.title), theme)
        if raw.theme is theme:
            walk.themes.append(theme)


# --- lists under headings ---------------------------------------------------------------------------------------


def _sections(texts: Sequence[Text]) -> list[_Section]:
    """The document's sections in order, with their items; nested items belong to the item above them."""
    sections = [_Section(None, [])]
    path: list[tuple[int, str]] = []
    for number, text in enumerate(texts):
        line = plain(text.text)
        if not line:
            continue
        following = texts[number + 1] if number + 1 < len(texts) else None
        if _is_heading(text, line, following):
            level = text.level if text.kind == "heading" else 7
            path = [p for p in path if p[0] < level]
            sections.append(_Section(text, [p[1] for p in path]))
            path.append((level, line))
            continue
        section = sections[-1]
        item = _item_of(text, line)
        if item is None:
            _continue_item(section, text, line)
        elif section.items and text.kind == "item" and _is_part(section.items[-1], text):
            section.items[-1].parts.append(text)
        else:
            section.items.append(item)
    return sections


def _is_heading(text: Text, line: str, following: Text | None) -> bool:
    if text.kind == "heading":
        return True
    words = line.split()
    if text.kind == "item":
        numbered = bool(re.fullmatch(r"\d{1,2}[.)]?|[A-Z][.)]?", text.marker or ""))
        deeper = following is not None and (re.match(rf"{re.escape((text.marker or '').rstrip('.)'))}\.\d", f"{following.marker or ''}{following.text}") is not None)
        return numbered and len(words) <= 8 and deeper
    if len(words) > 12 or line.endswith((".", ",", ";")) or re.search(r"https?:|@", line):
        return False
    if text.bold and len(words) <= 12:
        return True
    lead = following is not None and (following.kind == "item" or bool(re.match(r"\d{1,2}\.\d", following.text)))
    return lead and not line.endswith(":") and bool(re.match(r"(?:\d{1,2} )?[A-Z]", line)) or lead and line.endswith(":") and len(words) <= 5 and line[0].isupper()


def _item_of(text: Text, line: str) -> _Item | None:
    """A bullet, a numbered paragraph, or a sentence that begins with "We will"."""
    if text.kind == "item":
        code = (text.marker or "").rstrip(".)") if re.fullmatch(r"[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})+[a-z]?[.)]?|[A-Z]{1,4}-?\d{1,2}[a-z]?[.)]?", text.marker or "") else None
        own, words = split_code(line)
        return _Item(text, words, own or code, read_fields(words), numbered=bool(code or own))
    code, words = split_code(line)
    if code and len(words.split()) >= 3:
        return _Item(text, words, code, read_fields(words), numbered=True)
    if re.match(r"(?i)(?:we|the university|the institute|the college|the trust) (?:will|shall|commit|plan to|aim to)\b", line) and len(line.split()) <= 90:
        return _Item(text, line, None, read_fields(line))
    return None


def _is_part(item: _Item, text: Text) -> bool:
    """Whether an item belongs under the one before it: nested deeper, or a bullet under a numbered paragraph."""
    if text.level > item.text.level and item.text.kind == "item":
        return True
    return item.numbered and not re.search(r"\d", text.marker or "") and not split_code(plain(text.text))[0] and item.text.kind != text.kind


def _continue_item(section: _Section, text: Text, line: str) -> None:
    """A line under an item: its labelled field, or the rest of its sentence; before any item, a lead-in."""
    if not section.items:
        section.lead_in = line
        return
    last = section.items[-1]
    labelled = label_line(text.text)
    if labelled or text.blank_before == 0 and (starts_torn(line) or not re.search(r"[.!?)]$", last.words)):
        if labelled:
            labelled.pour(last.fields.texts)
        else:
            last.words = f"{last.words} {line}"
            last.fields = read_fields(last.words)
        last.parts.append(text)


def _has_field(item: _Item) -> bool:
    return bool(item.fields.texts.keys() & {"owner", "timeframe", "status", "success"})


def _acts(item: _Item) -> bool:
    """Whether the item says something to be done: an imperative, or "we will"."""
    words = plain(item.fields.words or item.words)
    words = re.sub(r"^(?:[A-Z][\w &]{2,30}:\s+|(?:to|we will|we'll|will|continue to|further|actively|proactively|regularly|fully|also)\s+)+", "", words, flags=re.I)
    first = words.split()[0].casefold().strip(",.:;") if words.split() else ""
    stem = first.removesuffix("ing")
    return first in _VERBS or bool(re.match(r"(?i)we will|we shall|the (?:university|college|institute|trust) will", plain(item.words))) or first.endswith("ing") and (stem in _VERBS or stem + "e" in _VERBS) or re.sub(r"^re-?", "", first) in _VERBS


def _share(section: _Section, test) -> float:  # type: ignore[no-untyped-def]
    return sum(bool(test(item)) for item in section.items) / len(section.items)


def _is_theme(section: _Section, walk: Walk) -> bool:
    heading = plain(section.heading.text) if section.heading else ""
    return bool(alignments_of_heading(heading, walk.principles)) or bool(THEME_LABEL.match(heading))


def _is_plan(section: _Section, walk: Walk, titled: bool) -> bool:
    heading = plain(section.heading.text) if section.heading else ""
    path = [heading, *section.path]
    fields, acts = _share(section, _has_field), _share(section, _acts)
    themed = _is_theme(section, walk)
    planned = titled or any(says_plan(h) for h in path)
    if all(len(plain(item.words).split()) <= 3 for item in section.items):
        return False
    if any(_NOT_ACTIONS.search(h) and not says_plan(h) for h in path) and not themed and fields < 0.6:
        return False
    if section.lead_in.endswith(":") and fields < 0.3 and not re.search(r"\b(?:we will|actions?|plans? to|following)\b", section.lead_in, re.I):
        return False
    if fields >= 0.7 and planned and themed:
        return True
    if fields >= 0.5 and (planned or themed or _GOALS.search(heading)) and acts >= 0.3:
        return True
    if planned and themed and acts >= 0.5:
        return True
    if planned and acts >= 0.6 and (any(says_plan(h) for h in path if h) or _GOALS.search(heading)):
        return True
    return planned and acts >= 0.7 and _share(section, lambda item: item.numbered) >= 0.7


def _take_section(section: _Section, walk: Walk) -> None:
    heading = plain(section.heading.text) if section.heading else ""
    status, when = _said_by_heading(heading)
    if heading and not (says_plan(heading) and not _is_theme(section, walk)):
        label, title = label_of(_without_status(heading))
        walk.enter_theme(Theme(label, title), heading=_without_status(heading))
    if section.heading is not None:
        walk.ledger.use(section.heading)
    for item in section.items:
        raw = RawAction(where(item.text.source), frozenset(item.fields.texts), code=item.code)
        raw.theme, raw.inherited = walk.theme, list(walk.inherited)
        raw.texts.update(item.fields.texts)
        words = item.fields.words
        before, _, after = words.partition(":")
        if after.strip() and len(before.split()) <= 4 and (found := alignments_of_heading(before, walk.principles)):
            raw.texts["alignment"] = before
            words = after.strip()
            del found
        raw.texts["action"] = words.strip()
        parts = [plain(p.text) for p in item.parts if not label_line(p.text) and p.kind == "item"]
        if parts:
            raw.texts["how"] = "\n".join(filter(None, [raw.texts.get("how", ""), *parts]))
        if status and "status" not in raw.texts:
            raw.texts["status"] = status
        if when and "timeframe" not in raw.texts:
            raw.texts["timeframe"] = when
        walk.actions.append(raw)
        walk.ledger.use(item.text, *item.parts)


def _said_by_heading(heading: str) -> tuple[str, str]:
    """("complete", "Year 1 (2023-24)") of "Year 1 goals (2023–24) – complete"; empty where it says neither."""
    status = ""
    for piece in re.split(r"\s+[-–—]\s+|:\s*|\(|\)", heading)[1:] + [heading.split()[-1] if heading.split() else ""]:
        if len(piece.split()) <= 4 and read_status(piece) and not _found(piece, Period())[0]:
            status = piece.strip()
            break
    match = re.search(r"\b(?:year|yr|phase|stage)\s*\d\b", heading, re.I)
    dates = _found(heading, Period())[0]
    if not match and not dates:
        return status, ""
    when = " ".join(filter(None, [match.group() if match else "", f"({heading[dates[0].at : dates[-1].to]})" if dates and match else heading[dates[0].at : dates[-1].to] if dates else ""]))
    return status, when if read_timeframe(when).timeframe.text else ""


def _without_status(heading: str) -> str:
    cut = re.sub(r"\s*[-–—(:]\s*(?P<said>[^-–—():]{2,24})\)?$", lambda m: "" if read_status(m["said"]) and not re.search(r"\d", m["said"]) else m.group(), heading)
    return cut.strip() or heading


def is_titled(lines: Sequence[str]) -> bool:
    """Whether the document calls itself an action plan in its title or an early heading."""
    return any(re.search(r"\baction plan\b|\b(?:implementation|delivery|improvement) plan\b|\bplan 20\d\d", plain(line), re.I) for line in lines if len(key(line).split()) <= 16)
