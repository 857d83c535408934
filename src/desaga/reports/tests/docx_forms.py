"""Invented forms of three shapes to test with: content controls, tables, headings."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CONTROL = """<w:sdt {ns}><w:sdtPr><w:alias w:val="{alias}"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"""
HINT = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr><w:t>Click or tap here to enter text.</w:t></w:r>'
OLD = (
    '<w:p {ns}><w:r><w:t>Telephone: </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:textInput>'
    '<w:maxLength w:val="20"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>     </w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
LIST = (
    '<w:sdt {ns}><w:sdtPr><w:alias w:val="Region"/><w:dropDownList><w:listItem w:displayText="Choose" w:value=""/>'
    '<w:listItem w:displayText="{first}" w:value="N"/><w:listItem w:value="{second}"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent><w:p><w:r><w:t>Choose</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def with_controls(year: int = 2026, items: tuple[str, str] = ("The North", "South")) -> bytes:
    """Two content controls, one in a line and one of paragraphs, an old form field, and a list to choose from."""
    form = docx.Document()
    form.add_heading(f"Progress return {year}", 0)
    body = form.element.body
    line = form.add_paragraph("Institution: ")
    line._p.append(_control("Name of institution", HINT))
    before_end(body, _control("Summary of challenges (max 20 words)", f"<w:p>{HINT}</w:p>"))
    before_end(body, parse_xml(OLD.format(ns=nsdecls("w"))))
    before_end(body, parse_xml(LIST.format(ns=nsdecls("w"), first=items[0], second=items[1])))
    return saved(form)


def with_tables(year: int = 2026) -> bytes:
    """Labels to the left, and a question over an empty cell; a picture of the kind that a logo is stays in the header."""
    form = docx.Document()
    form.sections[0].header.paragraphs[0].text = "The Guild of Instruments"
    form.add_heading(f"Yearly return, {year}", 1)
    table = form.add_table(rows=3, cols=2)
    for number, (label, value) in enumerate(
        (("Organisation", ""), ("Reporting period", "[insert dates]"), ("Logo", "(kept)"))
    ):
        table.cell(number, 0).text, table.cell(number, 1).text = label, value
    asked = form.add_table(rows=2, cols=1)
    asked.cell(0, 0).text = "Describe progress made under each theme (up to 250 words)"
    return saved(form)


def with_headings() -> bytes:
    """Headings with room under them, with and without guidance; a heading whose text stays."""
    form = docx.Document()
    form.add_heading("About this form", 2)
    form.add_paragraph("Keep it short.")
    form.add_heading("Decisions", 2)
    form.add_paragraph("")
    form.add_heading("Looking ahead", 2)
    form.add_paragraph("Say in at most 100 words what comes next.")
    form.add_paragraph("[Insert your answer here]")
    return saved(form)


def with_traps() -> bytes:
    """Two old fields in one paragraph; a frame around rows of a table, a page break and a bookmark, all of which must stay."""
    form = docx.Document()
    runs = OLD.removeprefix("<w:p {ns}>").removesuffix("</w:p>")
    both = f"<w:p {{ns}}>{runs}{runs.replace('Telephone', 'E-mail')}</w:p>"
    before_end(form.element.body, parse_xml(both.format(ns=nsdecls("w"))))
    rows = "<w:tr><w:tc><w:p><w:r><w:t>Budget</w:t></w:r></w:p></w:tc></w:tr>"
    frame = f"<w:sdt><w:sdtPr/><w:sdtContent>{rows}</w:sdtContent></w:sdt>"
    before_end(form.element.body, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{frame}</w:tbl>"))
    form.add_heading("On the next page", 2)
    form.add_page_break()
    form.add_heading("Aims", 2)
    form.add_paragraph("")._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="aims"/>'))
    return saved(form)


def before_end(body: Any, element: Any) -> None:
    body.insert(len(body) - 1, element)


def _control(alias: str, content: str) -> Any:
    return parse_xml(CONTROL.format(ns=nsdecls("w"), alias=alias, content=content))


def saved(form: Any) -> bytes:
    made = io.BytesIO()
    form.save(made)
    return made.getvalue()


TICK = (
    '<w:sdt {ns} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
)
OLD_TICK = (
    "<w:p {ns}><w:r><w:t>May we publish it? Yes </w:t></w:r>{box}<w:r><w:t> No </w:t></w:r>{box}</w:p>"
).replace(
    "{box}",
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
)
TEXT_BOX = """<w:p {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"><w:r>
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def with_boxes() -> bytes:
    """Boxes to tick of both kinds, a control in a text box that Word keeps twice, one in the header, and an old field in the footer."""
    form = docx.Document()
    body = form.element.body
    asked = form.add_paragraph("Stage: ")
    for word in ("first", "second"):
        asked._p.append(parse_xml(TICK.format(ns=nsdecls("w"))))
        asked.add_run(f" {word} ")
    before_end(body, parse_xml(OLD_TICK.format(ns=nsdecls("w"))))
    inside = CONTROL.format(ns="", alias="Period", content=f"<w:p>{HINT}</w:p>")
    before_end(body, parse_xml(TEXT_BOX.format(ns=nsdecls("w"), inside=inside)))
    section = form.sections[0]
    section.header.paragraphs[0]._p.append(_control("Organisation", HINT))
    section.footer._element.append(parse_xml(OLD.format(ns=nsdecls("w"))))
    return saved(form)
