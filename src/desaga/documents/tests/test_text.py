"""Plain text: lines, tabs, bars, aligned columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from desaga.documents.tests.files import cells_of, grids_of, lines_of, read_bytes


@pytest.mark.parametrize(
    ("line", "kind", "level", "marker", "text"),
    [
        ("## Abbreviations:", "heading", 2, None, "Abbreviations:"),
        ("# Closed #", "heading", 1, None, "Closed"),
        ("#hashtag", "paragraph", 0, None, "#hashtag"),
        ("- TG Technical Group", "item", 1, "-", "TG Technical Group"),
        ("  • Help employers", "item", 1, "•", "Help employers"),
        ("•No space after it", "item", 1, "•", "No space after it"),
        ("– Dash", "item", 1, "–", "Dash"),
        ("o Word's second bullet", "item", 1, "o", "Word's second bullet"),
        ("1. First", "item", 1, "1.", "First"),
        ("12) Twelfth", "item", 1, "12)", "Twelfth"),
        ("a) Letter", "item", 1, "a)", "Letter"),
        ("(iv) Roman", "item", 1, "(iv)", "Roman"),
        ("•\tTab behind the bullet", "item", 1, "•", "Tab behind the bullet"),
        ("2024 was a good year", "paragraph", 0, None, "2024 was a good year"),
        ("1.2 A code, not a list", "paragraph", 0, None, "1.2 A code, not a list"),
        ("(P1) Phase 1", "paragraph", 0, None, "(P1) Phase 1"),
        ("or nothing", "paragraph", 0, None, "or nothing"),
        ("e.g. this", "paragraph", 0, None, "e.g. this"),
        ("A | B", "paragraph", 0, None, "A | B"),
    ],
)
def test_a_line_is_told_apart(tmp_path: Path, line: str, kind: str, level: int, marker: str | None, text: str) -> None:
    found = lines_of(read_bytes(tmp_path, "a.txt", line))

    assert [(block.kind, block.level, block.marker, block.text) for block in found] == [(kind, level, marker, text)]


def test_items_are_nested_by_indentation(tmp_path: Path) -> None:
    found = lines_of(read_bytes(tmp_path, "a.txt", "- one\n  - two\n    - three\n- four\n\n\t- deep\nplain\n  - again"))

    assert [block.level for block in found] == [1, 2, 3, 1, 2, 0, 1]


def test_lines_keep_number_page_and_blank_lines_above(tmp_path: Path) -> None:
    found = lines_of(read_bytes(tmp_path, "a.txt", "one\r\n\r\n\r\ntwo\fthree\rfour"))

    places = [(block.text, block.source.row, block.source.page, block.blank_before) for block in found]
    assert places == [("one", 1, 1, 0), ("two", 4, 1, 2), ("three", 4, 2, 0), ("four", 5, 2, 0)]


def test_underlined_lines_are_headings(tmp_path: Path) -> None:
    found = lines_of(read_bytes(tmp_path, "a.txt", "Action plan\n===========\n\nVisibility\n----------\ntext\n-----\n"))

    assert [(block.text, block.kind, block.level) for block in found] == [
        ("Action plan", "heading", 1),
        ("Visibility", "heading", 2),
        ("text", "heading", 2),
    ]


def test_tabbed_lines_are_one_grid_padded(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", "Activity\tLead\tWhen\nVisibility\t\t\nPosters\tJA/MD\nTail\n\tP2\tx\n")

    assert [cells_of(grid) for grid in grids_of(document)] == [
        [["Activity", "Lead", "When"], ["Visibility", "", ""], ["Posters", "JA/MD", ""]],
        [["", "P2", "x"]],
    ]
    assert [block.text for block in lines_of(document)] == ["Tail"]
    assert grids_of(document)[0].rows[1].source.row == 2
    assert grids_of(document)[0].rows[1].cells[1].source.column == 2


def test_rows_indented_by_a_tab_belong_to_the_rows_below(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", "\tRecommendations\n\tEmployers should\nR3\tCollect\n\tFor example\n")

    assert cells_of(grids_of(document)[0]) == [
        ["", "Recommendations"],
        ["", "Employers should"],
        ["R3", "Collect"],
        ["", "For example"],
    ]


def test_indented_prose_is_no_grid(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", "Pillar\n\tFirst\n\tSecond\n")

    assert grids_of(document) == []
    assert [block.text for block in lines_of(document)] == ["Pillar", "First", "Second"]


@pytest.mark.parametrize("gap", ["\n", "\n\n\n"])
def test_one_empty_line_does_not_end_a_grid_but_more_do(tmp_path: Path, gap: str) -> None:
    document = read_bytes(tmp_path, "a.txt", f"a\tb\n{gap}c\td\n")

    assert len(grids_of(document)) == (1 if gap == "\n" else 2)


def test_a_quoted_cell_with_line_breaks_stays_one_cell(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", 'Action\tOwner\tWhen\nDo\t"PSO\nHR ""lead"""\tMar-25\nSay "so"\tx\ty\n')

    assert cells_of(grids_of(document)[0]) == [
        ["Action", "Owner", "When"],
        ["Do", 'PSO\nHR "lead"', "Mar-25"],
        ['Say "so"', "x", "y"],
    ]


@pytest.mark.parametrize(
    ("text", "rows", "header"),
    [
        ("| A | B |\n|---|:-:|\n| 1 | 2 |", [["A", "B"], ["1", "2"]], True),
        ("A | B\n--- | ---\n1 | 2 \\| 3", [["A", "B"], ["1", "2 | 3"]], True),
        ("| A | B |\n| 1 | 2 |", [["A", "B"], ["1", "2"]], False),
        ("A | B | C\n1 | 2 | 3\n4 | | 6", [["A", "B", "C"], ["1", "2", "3"], ["4", "", "6"]], False),
        ("+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n| x |   |\n+---+---+", [["A", "B"], ["1\nx", "2"]], True),
    ],
)
def test_bars_draw_grids(tmp_path: Path, text: str, rows: list[list[str]], header: bool) -> None:
    grid = grids_of(read_bytes(tmp_path, "a.txt", f"Before\n\n{text}\n\nAfter"))[0]

    assert cells_of(grid) == rows
    assert [row.header for row in grid.rows] == [header] + [False] * (len(rows) - 1)


def test_aligned_columns_are_an_unruled_grid(tmp_path: Path) -> None:
    text = (
        "Some words before it.\n\n"
        "Action                    Owner      When\n"
        "------------------------  ---------  -------\n"
        "Publish the case studies  PSO        Mar-25\n"
        "  on the intranet\n"
        "Repeat the survey         TSM; HR    Ongoing\n"
        "Visit schools             TCWG\n\nAfter.\n"
    )
    grid = grids_of(read_bytes(tmp_path, "a.txt", text))[0]

    assert not grid.ruled
    assert cells_of(grid) == [
        ["Action", "Owner", "When"],
        ["Publish the case studies\non the intranet", "PSO", "Mar-25"],
        ["Repeat the survey", "TSM; HR", "Ongoing"],
        ["Visit schools", "TCWG", ""],
    ]


def test_prose_with_double_spaces_is_no_grid(tmp_path: Path) -> None:
    text = (
        "We did this.  Then that happened.\nIt was long ago.  Nobody knows why.\nAll went well.  The end is near now.\n"
    )

    assert grids_of(read_bytes(tmp_path, "a.txt", text)) == []


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str, named: str | None) -> None:
    text = "The technician’s award – £500 for “visibility” at café level\nNext line"
    document = read_bytes(tmp_path, "a.txt", text.encode(encoding))

    assert [block.text for block in lines_of(document)] == text.split("\n")
    assert (
        [named] == [None] if not document.notices else [named in notice.message for notice in document.notices if named]
    )


def test_stray_bytes_in_utf8_are_mended(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", "Café – déjà vu ".encode() + b"\x92quoted\x92")

    assert lines_of(document)[0].text == "Café – déjà vu ’quoted’"
    assert [notice.kind for notice in document.notices] == ["encoding_guessed"]
