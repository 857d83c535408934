"""Tables as .docx: A4 across, as institutions keep their plans; real headings, and a table's head on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .model import Block, Contents, Heading, Imprint, Picture, Points, Table, Value, Words, headings_of, text_of
from .widths import ON_A_LINE, ON_A_LINE_UPRIGHT, shares_of, size_of

LANGUAGE = "en-GB"
#: A4 across with margins of 15 mm, in twentieths of a point.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 850
BODY, HEAD_SHADE, INK = 9, "EDEBE5", (0x1A, 0x1D, 0x21)


def write(tables: Sequence[Table], imprint: Imprint) -> bytes:
    """The title, then each table under what is counted; the organisation and the day stand at every page's head."""
    book = _book(imprint, is_upright=False)
    for table in tables:
        if table.title != imprint.title:
            book.add_heading(text_of(table.title), level=2)
        _put_table(book, table, is_upright=False)
    return _saved(book)


def write_paper(blocks: Sequence[Block], imprint: Imprint) -> bytes:
    """A4 upright, to be read and worked on: the title, then the blocks."""
    book = _book(imprint, is_upright=True)
    for block in blocks:
        if isinstance(block, Contents):
            _put_contents(book, headings_of(blocks))
        else:
            _put(book, block)
    return _saved(book)


def _book(imprint: Imprint, *, is_upright: bool) -> Any:
    import docx

    book = docx.Document()
    _about(book.core_properties, imprint)
    _lay_out(book, imprint, is_upright=is_upright)
    book.add_heading(text_of(imprint.title), level=1)
    return book


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(book: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            book.add_heading(text_of(text), level=level)
        case Words(text):
            book.add_paragraph(text_of(text))
        case Points(texts):
            for text in texts:
                book.add_paragraph(text_of(text), style="List Bullet")
        case Picture(svg, described):
            _put_picture(book, svg, described)
        case Table(title=title):
            if title:
                book.add_heading(text_of(title), level=3)
            _put_table(book, block, is_upright=True)


def _put_contents(book: Any, headings: Sequence[Heading]) -> None:
    """A list; pages are Word's to number."""
    book.add_heading("Contents", level=2)
    for heading in headings:
        book.add_paragraph(text_of(heading.text), style="List Bullet" if heading.level < 3 else "List Bullet 2")


def _put_picture(book: Any, svg: str, described: str) -> None:
    """The drawing as a bitmap, since not every Word draws SVG, with its words for who cannot see it."""
    import vl_convert
    from docx.shared import Mm

    drawn = book.add_picture(io.BytesIO(vl_convert.svg_to_png(svg, scale=2)), width=Mm(120))
    drawn._inline.docPr.set("descr", text_of(described))


def _put_table(book: Any, table: Table, *, is_upright: bool) -> None:
    """A table under what is counted, above its notes."""
    if table.subtitle:
        book.add_paragraph(text_of(table.subtitle)).paragraph_format.keep_with_next = True
    if table.columns and table.rows:
        _add_table(book, table, is_upright=is_upright)
    for note in table.notes:
        book.add_paragraph(text_of(note))


def _about(properties: Any, imprint: Imprint) -> None:
    """What the file says of itself: no person, and nothing of the program that wrote it."""
    properties.title = text_of(imprint.title)[:255]
    properties.author = text_of(imprint.organisation)[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = LANGUAGE
    day = imprint.made_on
    properties.created = properties.modified = datetime(day.year, day.month, day.day)


def _lay_out(book: Any, imprint: Imprint, *, is_upright: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    section = book.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT if is_upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Twips, sorted((PAGE_WIDTH, PAGE_HEIGHT), reverse=not is_upright))
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Twips(MARGIN))
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(BODY + 1)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "Arial")
    normal.element.rPr.append(_element("w:lang", {"w:val": LANGUAGE}))
    _plain_headings(book)
    section.header.paragraphs[0].text = f"{text_of(imprint.organisation)}, {imprint.day}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    foot._p.append(_element("w:fldSimple", {"w:instr": "PAGE"}))


def _plain_headings(book: Any) -> None:
    """Headings in the letters and the ink of the text: the library's own are blue and of another face."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        style = book.styles[name]
        fonts = style.element.rPr.rFonts
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(*INK)


def _add_table(book: Any, table: Table, *, is_upright: bool) -> None:
    """The table, written straight as XML: python-docx looks for its cells anew each time, which takes minutes for 500 rows."""
    on_a_line, across = (ON_A_LINE_UPRIGHT, PAGE_HEIGHT) if is_upright else (ON_A_LINE, PAGE_WIDTH)
    widths = [int((across - 2 * MARGIN) * share) for share in shares_of(table, on_a_line)]
    table_of_book = book.add_table(rows=0, cols=0, style="Table Grid")
    table_of_book.autofit = False
    made = table_of_book._tbl
    made.tblPr.append(_element("w:tblCaption", {"w:val": text_of(table.title)[:255]}))
    for width in widths:
        made.tblGrid.append(_element("w:gridCol", {"w:w": width}))
    size = round(BODY * 2 * size_of(table, on_a_line))
    made.append(_row([column.heading for column in table.columns], widths, size, table, is_head=True))
    for row in table.rows:
        made.append(_row(row, widths, size, table))
    book.add_paragraph()


def _row(values: Sequence[Value], widths: Sequence[int], size: int, table: Table, *, is_head: bool = False) -> Any:
    """A row of cells; `size` is that of its letters, in half points."""
    row, about = _element("w:tr"), _element("w:trPr")
    about.append(_element("w:cantSplit"))
    if is_head:
        about.append(_element("w:tblHeader"))
    row.append(about)
    for value, width, column in zip(values, widths, table.columns, strict=True):
        row.append(_cell(text_of(value), width, is_head=is_head, is_number=column.kind == "number", size=size))
    return row


def _cell(text: str, width: int, *, is_head: bool, is_number: bool, size: int) -> Any:
    cell, about = _element("w:tc"), _element("w:tcPr")
    about.append(_element("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if is_head:
        about.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": HEAD_SHADE}))
    cell.append(about)
    for line in text.split("\n"):
        cell.append(_paragraph(line, is_bold=is_head, is_number=is_number, size=size))
    return cell


def _paragraph(line: str, *, is_bold: bool, is_number: bool, size: int) -> Any:
    paragraph, shape = _element("w:p"), _element("w:pPr")
    shape.append(_element("w:spacing", {"w:before": 20, "w:after": 20}))
    if is_number:
        shape.append(_element("w:jc", {"w:val": "right"}))
    paragraph.append(shape)
    run, look, words = _element("w:r"), _element("w:rPr"), _element("w:t", {"xml:space": "preserve"})
    if is_bold:
        look.append(_element("w:b"))
    look.append(_element("w:sz", {"w:val": size}))
    words.text = line
    run.append(look)
    run.append(words)
    paragraph.append(run)
    return paragraph


def _element(name: str, attributes: dict[str, Any] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else qn(key), str(value))
    return made
