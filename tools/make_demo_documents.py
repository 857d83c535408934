"""Make the demo's documents: a workbook, a word-processed plan and a PDF, in the shapes real ones have.

    .venv/bin/python -m tools.make_demo_documents

What they say is in `tools/demo_plans`; what comes out is committed in `src/desaga/home/demo`, so that the demo needs
nothing but the reader. The same words give the same bytes, PDF excepted (its fonts are the machine's).
"""

from __future__ import annotations

import html
import io
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "demo_plans"
TARGET = ROOT / "src" / "desaga" / "home" / "demo"
MADE_AT = datetime(2026, 9, 30, 12, 0)
# Columns that stand under a heading of their own, merged over both.
GROUPS = {"Start": "When", "End": "When", "Lead": "Responsible", "Support": "Responsible"}


def words_of(name: str) -> dict[str, Any]:
    """The plan of this name in `tools/demo_plans`."""
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


def make_workbook(plan: dict[str, Any]) -> bytes:
    """An .xlsx with a title row, a head of two rows with merged cells, theme rows, and dates that Excel damaged."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": plan["title"], "created": MADE_AT})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "border": 1}),
        "theme": book.add_format({"bold": True, "bg_color": "#F3EFE6", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "d-mmm": book.add_format({"num_format": "d-mmm", "valign": "top", "align": "left", "border": 1}),
        "mmm-yy": book.add_format({"num_format": "mmm-yy", "valign": "top", "align": "left", "border": 1}),
    }
    _write_plan_sheet(book.add_worksheet("Action plan"), plan, styles)
    for sheet in plan["sheets"]:
        _write_list_sheet(book.add_worksheet(sheet["title"]), sheet, styles)
    book.close()
    return made.getvalue()


def _write_plan_sheet(sheet: Any, plan: dict[str, Any], styles: dict[str, Any]) -> None:
    columns = plan["columns"]
    last = len(columns) - 1
    sheet.set_column(0, last, 22)
    sheet.merge_range(0, 0, 0, last, plan["title"], styles["title"])
    sheet.merge_range(1, 0, 1, last, plan["subtitle"])
    _write_head(sheet, columns, styles["head"])
    row = 4
    for theme in plan["themes"]:
        sheet.merge_range(row, 0, row, last, theme["title"], styles["theme"])
        row += 1
        for action in theme["actions"]:
            for column, text in enumerate(action):
                _write_value(sheet, row, column, text, styles)
            row += 1


def _write_head(sheet: Any, columns: list[str], style: Any) -> None:
    for column, name in enumerate(columns):
        group = GROUPS.get(name)
        if group is None:
            sheet.merge_range(2, column, 3, column, name, style)
            continue
        sheet.write(3, column, name, style)
        if GROUPS.get(columns[column - 1]) != group:
            sheet.merge_range(2, column, 2, column + 1, group, style)


def _write_value(sheet: Any, row: int, column: int, text: str, styles: dict[str, Any]) -> None:
    shown, _, stored = text.partition(":")
    if shown in ("d-mmm", "mmm-yy"):
        sheet.write_datetime(row, column, date.fromisoformat(stored), styles[shown])
    else:
        sheet.write_string(row, column, text, styles["text"])


def _write_list_sheet(sheet: Any, content: dict[str, Any], styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(content["columns"]), 50)
    sheet.write(0, 0, content["heading"], styles["title"])
    for row, texts in enumerate([content["columns"], *content["rows"]], start=2):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, styles["head"] if row == 2 else styles["text"])


def make_word_document(plan: dict[str, Any]) -> bytes:
    """A landscape .docx with one table a page, each with heads of its own, and a glossary at the end."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = MADE_AT
    document.core_properties.title = plan["title"]
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(plan["title"], 0)
    document.add_paragraph(plan["subtitle"])
    document.add_paragraph(plan["introduction"])
    for number, page in enumerate(plan["pages"]):
        if number:
            document.add_page_break()
        document.add_heading(page["heading"], 1)
        _add_table(document, [page["columns"], *page["rows"]])
    made = io.BytesIO()
    document.save(made)
    return _with_fixed_times(made.getvalue())


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0


def _with_fixed_times(package: bytes) -> bytes:
    """The same zip with every member dated 1980, so that the same words give the same bytes."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def page_for_print(plan: dict[str, Any]) -> str:
    """The HTML that becomes the PDF: a ruled table over several pages whose head repeats."""
    width = len(plan["columns"])
    body = ""
    for theme in plan["themes"]:
        body += f'<tr class="theme"><td colspan="{width}">{html.escape(theme["title"])}</td></tr>'
        body += "".join(_html_row("td", action) for action in theme["actions"])
    glossary = "".join(_html_row("td", row) for row in plan["glossary"])
    return f"""<!doctype html><html lang="en-GB"><head><title>{html.escape(plan["title"])}</title><style>
@page {{ size: A4 landscape; margin: 14mm; @bottom-right {{ content: counter(page) }} }}
body {{ font: 9pt sans-serif }} h1 {{ font-size: 15pt }} h2 {{ font-size: 11pt }}
table {{ border-collapse: collapse; width: 100% }} tr {{ break-inside: avoid }}
td, th {{ border: .6pt solid #333; padding: 2mm; text-align: left; vertical-align: top }}
th {{ background: #dde6f0 }} .theme td {{ font-weight: bold; background: #f3efe6 }}
</style></head><body><h1>{html.escape(plan["title"])}</h1><p>{html.escape(plan["subtitle"])}</p>
<table><thead>{_html_row("th", plan["columns"])}</thead><tbody>{body}</tbody></table>
<h2>Abbreviations</h2><table><tbody>{glossary}</tbody></table></body></html>"""


def _html_row(tag: str, texts: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts) + "</tr>"


def make_pdf(plan: dict[str, Any]) -> bytes:
    """The plan as a PDF with a text layer and ruled tables."""
    from weasyprint import HTML  # two seconds that only this function should cost

    return HTML(string=page_for_print(plan)).write_pdf()


def documents() -> dict[str, bytes]:
    """File name to content of every demo document that is made here."""
    return {
        "wexcombe-action-plan-2025-2027.xlsx": make_workbook(words_of("wexcombe")),
        "ashlar-action-plan-2025-2028.docx": make_word_document(words_of("ashlar")),
        "wexcombe-engineering-plan-2026-27.pdf": make_pdf(words_of("engineering")),
    }


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, content in documents().items():
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
