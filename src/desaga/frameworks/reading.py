"""Principles out of a document that spells a framework out: tables, lists, headings with text, labelled lines.

Pure Python: it runs in a child process with limits (`desaga.documents.sandbox`). Wording stays as its author wrote it, but
for the places where its lines are broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .wordings import LONGEST_CODE, LONGEST_TITLE, MOST_WORDS, Wording, folded

SHORT_TITLE = 120
MOST_COLUMNS = 4
COLUMNS = {
    "names": ("other name", "also known", "also called"),
    "optional": ("optional",),
    "code": ("code", "ref", "no", "no.", "number", "label", "id", "#"),
    "text": ("wording", "description", "text", "meaning", "what it means", "definition", "detail", "in full", "explan"),
    "title": ("title", "name", "value", "principle", "recommendation", "pledge", "pillar", "theme", "commitment"),
}
_KIND = r"(?:recommendation|rec\.?|pledge|principle|value|pillar|theme|commitment)"
_CODE = re.compile(
    rf"^\s*(?:{_KIND}\s+)?(?P<code>[A-Z]{{0,6}}[ -]?\d{{1,3}}(?:\.\d{{1,2}})*[a-z]?)\s*[.:)\]–—-]?\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(r"^\s*(?P<code>[^\t–—:]{2,60}?)\s*(?:\t+|\s[–—-]\s|[–—:]\s)\s*(?P<rest>\S.*)$", re.DOTALL)


@dataclass(slots=True)
class Part:
    """What one table or stretch of text seems to spell out."""

    name: str
    principles: list[Wording] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_confined(name: str, content: bytes) -> list[Part]:
    """What a file holds, worked out in a child process. Raises `UnreadableDocument` with a sentence."""
    from desaga.documents.limits import Limits
    from desaga.documents.sandbox import read_limited

    told = read_limited(f"{__name__}:read_parts", name, content, limits=Limits(wall_seconds=20))
    return [part_from(one) for one in told]


def part_from(data: Mapping[str, Any]) -> Part:
    principles = [Wording(**{**one, "names": tuple(one["names"])}) for one in data["principles"]]
    return Part(data["name"], principles, list(data["notices"]))


def read_parts(payload: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each part of the file at `path` that may be a framework, as plain data."""
    from desaga.documents import read_document

    return [asdict(part) for part in parts_of(read_document(Path(payload["path"])))]


def read_pairs(name: str, pairs: Iterable[tuple[str, str]]) -> Part:
    """Codes and wordings that were read elsewhere, such as the framework that a plan's document spells out."""
    return tidied(Part(name, [_wording(_one_line(code), text.strip()) for code, text in pairs]))


def read_pasted(text: str) -> list[Part]:
    """What somebody pasted: one principle a line, or labelled lines with text under them."""
    part = tidied(Part("", list(_from_lines([line.strip() for line in text.splitlines() if line.strip()]))))
    return [part] if part.principles else []


def parts_of(document: Any) -> list[Part]:
    """The parts of a document that may spell a framework out, in its order."""
    from desaga.documents.model import Grid

    found: list[Part] = []
    texts: list[Any] = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            texts += [] if block.running or not block.text.strip() else [block]
            continue
        above = texts[-1].text.strip() if texts and len(texts[-1].text) <= 80 else ""
        found += _parts_of_texts(texts)
        texts = []
        found += _parts_of_grid(block, above)
    found += _parts_of_texts(texts)
    return [tidied(part) for part in found if part.principles]


def _parts_of_grid(grid: Any, above: str) -> list[Part]:
    rows = [[cell.strip() for cell in row.texts] for row in grid.rows if any(cell.strip() for cell in row.texts)]
    used = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows)]
    rows = [[row[at] for at in used] for row in rows]
    name = grid.title or grid.source.sheet or above
    if len(rows) > 1 and len(used) > 1 and (alone := _alone(rows[0])):
        name, rows = alone, rows[1:]
    if not rows:
        return []
    roles = _roles(rows[0])
    if roles:
        return [Part(name, list(_from_columns(rows[1:], roles)))]
    if len(used) > MOST_COLUMNS:
        return []
    lines = [row[0] for row in rows] if len(used) == 1 else None
    return [Part(name, list(_from_lines(lines) if lines else _from_pairs(rows)))]


def _alone(cells: Sequence[str]) -> str:
    """The few words that stand alone in a row: a table's name, where it is the first one."""
    words = [cell for cell in cells if cell]
    return words[0] if len(words) == 1 and len(words[0].split()) <= MOST_WORDS else ""


def _roles(cells: Sequence[str]) -> dict[str, int]:
    """Which column is what, by the words of a heading row; none where it is no heading row."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        words = folded(cell)
        role = next((role for role, names in COLUMNS.items() if any(_names(words, name) for name in names)), None)
        if role and role not in found and len(words) <= 40:
            found[role] = at
    is_heading = len(found) > 1 or (len(cells) == 1 and bool(found) and len(cells[0].split()) == 1)
    return found if is_heading and {"code", "title", "text"} & found.keys() else {}


def _names(words: str, name: str) -> bool:
    return words == name or (len(name) > 3 and name in words)


def _from_columns(rows: Iterable[Sequence[str]], roles: Mapping[str, int]) -> Iterator[Wording]:
    for row in rows:
        cells = {role: row[at] for role, at in roles.items()}
        names = tuple(name.strip() for name in re.split(r"[;\n]", cells.get("names", "")) if name.strip())
        optional = folded(cells.get("optional", "")) in {"yes", "y", "x", "true", "optional"}
        title, text = cells.get("title", ""), cells.get("text", "")
        if "code" not in roles and text:
            # A name and what it means: the name is how documents call it.
            yield Wording(title, "", text, names, optional)
        elif any((title, text, cells.get("code"))):
            yield Wording(cells.get("code", ""), _one_line(title), text, names, optional)


def _from_pairs(rows: Sequence[Sequence[str]]) -> Iterator[Wording]:
    """Label and text side by side; rows without a label belong to the one above, or below where labels close their text."""
    closes = not rows[0][0] and bool(rows[-1][0])
    label, kept = "", list[str]()
    for row in rows:
        text = "\n".join(filter(None, row[1:]))
        if row[0] and not closes:
            yield from _labelled(label, kept)
            label, kept = row[0], [text] if text else []
            continue
        kept += [text] if text else []
        if row[0]:
            yield from _labelled(row[0], kept)
            kept = []
    yield from _labelled(label, kept)


def _labelled(label: str, lines: Sequence[str]) -> Iterator[Wording]:
    if label:
        yield _wording(_one_line(label), "\n".join(lines))


def _parts_of_texts(texts: Sequence[Any]) -> Iterator[Part]:
    """Stretches of text under their headings: labelled lines, headings with text, or the items of a list."""
    labelled = [text for text in texts if _label_of(text)]
    if len(labelled) > 1:
        yield from _parts_by_label(texts)
        return
    headings = [text for text in texts if text.kind == "heading"]
    level = max((text.level for text in headings), default=0)
    if len(pairs := list(_under_headings(texts, level))) > 1:
        name = next((text.text.strip() for text in headings if text.level < level), "")
        yield Part(name, [_wording(_one_line(head), "\n".join(lines)) for head, lines in pairs])
        return
    items = [text.text.strip() for text in texts if text.kind == "item"]
    if len(items) > 1:
        yield Part(headings[-1].text.strip() if headings else "", list(_from_lines(items)))


def _under_headings(texts: Sequence[Any], level: int) -> Iterator[tuple[str, list[str]]]:
    head, lines = "", list[str]()
    for text in texts:
        if text.kind == "heading":
            if head and lines:
                yield head, lines
            head, lines = (text.text.strip(), []) if text.level == level else ("", [])
        elif head:
            lines.append(text.text.strip())
    if head and lines:
        yield head, lines


def _parts_by_label(texts: Sequence[Any]) -> Iterator[Part]:
    name, lines = "", list[str]()
    for text in texts:
        if text.kind == "heading" and not _label_of(text):
            yield Part(name, list(_from_lines(lines)))
            name, lines = text.text.strip(), []
        elif _label_of(text) or lines:
            label = _label_of(text)
            lines.append(f"{label}\t{_rest_of(text)}" if label else text.text.strip())
    yield Part(name, list(_from_lines(lines)))


def _label_of(text: Any) -> str:
    """The code that a line of text begins with, or that stands before it in a list."""
    marker = (text.marker or "").strip(" .)(:")
    if re.fullmatch(r"[A-Za-z]{0,6}[ -]?\d{1,3}[a-z]?", marker):
        return marker
    match = _CODE.match(text.text)
    return match["code"].strip() if match else ""


def _rest_of(text: Any) -> str:
    match = _CODE.match(text.text)
    return match["rest"].strip() if match else text.text.strip()


def _from_lines(lines: Sequence[str]) -> Iterator[Wording]:
    """One principle a line; where lines are labelled, those without a label go on with the one above."""
    split = [_split(line) for line in lines]
    if not any(code for code, _ in split):
        yield from (_wording(line, "") for line in lines)
        return
    code, kept = "", list[str]()
    for label, rest in split:
        if label:
            yield from _labelled(code, kept)
            code, kept = label, [rest]
        elif code:
            kept.append(rest)
        else:
            yield _wording(rest, "")
    yield from _labelled(code, kept)


def _split(line: str) -> tuple[str, str]:
    match = _CODE.match(line) or _NAMED.match(line)
    if match and len(match["code"].split()) <= MOST_WORDS:
        return _one_line(match["code"]), match["rest"].strip()
    return "", line.strip()


def _wording(label: str, text: str) -> Wording:
    """A label with its text. A short text is a title as well as the whole wording; a long label is a text without a code."""
    if len(label.split()) > MOST_WORDS or len(label) > LONGEST_CODE:
        whole = f"{label}\n{text}".strip()
        return Wording("", whole, "") if _is_title(whole) else Wording("", "", whole)
    return Wording(label, text, "") if _is_title(text) else Wording(label, "", text)


def _is_title(text: str) -> bool:
    return len(text) <= SHORT_TITLE and "\n" not in text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def tidied(part: Part) -> Part:
    """The part with every code there and different, titles that fit, and what was done about it."""
    seen: set[str] = set()
    rows: list[Wording] = []
    for at, row in enumerate(part.principles, start=1):
        code = _one_line(row.code)
        title, text = row.title, row.text
        if len(title) > LONGEST_TITLE:
            title, text = "", f"{title}\n{text}".strip()
        if not code or len(code) > LONGEST_CODE:
            text = f"{code}\n{text}".strip() if code else text
            code = _free(str(at), seen)
            part.notices.append(f"Principle {at} had no code; it is called {code} for now.")
        elif folded(code) in seen:
            again, code = code, _free(code[: LONGEST_CODE - 5], seen)
            part.notices.append(f"“{again}” stands more than once; the later one is called “{code}” for now.")
        seen.add(folded(code))
        rows.append(Wording(code, title, text, row.names, row.optional))
    return Part(_one_line(part.name)[:LONGEST_CODE], rows, part.notices)


def _free(code: str, seen: set[str]) -> str:
    if folded(code) not in seen:
        return code
    number = 2
    while folded(f"{code} ({number})") in seen:
        number += 1
    return f"{code} ({number})"
