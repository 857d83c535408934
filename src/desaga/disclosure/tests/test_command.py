import json
import os
import subprocess
import sys

import pytest

from desaga.disclosure.command import main

SMALL = "unit,A,B,C\nr1,3,10,20\nr2,9,12,0\nr3,30,4,11\n"


@pytest.fixture
def run(tmp_path, capsys):
    def runs(text, *options):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        code = main([str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return runs


def test_json_has_what_is_promised(run):
    code, out, _ = run(SMALL, "--policy", "custom", "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == [
        "rows", "columns", "cells", "row_totals", "column_totals", "total", "primary", "secondary", "information_lost", "gap",
    ]  # fmt: skip
    assert [[cell["value"] for cell in row] for row in found["cells"]] == [
        [None, None, 20],
        [9, 12, 0],
        [None, None, 11],
    ]
    assert found["cells"][1][2] == {"kind": "zero", "value": 0}
    assert [cell["value"] for cell in found["row_totals"]] == [33, 21, 45]
    assert (found["total"], found["primary"], found["secondary"]) == ({"kind": "value", "value": 99}, 2, 2)
    assert (found["information_lost"], found["gap"]) == (40, 0)


def test_json_stands_alone_on_standard_output(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(SMALL)
    words = [sys.executable, "-m", "desaga.cli", "protect-table", str(path), "--policy", "custom", "--json"]
    done = subprocess.run(words, capture_output=True, check=True, env={**os.environ})
    assert json.loads(done.stdout)["secondary"] == 2


def test_people_read_a_table_and_the_policy(run):
    assert run("\ufeffx;A;Total\r\nr1;12;12\r\nr2;2;2\r\nTotal;14;14\r\n", "--policy", "public")[1] == (
        "        A  Total\n"
        "r1     10     10\n"
        "r2      0      0\n"
        "Total  15     15\n"
        "\nRounded to the nearest 5.\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("x,A\n", "at least one count"),
        ("x,A\nr1,many\n", "Row 2 (r1), column 2 (A) is not a number: “many”"),
        ("x,A\nr1,-3\n", "Row 2 (r1), column 2 (A) is negative"),
        ("x,A\nr1,2.5\n", "Row 2 (r1), column 2 (A) is not whole"),
        ("x,A\nr1,\n", "Row 2 (r1), column 2 (A) is empty"),
        ("x,A\nr1,inf\n", "is not a count of people"),
        ("x,A,B\nr1,1\n", "Row 2 has 2 columns, the first row has 3"),
        ("x,A,Total\nr1,1,2\n", "The total of row 2 (r1) says 2, its counts add up to 1"),
        (b"x,A\nr\xff,1\n", "is not text in UTF-8"),
    ],
)
def test_bad_files_are_answered_in_a_sentence(run, text, said):
    code, out, err = run(text, "--policy", "public")
    assert (code, out) == (1, "")
    assert said in err


def test_contradictory_wishes_are_wrong_usage(run):
    for wrong in (
        ["public", "--threshold", "5"],
        ["public", "--base", "3"],
        ["internal", "--threshold", "7"],
        ["custom", "--base", "0"],
        ["custom", "--json", "--csv"],
        ["custom", "--audit", "--csv"],
    ):
        with pytest.raises(SystemExit) as left:
            run(SMALL, "--policy", *wrong)
        assert left.value.code == 2


def test_the_internal_policy_takes_its_threshold_and_what_else_is_said(run):
    def told(*options):
        return json.loads(run(SMALL, "--policy", "internal", *options, "--json")[1])

    assert [told("--threshold", threshold)["primary"] for threshold in ("5", "10")] == [2, 3]
    assert told("--base", "1")["column_totals"] == told_of_custom(run, "--base", "1")["column_totals"]
    assert told("--protection", "2") == told_of_custom(run, "--base", "5", "--protection", "2")


def told_of_custom(run, *options):
    return json.loads(run(SMALL, "--policy", "custom", *options, "--json")[1])


@pytest.mark.parametrize(
    "policy",
    [
        ["custom"],
        ["internal"],
        ["internal", "--threshold", "10"],
        ["internal", "--base", "3"],
        ["custom", "--base", "5"],
    ],
)
def test_what_is_printed_as_csv_is_read_by_the_audit_and_found_safe(run, policy):
    text = SMALL + '"r4, and others",1203,14,1\n'
    code, out, _ = run(text, "--policy", *policy, "--csv")
    assert (code, out.splitlines()[0]) == (0, ",A,B,C,Total")
    code, audited, err = run(out, "--policy", *policy, "--audit", "--json")
    assert (code, err, json.loads(audited)["too_narrow"]) == (0, "", 0)
    assert len(json.loads(audited)["hidden"]) == out.count("..")
    json_cells = json.loads(run(text, "--policy", *policy, "--json")[1])["cells"]
    assert [row.rsplit(",", 4)[1:4] for row in out.splitlines()[1:-1]] == [
        [".." if cell["value"] is None else str(cell["value"]) for cell in row] for row in json_cells
    ]


def test_a_first_line_that_names_the_separator_is_no_row(run):
    code, out, _ = run("sep=;\r\nx;A, B;C\r\nr1;12;7\r\n", "--policy", "custom")
    assert (code, out.splitlines()[:2]) == (0, ["       A, B  C  Total", "r1       12  7     19"])


@pytest.mark.parametrize("text", ["x,A,B\nTotal,12,7\n", "x,Total\nr1,12\nr2,7\n"])
def test_a_total_that_stands_alone_is_a_figure_as_any(run, text):
    code, out, err = run(text, "--policy", "custom")
    assert (code, err, "19" in out) == (0, "", True)


MARKED = "unit,A,B,Total\nr1,{},30,{}\nr2,40,50,90\nTotal,{},80,{}\n"


@pytest.mark.parametrize(
    ("mark", "totals", "code", "interval"),
    [
        ("<5", ("..", "..", ".."), 0, ["0", "4"]),
        ("≤ 4", ("..", "..", ".."), 0, ["0", "4"]),
        ("fewer than 5", ("..", "..", ".."), 0, ["0", "4"]),
        ("<5", ("33", "43", "123"), 1, ["3", "3"]),
        ("*", ("..", "..", ".."), 0, ["0", "no"]),
    ],
)
def test_a_mark_that_says_how_much_is_behind_it_is_read_by_the_audit(run, mark, totals, code, interval):
    found, out, err = run(MARKED.format(mark, *totals), "--audit", "--policy", "custom")
    assert (found, err) == (code, "")
    assert next(line for line in out.splitlines() if line.startswith("r1, A")).split()[2:4] == interval


def test_audit_prints_the_intervals_and_ends_with_1_where_one_is_too_narrow(run):
    code, out, _ = run(
        "x,A,B,Total\nr1,..,10,13\nr2,*,c,21\nTotal,12,22,34\n", "--policy", "custom", "--audit", "--json"
    )
    assert code == 1
    assert json.loads(out)["hidden"][0] == {"row": "r1", "column": "A", "least": 3, "most": 3, "too_narrow": True}
    code, out, _ = run("x,A,B,Total\nr1,..,..,33\nr2,..,..,34\nTotal,39,28,67\n", "--policy", "custom", "--audit")
    assert (code, out.splitlines()[-1]) == (0, "4 figures are hidden; 0 of them can be inferred too well.")
    code, _, err = run("x,A,Total\nr1,..,3\nr2,5,9\nTotal,6,12\n", "--policy", "custom", "--audit")
    assert (code, "contradict" in err) == (1, True)
