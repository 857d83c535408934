"""The text of one Word paragraph: runs, tabs, breaks, tracked changes, hidden text and what is anchored in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .docx_styles import SYMBOLS, Styles, is_on
from .xml import Element, attribute, child, local

DELETED = {"del", "moveFrom"}
SKIPPED = {"pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "Fallback", "tblPr"}
HYPHEN = "\u2011"


@dataclass(slots=True)
class Inline:
    """What walking over a paragraph finds. `breaks` are (position in `text`, explicit?) of page breaks."""

    text: str = ""
    bold_characters: int = 0
    shown_characters: int = 0
    breaks: list[tuple[int, bool]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: str = ""
    tracked: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        return self.shown_characters > 0 and self.bold_characters == self.shown_characters


def read_inline(paragraph: Element, styles: Styles, bold: bool = False) -> Inline:
    """The inline content of w:p; deletions are dropped, insertions kept, text boxes collected in `boxes`."""
    inline = Inline()
    _walk(paragraph, inline, styles, bold)
    return inline


def _walk(element: Element, inline: Inline, styles: Styles, bold: bool) -> None:
    for part in element:
        name = local(part)
        if name in DELETED:
            inline.tracked = True
        elif name == "txbxContent":
            inline.boxes.append(part)
        elif name == "r":
            _run(part, inline, styles, bold)
        elif name not in SKIPPED:
            inline.tracked = inline.tracked or name in {"ins", "moveTo"}
            if name == "t" and part.text:
                _add(inline, part.text, bold)
            _walk(part, inline, styles, bold)


def _run(run: Element, inline: Inline, styles: Styles, bold: bool) -> None:
    properties = child(run, "rPr")
    own = is_on(properties, "b")
    if own is None:
        style = child(properties, "rStyle")
        own = styles.bold(attribute(style, "val")) or bold if style is not None else bold
    hidden = bool(is_on(properties, "vanish") or is_on(properties, "webHidden"))
    for part in run:
        _run_part(part, inline, styles, own, hidden)


def _run_part(part: Element, inline: Inline, styles: Styles, bold: bool, hidden: bool) -> None:
    name = local(part)
    if name == "t":
        if hidden:
            inline.hidden += part.text or ""
        else:
            _add(inline, part.text or "", bold)
    elif name in {"tab", "ptab"}:
        inline.text += "\t"
    elif name in {"br", "cr"}:
        _break(part, inline)
    elif name == "lastRenderedPageBreak":
        inline.breaks.append((len(inline.text), False))
    elif name in {"noBreakHyphen", "sym"}:
        _add(inline, _symbol(part), bold)
    elif name in {"footnoteReference", "endnoteReference"}:
        inline.notes.append((name[: -len("Reference")], attribute(part, "id") or ""))
    elif name == "txbxContent":
        inline.boxes.append(part)
    elif name not in SKIPPED:
        for deeper in part:
            _run_part(deeper, inline, styles, bold, hidden) if local(deeper) != "r" else _run(
                deeper, inline, styles, bold
            )


def _break(part: Element, inline: Inline) -> None:
    if attribute(part, "type") == "page":
        inline.breaks.append((len(inline.text), True))
    if inline.text:
        inline.text += "\n"


def _add(inline: Inline, text: str, bold: bool) -> None:
    inline.text += text
    count = len("".join(text.split()))
    inline.shown_characters += count
    inline.bold_characters += count if bold else 0


def _symbol(part: Element) -> str:
    if local(part) == "noBreakHyphen":
        return HYPHEN
    code = attribute(part, "char") or ""
    try:
        char = chr(int(code, 16))
    except ValueError:
        return ""
    return SYMBOLS.get(char, char)
