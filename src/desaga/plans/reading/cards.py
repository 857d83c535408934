"""Actions written as cards: a title with lines such as "Lead: …" and "Timescale: …" under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desaga.documents.model import Text

from .alignments import alignments_of_heading, read_alignments
from .document import where
from .fields import Fields, label_line
from .headings import Role, says_plan
from .model import Theme
from .rows import THEME_LABEL, RawAction, Walk, label_of
from .values import split_code
from .words import plain, starts_torn

Labelled = list[tuple[Text, Fields]]
_TELLING: frozenset[Role] = frozenset({"owner", "timeframe", "start", "end", "status"})
_TITLE = re.compile(
    r"^[\W_]{0,4}(?:action|activity|title)\s*(?:(?:[A-Z]{1,4}-?)?\d{1,3}(?:\.\d{1,2})*)?\s*:\s*\S", re.I
)
_NAMED = re.compile(
    r"^(?:action|objective|activity|step|commitment)\s+(?P<code>[\w.]{1,6})\s*[:.–-]\s*(?P<rest>\S.*)$", re.I
)


def cards_of(texts: Sequence[Text], walk: Walk) -> Iterator[RawAction]:
    """The cards, each with at least two labelled lines, one of them an owner, a time or a status."""
    index = 0
    theme = ""
    while index < len(texts):
        lines, end = _labelled_lines(texts, index + 1)
        roles = {role for _, found in lines for role in found.texts}
        full = (
            sum(1 + text.text.strip().count("\n") for text, _ in lines) >= 2
            and roles & _TELLING
            and _may_be_title(texts[index])
        )
        if full or lines and _is_title(texts[index]):
            yield _card(texts[index], lines, roles, theme, walk)
            index = end
            continue
        theme = _theme_line(texts, index, walk) or theme
        index += 1


def _labelled_lines(texts: Sequence[Text], start: int) -> tuple[Labelled, int]:
    """The labelled lines from `start` on, with the bullets that are a label's value, and where they end."""
    lines: Labelled = []
    end = start
    while end < len(texts) and texts[end].kind != "heading" and not _is_title(texts[end]):
        found = label_line(texts[end].text)
        if found is None:
            break
        lines.append((texts[end], found))
        end += 1
        while end < len(texts) and _continues(texts[end], found):
            found.extend(texts[end].text)
            lines.append((texts[end], Fields()))
            end += 1
    return lines, end


def _continues(text: Text, found: Fields) -> bool:
    """Whether a line is a bullet under an open label, or the rest of the label's sentence."""
    if label_line(text.text):
        return False
    return (
        text.kind == "item"
        and found.open_list
        or text.blank_before == 0
        and text.kind == "paragraph"
        and starts_torn(text.text)
    )


def _is_title(text: Text) -> bool:
    return bool(_TITLE.match(text.text[:90]))


def _may_be_title(text: Text) -> bool:
    return _is_title(text) or label_line(text.text) is None


def _card(title: Text, lines: Labelled, roles: set[Role], theme: str, walk: Walk) -> RawAction:
    words, code = _title_of(plain(title.text))
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
    return raw


def _theme_line(texts: Sequence[Text], index: int, walk: Walk) -> str:
    """The line, where it is the heading of the cards under it."""
    title = texts[index]
    line = plain(title.text)
    if _heads_cards(texts, index):
        walk.ledger.use(title)
        return line
    named = title.kind == "heading" and (alignments_of_heading(line, walk.principles) or THEME_LABEL.match(line))
    return line if named else ""


def _heads_cards(texts: Sequence[Text], index: int) -> bool:
    """Whether a short line stands right over the title of a card: it is the card's theme, not the document's title."""
    text = texts[index]
    line = plain(text.text)
    if (
        not line
        or _TITLE.match(line)
        or len(line.split()) > 14
        or line.endswith((".", ";", ","))
        or label_line(line)
        or says_plan(line)
        and text.kind != "item"
    ):
        return False
    if (
        text.kind == "item"
        and not text.bold
        and not re.match(r"\d", text.marker or "")
        or text.kind == "heading"
        and text.level <= 1
    ):
        return False
    after = index + 2
    return after < len(texts) and label_line(texts[after].text) is not None and _may_be_title(texts[index + 1])


def _title_of(line: str) -> tuple[str, str | None]:
    """The words and the code of "Action 3: Publish …" or "Action: Publish …"."""
    code, words = split_code(line)
    if match := _NAMED.match(words):
        return match["rest"], code or match["code"]
    return re.sub(r"^(?:action|title)\s*:\s*", "", words, flags=re.I), code


def _theme_from_alignment(raw: RawAction, walk: Walk) -> None:
    """A card whose pillar is its only alignment stands under that pillar."""
    stated, unknown, _ = read_alignments(raw.texts.get("alignment", ""), walk.principles)
    if walk.theme is None and len(stated) == 1 and not unknown:
        theme = Theme(None, stated[0].code)
        raw.theme = next((t for t in walk.themes if t.title == theme.title), theme)
        if raw.theme is theme:
            walk.themes.append(theme)
