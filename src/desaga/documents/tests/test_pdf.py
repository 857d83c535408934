"""PDF files with a text layer, made by WeasyPrint."""

from __future__ import annotations

import random
import re
from html import escape
from pathlib import Path

import pytest

from desaga.documents import Grid, Text, read_document
from desaga.documents.pdf_finish import mend_breaks
from desaga.documents.tests.files import cells_of, grids_of, lines_of, write_pdf

PAGE = (
    "@page{size:A4 landscape;margin:2cm;@bottom-center{content:'Page ' counter(page)}@top-left{content:'Draft plan'}}"
)
BASE = "body{font:10pt sans-serif}tr{break-inside:avoid}td,th{vertical-align:top;text-align:left}"
STYLES = {
    "ruled": "table{border-collapse:collapse}td,th{border:1px solid;padding:3px}",
    "no outer rules": "table{border-collapse:collapse}td,th{border:1px solid #777;padding:3px}"
    "td:first-child,th:first-child{border-left:0}td:last-child,th:last-child{border-right:0}",
    "as browsers do": "",
    "padded": "td,th{padding:4px 8px}",
    "rules between rows": "table{border-collapse:collapse}tr{border-bottom:1px solid #999}td,th{padding:3px 6px}",
    "striped": "table{border-collapse:collapse}tr:nth-child(even){background:#ddd}td,th{padding:3px 6px}",
    "in the middle": "td,th{vertical-align:middle;padding:4px 8px}",
    "centred": "td,th{text-align:center;padding:4px 8px}",
    "justified": "body{font:11pt serif}td,th{padding:3px 8px;text-align:justify}",
    "small": "body{font-size:7pt}td,th{padding:2px 4px}",
}
WORDS = (
    "identify nominate support applications for external awards internal survey line managers guidance faculty".split()
)


def plan_rows(seed: int, count: int = 14) -> list[list[str]]:
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most))).capitalize() + "."

    rows = [["Ref", "Action", "How will we do it?", "Timeframe", "Owner"]]
    for number in range(count):
        owner, when = chance.choice(["TSM", "PSO; TLTC", "HR"]), chance.choice(["Ongoing", "Mar-25", "Dec 2026", "TBC"])
        rows.append([f"{number // 5 + 1}.{number % 5 + 1}", words(4, 14), words(3, 22), when, owner])
    return rows


def table_of(rows: list[list[str]]) -> str:
    head, *body = rows
    lines = "<tr>" + "".join(f"<th>{escape(text)}" for text in head) + "</tr>"
    for row in body:
        lines += "<tr>" + "".join(f"<td>{escape(text)}" for text in row) + "</tr>"
    return f"<table>{lines}</table>"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def page(style: str, body: str) -> str:
    return f"<style>{PAGE}{BASE}{style}</style><body>{body}"


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_tables_are_found_with_and_without_rules(tmp_path: Path, style: str) -> None:
    rows = plan_rows(seed=7)
    before, after = "Before the table " * 25, "After the table " * 25
    path = write_pdf(
        tmp_path / "a.pdf", page(style, f"<h1>Action plan</h1><p>{before}</p>{table_of(rows)}<p>{after}</p>")
    )
    document = read_document(path)

    assert [[plain(text) for text in row] for grid in grids_of(document) for row in cells_of(grid)] == rows
    told = plain(
        " ".join(block.text for block in lines_of(document) if not block.running and block.text != "Draft plan")
    )
    assert told == plain(f"Action plan {before} {after}").strip()
    assert {grid.ruled for grid in grids_of(document)} == {"td,th{border" in style.replace("border-bottom", "")}


def test_theme_rows_run_over_the_columns(tmp_path: Path) -> None:
    theme = "Career development and progression of technical staff across the whole of the invented University of Somewhere Else"
    rows = plan_rows(seed=3, count=6)
    table = table_of(rows).replace("<tr><td>1.3", f"<tr><td colspan=5><b>{theme}</b></td></tr><tr><td>1.3")
    for name, style in STYLES.items():
        grid = grids_of(read_document(write_pdf(tmp_path / "a.pdf", page(style, table))))[0]
        assert [(plain(row.cells[0].text), row.cells[0].span) for row in grid.rows if row.cells[0].span > 1] == [
            (theme, 5)
        ], name
        assert [cell.anchor for cell in grid.rows[3].cells] == [None] + [(3, 0)] * 4


def test_merged_cells_of_a_ruled_table(tmp_path: Path) -> None:
    table = "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>down<td>1<td>2<tr><td>3<td>4<tr><td colspan=3>across</table>"
    grid = grids_of(read_document(write_pdf(tmp_path / "a.pdf", page(STYLES["ruled"], table))))[0]

    assert cells_of(grid) == [["A", "B", "C"], ["down", "1", "2"], ["", "3", "4"], ["across", "", ""]]
    assert (grid.rows[1].cells[0].rowspan, grid.rows[2].cells[0].anchor, grid.rows[3].cells[0].span) == (2, (1, 0), 3)


@pytest.mark.parametrize("turned", ["90deg", "-90deg"])
def test_text_that_runs_up_or_down_the_page_is_turned(tmp_path: Path, turned: str) -> None:
    rows = plan_rows(seed=5, count=6)
    body = f"<div style='transform:rotate({turned});width:16cm;margin:4cm 0'>{table_of(rows)}</div>"
    document = read_document(write_pdf(tmp_path / "a.pdf", f"<style>{BASE}{STYLES['ruled']}</style>{body}"))

    assert [[plain(text) for text in row] for row in cells_of(grids_of(document)[0])] == rows


def test_upright_headings_and_watermarks_keep_their_words(tmp_path: Path) -> None:
    rows = plan_rows(seed=5, count=6)
    table = table_of(rows).replace("<th>Owner", "<th><div style='transform:rotate(-90deg);height:2cm'>Owner</div>")
    mark = "<div style='position:fixed;top:5cm;left:4cm;font-size:60pt;transform:rotate(-40deg)'>DRAFT</div>"
    document = read_document(write_pdf(tmp_path / "a.pdf", page(STYLES["ruled"], mark + table)))

    assert [[plain(text) for text in row] for row in cells_of(grids_of(document)[0])] == rows
    assert [(notice.kind, "DRAFT" in notice.message) for notice in document.notices] == [("slanted_text", True)]


def test_pages_with_a_rotation_entry(tmp_path: Path) -> None:
    import pikepdf

    rows = plan_rows(seed=5, count=6)
    path = write_pdf(tmp_path / "a.pdf", f"<style>{BASE}{STYLES['padded']}</style>{table_of(rows)}")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        pdf.save(path)

    assert [[plain(text) for text in row] for row in cells_of(grids_of(read_document(path))[0])] == rows


def test_each_page_of_a_long_table_is_a_grid_and_repeated_lines_are_marked(tmp_path: Path) -> None:
    rows = plan_rows(seed=1, count=60)
    document = read_document(write_pdf(tmp_path / "a.pdf", page(STYLES["padded"], table_of(rows))))
    grids = grids_of(document)

    assert len(grids) > 2
    assert [grid.source.page for grid in grids] == list(range(1, len(grids) + 1))
    assert [[plain(text) for text in row] for grid in grids for row in cells_of(grid)] == rows
    assert {block.text for block in lines_of(document)} == {"Draft plan", *(f"Page {n + 1}" for n in range(len(grids)))}
    assert all(block.running for block in lines_of(document))


def test_headings_items_and_paragraphs(tmp_path: Path) -> None:
    body = (
        "<h1>Action plan</h1><h2>Visibility</h2><p>Some words.</p><ul><li>one<ul><li>inner</ul><li>two</ul>"
        "<p><b>Recognition</b></p><p>More words, which end with a full stop.</p><ol><li>first</ol>"
    )
    found = lines_of(read_document(write_pdf(tmp_path / "a.pdf", f"<style>{BASE}</style>{body}")))

    assert [(block.kind, block.level, block.marker, block.text) for block in found] == [
        ("heading", 1, None, "Action plan"),
        ("heading", 2, None, "Visibility"),
        ("paragraph", 0, None, "Some words."),
        ("item", 1, "•", "one"),
        ("item", 2, "◦", "inner"),
        ("item", 1, "•", "two"),
        ("heading", 3, None, "Recognition"),
        ("paragraph", 0, None, "More words, which end with a full stop."),
        ("item", 1, "1.", "first"),
    ]


def test_text_in_two_columns_is_read_one_after_the_other(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(400)]
    body = f"<div style='columns:2;column-gap:1cm;text-align:justify'>{' '.join(words)}</div>"
    document = read_document(write_pdf(tmp_path / "a.pdf", f"<style>{BASE}</style>{body}"))

    assert grids_of(document) == []
    assert " ".join(block.text for block in lines_of(document)).split() == words


def test_frames_around_text_are_no_tables(tmp_path: Path) -> None:
    body = (
        "<div style='border:1px solid;padding:5px'>Framed text</div><p style='border-bottom:1px solid'>Underlined</p>"
    )
    document = read_document(write_pdf(tmp_path / "a.pdf", f"<style>{BASE}</style>{body}"))

    assert [block.text for block in document.blocks if isinstance(block, Text)] == ["Framed text", "Underlined"]
    assert not any(isinstance(block, Grid) for block in document.blocks)


def test_ligatures_are_taken_apart(tmp_path: Path) -> None:
    found = lines_of(read_document(write_pdf(tmp_path / "a.pdf", "<p>oﬃcer ﬁrst ﬂow</p>")))

    assert found[0].text == "officer first flow"


@pytest.mark.parametrize(
    ("text", "words", "mended"),
    [
        ("collabo-\nration", {"collaboration"}, "collaboration"),
        ("cross-\nfaculty", {"cross-faculty"}, "cross-faculty"),
        ("well-\nbeing", set(), "well-being"),
        ("tech\u2010\nnicians", set(), "technicians"),
        ("soft\u00ad\nware", set(), "software"),
        ("N8-\nA", set(), "N8-\nA"),
        ("N8-\n1a", set(), "N8-1a"),
        ("2024-\n2027", set(), "2024-2027"),
        ("a -\nb", set(), "a -\nb"),
    ],
)
def test_broken_words_are_mended(text: str, words: set[str], mended: str) -> None:
    assert mend_breaks(text, words) == mended


GLOSSARY = [
    ["Abbreviation", "Description", "Contact"],
    ["MDF", "School of Music, Drama & Film", ""],
    ["FAFO", "Figures and Forecasts office", ""],
    ["Press", "Press and Web office", "A. Person"],
    ["N&M", "School of Nursing & Midwifery", ""],
    ["CC&S", "Courses & Coaching for Staff", "B. Person"],
    ["TSG", "Technical Steering Group", ""],
]
WRAPPED = [
    ["Ref", "Action", "Owner"],
    ["1.1", "Look for prizes that technicians could win, and write the letters with them", "PSO"],
    ["1.2", "Open a workshop", "TSM"],
    ["1.3", "Map each technical role to a building and a service so that nobody is forgotten", "HR"],
    ["1.4", "Set up a register", "OD"],
    ["1.5", "Survey the staff", "HR"],
]
TITLES = [
    ["Activity", "Lead", "Time", "Comments"],
    ["Include technical staff in the annual prospectus photography", "DTS", "P1", "Agreed"],
    ["Start a lunchtime talk series given by technicians", "TSG", "P1,2", ""],
    ["Map every technical role", "FTM", "P2", "Needs a room"],
    ["Become an employer champion for registration of technicians", "DTS", "P3", ""],
    ["Keep an up-to-date list", "TSG", "P2", ""],
    ["Widen where technical jobs are advertised", "OD", "P1", ""],
]
TIGHT = "td,th{padding:0 6px}table{border-spacing:0}"
ROOMY = "td,th{padding:4px 6px}table{border-spacing:0}"


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        (GLOSSARY, TIGHT),
        (GLOSSARY, ROOMY),
        ([row[:2] for row in GLOSSARY], TIGHT),
        ([row[:2] for row in GLOSSARY], ROOMY),
        (TITLES, ROOMY),
    ],
    ids=["tight", "roomy", "two columns, tight", "two columns, roomy", "long first column, roomy"],
)
def test_lines_of_an_unruled_table_with_a_word_of_their_own_are_rows(
    tmp_path: Path, rows: list[list[str]], style: str
) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", page(style, table_of(rows))))

    assert cells_of(grids_of(document)[0]) == rows


@pytest.mark.parametrize("style", [TIGHT, ROOMY], ids=["tight", "roomy"])
def test_lines_below_with_nothing_in_the_first_columns_stay_in_their_row(tmp_path: Path, style: str) -> None:
    narrow = style + "td:nth-child(2){width:6cm}td:nth-child(1){width:2cm}table{table-layout:fixed;width:11cm}"
    document = read_document(write_pdf(tmp_path / "a.pdf", page(narrow, table_of(WRAPPED))))

    read = [[plain(text) for text in row] for row in cells_of(grids_of(document)[0])]
    assert read == WRAPPED
