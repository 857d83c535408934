"""Plans that are no table: bullets under a pillar, numbered paragraphs, cards of "Label: value" lines.

A list is a plan's only where the document gives reason: a title or heading that speaks of an action plan, a heading
that is a pillar, theme or year's goals, a line that announces actions, items that carry an owner or a time. Lists of
aims, values or duties carry none of these, and one invented action does as much harm as one missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Text

from .alignments import alignments_of_heading
from .announced import announces, breaks_off, heads_goals, promises, said_by_heading, said_by_lead_in, without_status
from .cards import cards_of
from .document import where
from .fields import label_line
from .headings import says_plan
from .labelled import labelled_actions
from .model import Theme
from .rows import RawAction, Walk, label_of
from .sections import Item, Section, is_theme_heading, sections_of
from .verbs import is_promise, says_to_do
from .words import key, plain

_NOT_ACTIONS = re.compile(
    r"\b(what is|why|background|introduction|about|context|contents|abbreviations?|glossary|acronyms|references|contact|appendix|who we are|our people|foreword|"
    r"membership|values|definition|how (?:this|the|we) (?:plan|wrote|developed)|progress (?:so far|to date|since)|achievements?|what we (?:have|did)|key areas?|themes of the|"
    r"requirements?|criteria|person specification|duties|responsibilities|benefits|how to apply|terms of reference|agenda|attendees|methodology|findings|results|"
    r"previous|prior to|since (?:becoming|signing)|summary of|case stud(?:y|ies)|news|related|links|monitoring|governance|scope|principles|policy)\b", re.I
)  # fmt: skip
_GOALS = re.compile(
    r"\b(goals?|actions?|objectives?|commitments?|priorities|activit(?:y|ies)|we will|plans?|next steps|to do|pledges?|year \d|phase \d|(?:short|medium|long)[- ]term)\b",
    re.I,
)
_PREVIOUS = re.compile(r"\b(?:previous|prior|last|earlier|former) (?:\w+ )?(?:plan|goals|objectives|actions)\b", re.I)
_SPEAKS = re.compile(r"\b(?:action|implementation|delivery|improvement) plans?\b", re.I)
_ABOUT_PLANS = re.compile(
    r"\b(?:guidance|guide|how to|tips|writing|toolkit|template|frequently|faqs?|questions|example of)\b", re.I
)
_TITLED = re.compile(r"\baction plan\b|\b(?:implementation|delivery|improvement) plan\b|\bplan 20\d\d", re.I)
_NUMBER_DASH = re.compile(r"^(\d{1,2})\s*[–—-]\s+(?=[A-Z])")
_TITLE_AND_HOW = re.compile(r"^(?P<title>\S+(?: \S+){1,9}) [–—-] (?P<how>[A-Z]\S+ .+)$", re.S)


def is_titled(lines: Sequence[str]) -> bool:
    """Whether the document calls itself an action plan in its title or an early heading."""
    short = [plain(line) for line in lines if len(key(line).split()) <= 16]
    return any(_TITLED.search(line) and not _ABOUT_PLANS.search(line) for line in short)


def read_prose(texts: Sequence[Text], walk: Walk, *, titled: bool) -> None:
    """Read the actions that lists and paragraphs hold into the walk. `titled`: the document calls itself a plan."""
    cards = list(cards_of(texts, walk))
    if len(cards) >= 2:
        walk.actions += cards
        return
    labelled = labelled_actions(texts, walk)
    if labelled:
        walk.actions += labelled
        return
    sections = [section for section in sections_of(texts, walk.principles) if section.items]
    evidence = _Evidence(walk, titled=titled, speaks=titled or any(_SPEAKS.search(plain(text.text)) for text in texts))
    chosen = [section for section in sections if evidence.of_plan(section)]
    if any(section.share(_has_field) >= 0.5 for section in chosen):
        chosen = [s for s in chosen if s.share(_has_field) > 0 or evidence.announced(s) or evidence.themed(s)]
    if sum(len(section.items) for section in chosen) < 2:
        return
    titles = [text for text in texts if text.kind == "heading" and text.level == 1]
    for section in chosen:
        _take_section(section, walk, titles)


def _has_field(item: Item) -> bool:
    return bool(item.fields.texts.keys() & {"owner", "timeframe", "status", "success"})


def _acts(item: Item) -> bool:
    words = item.fields.words or item.words
    titled = _TITLE_AND_HOW.match(words)
    return says_to_do(words) or is_promise(item.words) or titled is not None and says_to_do(titled["how"])


class _Evidence:
    """What speaks for a section being a part of the plan.

    `titled`: the document calls itself an action plan; `speaks`: it mentions one somewhere.
    """

    def __init__(self, walk: Walk, *, titled: bool, speaks: bool) -> None:
        self.walk = walk
        self.titled = titled
        self.speaks = speaks

    def themed(self, section: Section) -> bool:
        return section.heading is not None and is_theme_heading(plain(section.heading.text), self.walk.principles)

    def of_plan(self, section: Section) -> bool:
        """Whether the section's items are actions."""
        if all(len(plain(item.words).split()) <= 3 for item in section.items) and not self.themed(section):
            return False
        fields = section.share(_has_field)
        if breaks_off(section.lead_in) and fields < 0.6:
            return False
        if any(_ABOUT_PLANS.search(heading) for heading in section.headings) and fields < 0.6:
            return False  # advice on how to write a plan reads like one
        return self.announced(section) or not self._is_other(section, fields) and self._listed(section, fields)

    def announced(self, section: Section) -> bool:
        """Whether the lead-in or the heading says that actions, goals or a year's work follow."""
        acts = section.share(_acts)
        if any(_PREVIOUS.search(line) for line in (section.lead_in, *section.headings)):
            return False
        if announces(section.lead_in):
            return acts >= 0.4 or self.speaks and said_by_lead_in(section.lead_in).status != ""
        if promises(section.lead_in):
            return self.titled and acts >= 0.6
        if section.headings and heads_goals(section.headings[0]):
            said = said_by_heading(section.headings[0])
            return self.speaks and (acts >= 0.4 or bool(said.status or said.when))
        return bool(section.fields.texts.get("owner")) and self.speaks and acts >= 0.7

    def _is_other(self, section: Section, fields: float) -> bool:
        """Whether headings or lead-in say that the list is something other than a plan."""
        headings = section.headings
        if (
            any(_NOT_ACTIONS.search(h) and not says_plan(h) for h in headings)
            and not self.themed(section)
            and fields < 0.6
        ):
            return True
        opens = section.lead_in.endswith(":") and not re.search(
            r"\b(?:we will|actions?|plans? to|following)\b", section.lead_in, re.I
        )
        return opens and fields < 0.3

    def _listed(self, section: Section, fields: float) -> bool:
        """Whether title, headings, verbs and fields together make a list the plan's."""
        headings = section.headings
        acts, themed = section.share(_acts), self.themed(section)
        planned = self.titled or any(says_plan(h) for h in headings)
        if fields >= 0.5 and (planned or themed or any(_GOALS.search(h) for h in headings[:1])):
            return acts >= 0.3 or fields >= 0.7 and planned and themed
        if planned and themed:
            return acts >= 0.5
        if (
            planned
            and acts >= 0.6
            and (any(says_plan(h) for h in headings) or any(_GOALS.search(h) for h in headings[:1]))
        ):
            return True
        return planned and acts >= 0.7 and section.share(lambda item: item.numbered) >= 0.7


def _take_section(section: Section, walk: Walk, titles: Sequence[Text]) -> None:
    said = said_by_lead_in(section.lead_in)
    if section.headings:
        over = said_by_heading(section.headings[0])
        said = type(said)(said.status or over.status, said.when or over.when)
    _enter_theme(section, walk, titles)
    walk.ledger.use(*section.used, *([section.heading] if section.heading is not None else []))
    split = section.share(lambda item: bool(_TITLE_AND_HOW.match(item.fields.words))) >= 0.6
    told = section.share(lambda item: bool(item.prose)) >= 0.6
    for item in section.items:
        raw = _action(item, walk, split=split, told=told)
        for role, text in [*section.fields.texts.items(), ("status", said.status), ("timeframe", said.when)]:
            if text:
                raw.texts.setdefault(role, text)
        walk.actions.append(raw)


def _enter_theme(section: Section, walk: Walk, titles: Sequence[Text]) -> None:
    """The nearest heading that names a theme, and not the plan itself or a year's goals."""
    for text in filter(None, [section.heading, *reversed(section.path)]):
        heading = plain(text.text)
        pillar = is_theme_heading(heading, walk.principles)
        is_title = len(titles) == 1 and text is titles[0] or says_plan(heading)
        if pillar or not is_title and not heads_goals(heading):
            title = _NUMBER_DASH.sub(r"\1. ", without_status(heading))
            walk.enter_theme(Theme(*label_of(title)), heading=title)
            return
    walk.enter_theme(_period_theme(section))


def _period_theme(section: Section) -> Theme | None:
    """Where there is no other theme, "Year 1 goals" is one."""
    if section.headings and re.match(r"(?i)(?:year|yr|phase) ", section.headings[0]):
        return Theme(*label_of(without_status(section.headings[0])))
    return None


def _action(item: Item, walk: Walk, *, split: bool, told: bool) -> RawAction:
    """The action of an item; `split`: its words are "title – how"; `told`: the paragraphs under it say how."""
    raw = RawAction(where(item.text.source), frozenset(item.fields.texts), code=item.code)
    raw.theme, raw.inherited = walk.theme, list(walk.inherited)
    raw.texts.update(item.fields.texts)
    words = _without_pillar(item.fields.words, raw, walk)
    match = _TITLE_AND_HOW.match(words) if split else None
    raw.texts["action"] = match["title"] if match else words
    parts = [match["how"]] if match else []
    parts += [plain(part.text) for part in item.parts if part.kind == "item" and not label_line(part.text)]
    if told:
        parts += [plain(text.text) for text in item.prose]
        walk.ledger.use(*item.prose)
    if parts:
        raw.texts["how"] = "\n".join(filter(None, [raw.texts.get("how", ""), *parts]))
    walk.ledger.use(item.text, *item.parts)
    return raw


def _without_pillar(words: str, raw: RawAction, walk: Walk) -> str:
    """ "Recognition: hold an awards night" states its pillar before the colon."""
    before, _, after = words.partition(":")
    if after.strip() and len(before.split()) <= 4 and alignments_of_heading(before, walk.principles):
        raw.texts["alignment"] = before
        return after.strip()
    return words.strip()
