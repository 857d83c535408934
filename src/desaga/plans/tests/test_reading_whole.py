"""Whole files of every format through `read_plan`, and what holds for any document whatever."""

import json
import re
from datetime import datetime
from importlib import resources

import docx
import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.documents.model import Cell, Document, Grid, Row, Source, Text
from desaga.plans.reading import read_plan, understand
from desaga.plans.reading.words import plain

SCHEMA = jsonschema.Draft202012Validator(
    json.loads(resources.files("desaga.plans.reading").joinpath("schema.json").read_text(encoding="utf-8"))
)
TITLE = "Technician action plan 2030-2032"
HEADS = ["Ref", "Action", "Lead", "Timeframe", "Status", "Pillar"]
ROWS = [
    ["V1", "Open the glass store to visitors", "Estates; HR", "Mar-31", "In progress", "Visibility"],
    ["V2", "Print the list of awards", "HR", "Ongoing", "Complete", "Recognition; R4"],
]


def write_xlsx(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:F1")
    for row in [HEADS, *ROWS]:
        sheet.append(row)
    book.save(path)


def write_docx(path):
    document = docx.Document()
    document.add_heading(TITLE, 1)
    table = document.add_table(0, len(HEADS))
    for row in [HEADS, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)


def write_html(path):
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in [HEADS, *ROWS])
    path.write_text(f"<html><body><h1>{TITLE}</h1><table>{rows}</table></body></html>", encoding="utf-8")


def write_md(path):
    lines = ["| " + " | ".join(row) + " |" for row in [HEADS, ["---"] * len(HEADS), *ROWS]]
    path.write_text(f"# {TITLE}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def write_csv(path):
    path.write_text("\n".join(",".join(row) for row in [[TITLE] + [""] * 5, HEADS, *ROWS]) + "\n", encoding="utf-8")


def write_tsv(path):
    path.write_text("\n".join("\t".join(row) for row in [[TITLE] + [""] * 5, HEADS, *ROWS]) + "\n", encoding="utf-8")


WRITERS = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
    "md": write_md,
    "csv": write_csv,
    "tsv": write_tsv,
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_one_plan_reads_alike_in_every_format(tmp_path, suffix) -> None:
    path = tmp_path / f"plan.{suffix}"
    WRITERS[suffix](path)

    plan = read_plan(path)

    SCHEMA.validate(plan)
    assert (plan["title"], plan["period"]) == (TITLE, {"start": "2030", "end": "2032"})
    assert [
        (
            a["code"],
            a["title"],
            [o["text"] for o in a["owners"]],
            (a["timeframe"]["end"], a["timeframe"]["continuous"]),
            a["status"],
            [x["code"] for x in a["alignments"]],
        )
        for a in plan["actions"]
    ] == [
        (
            "V1",
            "Open the glass store to visitors",
            ["Estates", "HR"],
            ("2031-03", False),
            "in_progress",
            ["Visibility"],
        ),
        ("V2", "Print the list of awards", ["HR"], (None, True), "complete", ["Recognition", "R4"]),
    ]
    assert [a["id"] for a in plan["actions"]] == ["c-v1", "c-v2"]
    assert plan["notices"] == []


def test_what_a_workbook_displays_counts_not_what_it_stores(tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Action plan 2024-2027"])
    sheet.append(["Action", "Owner", "Timeframe"])
    sheet.append(["Open the glass store", "Estates", datetime(2026, 7, 26)])
    sheet["C3"].number_format = "d-mmm"
    book.save(tmp_path / "plan.xlsx")

    (action,) = read_plan(tmp_path / "plan.xlsx")["actions"]

    assert (action["timeframe"]["text"], action["timeframe"]["end"]) == ("26-Jul", "2026-07")
    assert [n["kind"] for n in action["notices"]] == ["excel_date"]


def test_a_plan_of_bullets_under_pillars_is_read(tmp_path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Technician action plan\n\n## Visibility\n\n- Open the glass store to visitors (Estates)\n- Hang boards by every door\n\n"
        "## Recognition\n\n- Print the yearly list of awards\n",
        encoding="utf-8",
    )

    plan = read_plan(path)

    assert [(a["theme"], a["title"], [o["text"] for o in a["owners"]]) for a in plan["actions"]] == [
        ("Visibility", "Open the glass store to visitors", ["Estates"]),
        ("Visibility", "Hang boards by every door", []),
        ("Recognition", "Print the yearly list of awards", []),
    ]
    assert [n["kind"] for n in plan["notices"]] == ["prose"]


@pytest.mark.parametrize(
    "text",
    [
        "Booking form\n\nName:\nE-mail:\nWhich session would you like?\n",
        "News\n\nThe glass store was opened on Monday. Many people came, and some had cake.\n",
        "x\n",
    ],
)
def test_a_page_that_holds_no_plan_says_so(tmp_path, text) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")

    plan = read_plan(path)

    SCHEMA.validate(plan)
    assert plan["actions"] == []
    assert [n["kind"] for n in plan["notices"]] == ["no_plan"]


# --- what holds for any document ----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "Action Owner Timeframe Status RAG Ref Theme Visibility Recognition HR TBC Ongoing Mar-31 26-Jul Q1 2031 1.2 A1 P1,2 "
    "Abbreviations TDG = Group ; / , - • ( ) : and to work with the open store Year 1 complete Red x 31 June 2031 "
    "Pledge R4 N8-1 values … “ ’ é ﬁ İ ß ² ٢٠٢٥ \u200b".split(" ")
)
TEXTS = st.one_of(
    st.just(""),
    st.lists(WORDS, max_size=8).map(" ".join),
    st.lists(WORDS, max_size=6).map("\n".join),
    st.text(max_size=20),
)


@st.composite
def grids(draw):
    width = draw(st.integers(1, 6))
    rows = []
    for number in range(draw(st.integers(1, 7))):
        source = Source(page=1, row=number + 1)
        rows.append(
            Row(tuple(Cell(draw(TEXTS).strip(), source, bold=draw(st.booleans())) for _ in range(width)), source)
        )
    if draw(st.booleans()):
        heads = ["Action", "Owner", "Timeframe", "Status", "Pillar", "Ref"][:width]
        rows.insert(0, Row(tuple(Cell(head) for head in heads), Source(page=1)))
    return Grid(tuple(rows), Source(page=1), draw(st.none() | TEXTS.map(str.strip)))


BLOCKS = st.one_of(
    grids(),
    st.builds(
        Text,
        TEXTS.map(str.strip),
        st.sampled_from(["heading", "paragraph", "item"]),
        level=st.integers(0, 3),
        marker=st.sampled_from([None, "•", "1."]),
        blank_before=st.integers(0, 2),
        bold=st.booleans(),
    ),
)
DOCUMENTS = st.builds(
    Document,
    st.just("plan"),
    st.sampled_from(["txt", "csv", "xlsx", "docx", "pdf", "html", "md"]),
    st.lists(BLOCKS, max_size=9),
    title=st.none() | st.just("Action plan 2030-2032"),
)


def words_of(texts):
    return {word.casefold() for text in texts for word in re.findall(r"[^\W_]+", plain(text))}


def texts_of(value):
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts_of(part)]


def texts_in(document):
    for block in document.blocks:
        if isinstance(block, Text):
            yield block.text
            yield block.marker or ""
        else:
            yield block.title or ""
            for row in block.rows:
                yield from row.texts
    yield document.title or ""


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_any_document_is_read_whole_and_by_the_rules(document) -> None:
    plan = understand(document).as_dict()

    assert json.loads(json.dumps(plan)) == plan
    SCHEMA.validate(plan)
    assert words_of(texts_in(document)) - words_of(texts_of(plan)) == set()
    identities = [action["id"] for action in plan["actions"]]
    assert len(set(identities)) == len(identities)
    named = {theme["code"] for theme in plan["themes"]} | {theme["title"] for theme in plan["themes"]} | {None}
    assert {action["theme"] for action in plan["actions"]} <= named
    assert understand(document).as_dict() == plan


#: Control characters make a file one that is not text, which is refused.
FILES = st.one_of(st.text(max_size=400), st.lists(TEXTS, max_size=12).map("\n".join)).map(
    lambda text: re.sub(r"[^\S\n\t ]|[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", text)
)


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_any_text_file_is_read(tmp_path_factory, text) -> None:
    path = tmp_path_factory.mktemp("any") / "plan.txt"
    path.write_text(f"a\n{text}", encoding="utf-8", errors="replace")

    plan = read_plan(path)

    SCHEMA.validate(plan)
    assert read_plan(path) == plan
