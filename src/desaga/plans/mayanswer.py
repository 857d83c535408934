"""What is proposed that actions answer, as pages show it: the action's words with those marked that made it so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .models import Action, ProposalAnswer
from .queries.offered import Offered
from .queries.proposals import Proposed, study_themes

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal: its wording, why it is proposed, and where one goes on after answering it."""

    proposed: Proposed
    like: str
    goes_on: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stands, and by whom."""

    answer: ProposalAnswer
    title: str


@dataclass
class Shown:
    """An action with what is proposed for it, framework by framework, and what was answered already."""

    action: Action
    url: str
    title: SafeString
    how: SafeString
    success: SafeString
    groups: list[tuple[Offered, list[Row]]] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    theme: tuple[str, str] | None = None

    @property
    def tokens(self) -> list[str]:
        return [row.proposed.token for _, rows in self.groups for row in rows]


def marked(text: str, words: Iterable[str]) -> SafeString:
    """A text with these words marked where they stand in it, its lines kept."""
    spans = _spans(text, [word for word in words if word])
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(format_html('{}<mark class="dsg-said">{}</mark>', text[at:start], text[start:end]))
        at = end
    pieces.append(format_html("{}", text[at:]))
    return linebreaksbr(format_html_join("", "{}", ((piece,) for piece in pieces)))


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stands, from left to right; what overlaps or touches is one."""
    if not words:
        return []
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return [found.span() for found in pattern.finditer(text)]


def shown(
    actions: Sequence[Action],
    proposals: Mapping[int, Sequence[Proposed]],
    answers: Mapping[int, Sequence[ProposalAnswer]],
    frameworks: Sequence[Offered],
    names: Names,
    address: Callable[[int], str],
) -> list[Shown]:
    """Actions with their proposals in the order in which they stand, and answers by anybody."""
    every = [one.anchor for action in actions for one in proposals[action.pk]]
    after = dict(zip(every, [*every[1:], *every[-2:-1]], strict=False))
    titles = {one.name: one.titles for one in frameworks}
    themes = dict(study_themes())
    return [
        _shown(action, proposals[action.pk], answers.get(action.pk, ()), titles, themes, names, after, address(action.pk))
        for action in actions
    ]  # fmt: skip


def _shown(
    action: Action,
    proposed: Sequence[Proposed],
    answers: Sequence[ProposalAnswer],
    titles: Mapping[str, Mapping[str, str]],
    themes: Mapping[str, str],
    names: Names,
    after: Mapping[str, str],
    url: str,
) -> Shown:
    words = [word for one in proposed for word in one.because]
    told = Shown(
        action,
        url,
        marked(" ".join(action.title.split()) or "(no title)", words),
        marked(action.how, words),
        marked(action.success, words),
        answers=[Answered(one, titles.get(one.framework, {}).get(one.code, "")) for one in answers],
        theme=_theme_of(action, themes),
    )
    groups: dict[str, tuple[Offered, list[Row]]] = {}
    for one in proposed:
        rows = groups.setdefault(one.framework.key, (one.framework, []))[1]
        rows.append(Row(one, _listed([names[pk] for pk in one.like if pk in names]), after.get(one.anchor, "")))
    told.groups = list(groups.values())
    return told


def _theme_of(action: Action, themes: Mapping[str, str]) -> tuple[str, str] | None:
    said = getattr(action, "study_theme", None)
    return (said.code, themes.get(said.code, "")) if said else None


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def named_in(proposals: Mapping[int, Sequence[Proposed]]) -> set[str]:
    """The actions that are named as reasons."""
    return {pk for proposed in proposals.values() for one in proposed for pk in one.like}


def answer_words(number: int, left: int) -> tuple[str, str]:
    """What a page says after a press: a tone, and the sentence; nothing where the list itself shows it."""
    if left:
        return (
            "warning",
            f"{number} answered. {left} {'was' if left == 1 else 'were'} answered already, or no longer proposed.",
        )
    return ("success", f"{number} proposals are answered.") if number > 1 else ("", "")


def framework_choices(frameworks: Sequence[Offered]) -> list[tuple[str, str]]:
    return [(one.key, "Themes of the sector study" if one.is_study else one.name) for one in frameworks]


def wanted_of(frameworks: Sequence[Offered], key: Any) -> list[Offered]:
    """Those that a page shows: the one that is asked for, or all."""
    return [one for one in frameworks if one.key == key] or list(frameworks)
