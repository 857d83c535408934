"""Delimited values."""

from __future__ import annotations

from pathlib import Path

import pytest

from desaga.documents.tests.files import cells_of, grids_of, kinds_of, read_bytes


@pytest.mark.parametrize(
    ("name", "text", "rows", "format_"),
    [
        ("a.csv", "A,B\n1,2\n", [["A", "B"], ["1", "2"]], "csv"),
        ("a.csv", "A;B\n1,5;2,5\n3,5;4\n", [["A", "B"], ["1,5", "2,5"], ["3,5", "4"]], "csv"),
        ("a.csv", "A\tB\n1, x\t2, y\n", [["A", "B"], ["1, x", "2, y"]], "tsv"),
        ("a.csv", "A|B\n1|2\n", [["A", "B"], ["1", "2"]], "csv"),
        ("a.csv", "sep=;\nA;B\n1;2", [["A", "B"], ["1", "2"]], "csv"),
        ("a.csv", '"A","B"\n"two\r\nlines","say ""so"""\n', [["A", "B"], ["two\nlines", 'say "so"']], "csv"),
        (
            "a.csv",
            "Plan, 2024\nA,B,C\n1,2,3\n4,5,6\n",
            [["Plan", "2024", ""], ["A", "B", "C"], ["1", "2", "3"], ["4", "5", "6"]],
            "csv",
        ),
        ("a.csv", 'A,B\n5" nail,x\n', [["A", "B"], ['5" nail', "x"]], "csv"),
        ("a.csv", "\ufeffA,B\n1,2\n,,\n", [["A", "B"], ["1", "2"]], "csv"),
        ("a.tsv", "A\tB\n\n1\t2\n", [["A", "B"], ["", ""], ["1", "2"]], "tsv"),
        ("a.csv", "Only\nOne\n", [["Only"], ["One"]], "csv"),
    ],
)
def test_values_are_read_whatever_parts_them(
    tmp_path: Path, name: str, text: str, rows: list[list[str]], format_: str
) -> None:
    document = read_bytes(tmp_path, name, text)

    assert cells_of(grids_of(document)[0]) == rows
    assert document.format == format_


def test_a_row_knows_the_line_on_which_it_begins(tmp_path: Path) -> None:
    grid = grids_of(read_bytes(tmp_path, "a.csv", 'A,B\n"x\ny",1\nlast,2\n'))[0]

    assert [row.source.row for row in grid.rows] == [1, 2, 4]


def test_ragged_rows_are_padded_and_said(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.csv", "A,B,C\n1\n1,2,3\n")

    assert cells_of(grids_of(document)[0]) == [["A", "B", "C"], ["1", "", ""], ["1", "2", "3"]]
    assert kinds_of(document) == ["ragged_rows"]


TABLE = 'Plan of a trust\nID,Action,Lead\nA1,"Print panels, hang them",Estates\nA2,Open a workshop,TL\nA3,Survey,HR\n'


@pytest.mark.parametrize("name", ["plan", "plan.xlsx", "plan.pdf", "plan.txt"])
def test_values_between_commas_are_known_whatever_the_name(tmp_path: Path, name: str) -> None:
    document = read_bytes(tmp_path, name, TABLE)

    assert document.format == "csv"
    assert cells_of(grids_of(document)[0])[2] == ["A1", "Print panels, hang them", "Estates"]


@pytest.mark.parametrize(
    "text",
    [
        "First, we met, and ate.\nThen, we slept, and woke.\nLast, we left, and wept.\n",
        "Lead: HR; TL; Estates\nSupport: A; B; C\nOther: D; E; F\n",
        "One, two\nThree, four\n",
        "Technicians are seen.\nThey are heard.\n",
    ],
)
def test_prose_and_lists_are_no_delimited_values(tmp_path: Path, text: str) -> None:
    assert read_bytes(tmp_path, "a.txt", text).format == "txt"
