"""Actions whose label stands alone: "Action 3.1" on a line or as a heading, and what it is in the paragraph under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desaga.documents.model import Text

from .document import where
from .fields import read_fields
from .model import Theme
from .rows import RawAction, Walk, label_of
from .words import plain

_LABEL = re.compile(
    r"^(?:action|activity|commitment|recommended action)\s+(?P<code>[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})*[a-z]?)\s*[:.]?$",
    re.I,
)


@dataclass(slots=True)
class _Labelled:
    """A label with the paragraphs under it, and the headings between it and the action before."""

    text: Text
    code: str
    over: list[Text]
    under: list[Text] = field(default_factory=list)


def labelled_actions(texts: Sequence[Text], walk: Walk) -> list[RawAction]:
    """Every action that a lone label announces; none unless there are two of them, each over a text."""
    found = _labels(texts)
    if len(found) < 2 or not all(one.under for one in found):
        return []
    actions: list[RawAction] = []
    for one in found:
        heading = _theme_of(one, first=not actions)
        if heading is not None:
            words = plain(heading.text)
            walk.enter_theme(Theme(*label_of(words)), heading=words)
            walk.ledger.use(heading)
        actions.append(_action(one, walk))
    return actions


def _labels(texts: Sequence[Text]) -> list[_Labelled]:
    found: list[_Labelled] = []
    over: list[Text] = []
    open_ = False
    for text in texts:
        line = plain(text.text)
        if not line:
            continue
        label = _LABEL.match(line)
        if label:
            found.append(_Labelled(text, label["code"], over))
            over, open_ = [], True
        elif (
            open_
            and text.kind != "heading"
            and not (found[-1].under and _is_short(line))
            and not over
            and len(found[-1].under) < 6
        ):
            found[-1].under.append(text)
        else:
            over.append(text)
            open_ = False
    return found


def _is_short(line: str) -> bool:
    return len(line.split()) <= 14 and not line.endswith((".", ";", ",", ":")) and line[0].isupper()


def _theme_of(one: _Labelled, *, first: bool) -> Text | None:
    """The heading over a label: the nearest true heading, else the first short line since the action before.

    Over the first label of all stand the title and the introduction too, so that there the last short line counts.
    """
    headings = [text for text in one.over if text.kind == "heading"]
    if headings:
        return headings[-1]
    short = [text for text in one.over if text.kind == "paragraph" and _is_short(plain(text.text))]
    return (short[-1] if first else short[0]) if short else None


def _action(one: _Labelled, walk: Walk) -> RawAction:
    first, *rest = one.under
    fields = read_fields(plain(first.text))
    raw = RawAction(where(one.text.source), frozenset(fields.texts), code=one.code)
    raw.theme, raw.inherited = walk.theme, list(walk.inherited)
    raw.texts.update(fields.texts)
    title, how = _first_sentence(fields.words)
    raw.texts["action"] = title
    raw.texts["how"] = "\n".join(filter(None, [raw.texts.get("how", ""), how, *(plain(text.text) for text in rest)]))
    walk.ledger.use(one.text, *one.under)
    return raw


def _first_sentence(words: str) -> tuple[str, str]:
    """A paragraph of several sentences: the first is the action, the others say how."""
    match = re.search(r"(?<=[a-z0-9)’'])\.\s+(?=[A-Z])", words)
    return (words[: match.end()].strip(), words[match.end() :]) if match else (words, "")
