"""The sheet goes out and comes back: untouched it changes nothing, and of k edited cells exactly those k are found."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desaga.documents.out.separated import FORMULA, disarm

from ..roundtrip.columns import BY_KEY, COLUMNS, CellNotUnderstood, cells_of, changed, clean, update_of
from ..roundtrip.comparing import Known, compare, data_with
from ..roundtrip.sheet import Row, mark_of, read_sheet, table_of, write_csv, write_xlsx
from .factories import action_data
from .test_imports import ACTIONS

NOW = datetime(2026, 11, 28, 5, 30, tzinfo=UTC)
MARK = mark_of(7, whole=True, now=NOW)
WRITERS = {
    ".xlsx": lambda pairs: write_xlsx("A plan", "As it is", MARK, pairs),
    ".csv": lambda pairs: write_csv(MARK, pairs),
}
#: Columns in which any words can stand.
FREE = ("code", "theme", "title", "how", "success", "when", "comments", "depends_on")
WORDS = (
    st.text(
        st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u2028\u2029\x85"), min_size=1, max_size=12
    )
    .map(clean)
    .filter(bool)
)


def known(*actions: dict[str, Any]) -> list[Known]:
    return [Known(f"c-{at}", at, action_data(**data)) for at, data in enumerate(actions)]


def there_and_back(plan: list[Known], suffix: str, edit: Any = None) -> Any:
    """The comparison of a plan with its own sheet, after `edit(table)` has been at it."""
    content = WRITERS[suffix]([(one.id, one.data) for one in plan])
    sheet = read_sheet(f"plan{suffix}", content)
    assert sheet is not None
    rows = edit(sheet.rows) if edit else sheet.rows
    return compare(plan, rows, sheet.columns, whole=sheet.mark.whole)


@pytest.mark.parametrize("suffix", WRITERS)
@given(actions=st.lists(ACTIONS, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
def test_taking_out_and_bringing_back_changes_nothing(suffix: str, actions: list[dict[str, Any]]) -> None:
    found = there_and_back(known(*actions), suffix)

    assert (found.changed, found.added, found.gone, found.same) == ([], [], [], len(actions))


@pytest.mark.parametrize("suffix", WRITERS)
@given(data=st.data())
@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
def test_of_edited_cells_exactly_those_are_found(suffix: str, data: st.DataObject) -> None:
    plan = known(*data.draw(st.lists(ACTIONS, min_size=1, max_size=4)))
    cells = st.tuples(st.integers(0, len(plan) - 1), st.sampled_from(FREE))
    edits = data.draw(st.dictionaries(cells, WORDS, max_size=5))
    content = WRITERS[suffix]([(one.id, one.data) for one in plan])
    expected = {}

    edited = edited_file(content, suffix, edits)
    sheet = read_sheet(f"plan{suffix}", edited)
    assert sheet is not None
    for (at, key), words in edits.items():
        if clean(words) != there(plan[at], key):
            expected[at, key] = clean(words)
    found = compare(plan, sheet.rows, sheet.columns)

    assert {(one.known.pk, field.key): field.now for one in found.changed for field in one.fields} == expected
    assert (found.added, found.gone) == ([], [])


def there(one: Known, key: str) -> str:
    return cells_of(one.data)[key]


def edited_file(content: bytes, suffix: str, edits: dict[tuple[int, str], str]) -> bytes:
    """The file after somebody typed into it, as a program of theirs saves it."""
    headings = [column.heading for column in COLUMNS]
    if suffix == ".csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        for (at, key), words in edits.items():
            lines[at + 1][headings.index(BY_KEY[key].heading)] = disarm(words)
        out = io.StringIO(newline="")
        csv.writer(out).writerows(lines)
        return out.getvalue().encode()
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (at, key), words in edits.items():
        cell = book["Actions"].cell(row=at + 2, column=1 + headings.index(BY_KEY[key].heading))
        cell.value, cell.data_type = words, "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example";"x")', "+1+1", "-2+3", "@SUM(A1)", "'=1+1", "\t=1"])
def test_no_cell_of_any_file_is_a_formula(text: str) -> None:
    pairs = [(one.id, one.data) for one in known({"title": text, "comments": text, "code": text})]

    book = openpyxl.load_workbook(io.BytesIO(WRITERS[".xlsx"](pairs)))
    in_book = [(cell.value, cell.data_type) for row in book["Actions"].iter_rows() for cell in row]
    lines = csv.reader(io.StringIO(WRITERS[".csv"](pairs).decode("utf-8-sig"), newline=""))
    in_file = [cell for line in lines for cell in line]

    # The text stands there whole, three times, and nowhere as what a spreadsheet would work out.
    assert in_book.count((clean(text), "s")) == 3
    assert {kind for value, kind in in_book if value is not None} == {"s"}
    assert in_file.count(f"'{clean(text)}") == 3
    assert [cell for cell in in_file if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("status", "complete", {"status": "complete"}),
        ("status", "Underway", {"status": "in_progress"}),
        ("status", "", {"status": None}),
        ("rag", "A", {"rag": "amber"}),
        ("ongoing", "x", {"continuous": True}),
        ("end", "31/3/2027", {"end": "2027-03-31", "precision": "day"}),
        ("start", "March 2027", {"start": "2027-03", "precision": "month"}),
        ("business_as_usual", "Yes", {"business_as_usual": True}),
        ("depends_on", "the pay round\nthe new system", {"depends_on": [{"text": "the pay round"}, {"text": "the new system"}]}),
    ],
)  # fmt: skip
def test_a_cell_is_understood_as_people_write(key: str, text: str, told: dict[str, Any]) -> None:
    data = changed(action_data(), {key: text})

    found = {**data, **data.get("timeframe", {})}
    assert {name: found[name] for name in told} == told


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [("status", "purple", "is no status"), ("rag", "purple", "is no RAG"), ("end", "31 June 2027", "date that exists"), ("ongoing", "perhaps", "neither yes nor no")],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_in_a_sentence(key: str, text: str, words: str) -> None:
    with pytest.raises(CellNotUnderstood, match=words):
        changed(action_data(), {key: text})


LONG = "x" * 20_000
ALIGNED = {"framework": None, "code": LONG, "text": "", "basis": "cell"}


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("comments", {"comments": LONG * 2}),
        ("owners", {"owners": [{"text": LONG, "code": None, "kind": "text", "role": "lead"}] * 2}),
        ("alignments", {"alignments": [ALIGNED, ALIGNED]}),
        ("milestones", {"milestones": [{"label": LONG, "start": None, "end": None}] * 2}),
        ("depends_on", {"depends_on": [{"text": LONG}] * 2}),
    ],
)
def test_a_cell_that_a_sheet_cannot_hold_is_changed_on_the_actions_page_alone(key: str, fields: dict[str, Any]) -> None:
    data = action_data(**fields)

    assert len(cells_of(data)[key]) <= 32_000
    with pytest.raises(CellNotUnderstood, match="longer than a sheet can hold"):
        changed(data, {key: "Something else"})


def test_an_untouched_owner_keeps_what_no_sheet_shows() -> None:
    boss = {"text": "TSMs", "code": "TSM", "kind": "role", "role": "support"}
    data = action_data(owners=[boss])

    told = changed(data, {"owners": "TSMs (helps)\nHR; Dean (oversees)"})

    assert told["owners"][0] == boss
    assert [(one["text"], one["role"]) for one in told["owners"][1:]] == [("HR", "lead"), ("Dean", "oversight")]


def test_rows_are_known_by_id_then_code_then_a_title_that_is_nearly_the_same() -> None:
    plan = known(
        {"code": "A1", "title": "Write role descriptors"},
        {"code": "A2", "title": "Hold a yearly event"},
        {"title": "Map the routes into technical careers"},
    )
    rows = [
        Row("c-0", 2, {"title": "Write role descriptors anew", "code": "A9"}),
        Row("", 3, {"title": "Hold two yearly events", "code": "a2"}),
        Row("", 4, {"title": "Map the routes into technical career", "code": ""}),
        Row("", 5, {"title": "Something else altogether", "code": "A7"}),
    ]  # fmt: skip

    found = compare(plan, rows, ["title", "code"])

    assert [(one.known.pk, one.because) for one in found.changed] == [
        (0, ""), (1, "known by its code"), (2, "known by its title, which is nearly the same")
    ]  # fmt: skip
    assert [one.row.number for one in found.added] == [5]
    assert found.gone == []


def test_a_copied_row_is_a_new_action() -> None:
    plan = known({"code": "A1"})
    row = Row("c-0", 2, {"code": "A1", "title": "Write role descriptors"})

    found = compare(
        plan, [row, Row("c-0", 3, {**row.cells, "title": "Write role descriptors for IT"})], ["code", "title"]
    )

    assert (found.same, [one.row.number for one in found.added]) == (1, [3])


def test_a_column_that_the_file_lacks_empties_nothing() -> None:
    plan = known({"how": "By a working group", "comments": "Begun"})

    assert compare(plan, [Row("c-0", 2, {"title": "Write role descriptors"})], ["title"]).changed == []


def test_what_the_file_did_not_follow_is_no_change() -> None:
    plan = known({"title": "As changed in the plan since"})
    rows = [Row("c-0", 2, {"title": "As it was taken out"})]

    assert compare(plan, rows, ["title"], base={"c-0": {"title": "As it was taken out"}}).changed == []


def test_only_a_whole_sheet_says_what_is_gone() -> None:
    plan = known({"title": "Here and there"}, {"title": "Only here"})
    rows = [Row("c-0", 2, {"title": "Here and there"})]

    assert [one.pk for one in compare(plan, rows, ["title"]).gone] == [1]
    assert compare(plan, rows, ["title"], whole=False).gone == ()


def test_a_column_for_a_past_period_becomes_an_update() -> None:
    plan = known({"updates": [{"period": "Q1 2026", "status": None, "rag": "green", "text": "Begun"}]})
    head, row = table_of(MARK, [(one.id, one.data) for one in plan])
    assert (head[-2], row[-2]) == ("Update: Q1 2026", "Green. Begun")
    book = openpyxl.load_workbook(io.BytesIO(WRITERS[".xlsx"]([(one.id, one.data) for one in plan])))
    book["Actions"].cell(row=1, column=len(head) + 1, value="Update: Q2 2026")
    book["Actions"].cell(row=2, column=len(head) + 1, value="In progress. Amber. Two of four written")
    saved = io.BytesIO()
    book.save(saved)

    sheet = read_sheet("plan.xlsx", saved.getvalue())
    assert sheet is not None
    (one,) = compare(plan, sheet.rows, sheet.columns).changed
    data = data_with(one.known.data, one.fields)

    assert data["updates"] == [
        {"period": "Q1 2026", "status": None, "rag": "green", "text": "Begun"},
        {"period": "Q2 2026", "status": "in_progress", "rag": "amber", "text": "Two of four written"},
    ]


def test_words_that_are_no_marks_stay_words() -> None:
    assert update_of("Q1", "Green light from HR. All well") == {"period": "Q1", "status": None, "rag": None, "text": "Green light from HR. All well"}  # fmt: skip


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv", "plan.docx"])
def test_any_other_file_is_no_sheet_of_ours(name: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Action", "Lead"])
    content = io.BytesIO()
    book.save(content)

    assert read_sheet(name, content.getvalue() if name.endswith("x") else b"Action,Lead\nWrite,HR\n") is None
