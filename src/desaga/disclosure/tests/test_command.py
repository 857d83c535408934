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


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "soon"])
def test_a_time_is_a_number_of_seconds(run, seconds, capsys):
    with pytest.raises(SystemExit) as ended:
        run("x,A\nr,3\n", "--policy", "public", "--seconds", seconds)
    assert ended.value.code == 2
    assert "is no number of seconds from 0 up" in capsys.readouterr().err


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


def test_audit_says_what_is_left_to_whoever_knows_that_no_zero_is_hidden(run):
    text = "x,A,B,Total\nr1,..,..,2\nr2,..,..,34\nTotal,3,33,36\n"
    code, out, _ = run(text, "--policy", "custom", "--protection", "1", "--audit", "--json")
    found = json.loads(out)["hidden"]
    assert code == 0
    assert [one["least"] for one in found] == [0, 0, 1, 31]
    assert [(one["least_if_not_zero"], one["most_if_not_zero"]) for one in found] == [(1, 1), (1, 1), (2, 2), (32, 32)]
    _, out, _ = run(text, "--protection", "1", "--audit")
    assert out.splitlines()[1].split() == "r1, A 0 2 1 to 1 known where no zero is hidden".split()
    _, out, _ = run("x,A,B,Total\nr1,..,10,13\nr2,9,12,21\nTotal,12,22,34\n", "--audit", "--json")
    assert "least_if_not_zero" not in json.loads(out)["hidden"][0]
    # Others hide zeros too: then there is no such reader.
    _, out, _ = run("x,A,B,Total\nr1,..,..,1\nr2,5,7,12\nTotal,..,..,13\n", "--audit", "--json")
    assert "least_if_not_zero" not in json.loads(out)["hidden"][0]


@pytest.mark.parametrize("name", ["All staff", "Overall", "Row total", "Sum", "Gesamt", "everybody here"])
def test_what_adds_up_the_others_is_a_margin_whatever_it_is_called(run, name):
    plain = run("x,A,B\nr1,3,10\nr2,9,12\nr3,30,4\n", "--policy", "custom", "--json")
    text = f"x,A,B,{name}\nr1,3,10,13\nr2,9,12,21\nr3,30,4,34\n{name},42,26,68\n"
    code, out, err = run(text, "--policy", "custom", "--json")
    assert (code, out) == plain[:2]
    if name in ("Gesamt", "everybody here"):
        assert err == (
            f"The last column, “{name}”, is the sum of the others in every row and is taken for their total. If it is not, say --no-totals.\n"
            f"The last row, “{name}”, is the sum of the others in every column and is taken for their total. If it is not, say --no-totals.\n"
        )  # fmt: skip
    assert json.loads(run(text, "--policy", "custom", "--json", "--no-totals")[1])["columns"] == ["A", "B", name]


def test_what_adds_up_in_no_line_or_in_some_is_counted_as_any(run):
    for text in (
        "x,A,B,C\nr1,3,10,13\nr2,9,12,20\n",
        "x,A,B\nr1,7,7\nr2,9,9\n",
        "x,A,B,C\nr1,0,0,0\nr2,0,0,0\n",
    ):
        code, out, err = run(text, "--policy", "custom", "--json")
        assert (code, err, json.loads(out)["columns"][-1]) == (0, "", text[text.index("\n") - 1])


@pytest.mark.parametrize("text", ["x,A,B,C\nr1,1,2,3\n", "x,A,B,C\nr1,3,10,13\nr2,9,12,21\n"])
def test_what_adds_up_by_chance_is_counted_and_said(run, text):
    code, out, err = run(text, "--policy", "custom", "--json")
    assert (code, json.loads(out)["columns"]) == (0, ["A", "B", "C"])
    assert (
        err
        == "The last column, “C”, is the sum of the others in every row and is counted as any other. If it is their total, call it Total.\n"
    )


def test_a_column_that_adds_up_in_many_rows_is_their_total(run):
    text = "x,A,B,Gesamt\n" + "".join(f"r{n},{n},{2 * n + 3},{3 * n + 3}\n" for n in range(1, 6))
    code, out, err = run(text, "--policy", "custom", "--json")
    assert (code, json.loads(out)["columns"], "is taken for their total" in err) == (0, ["A", "B"], True)


def test_the_audit_takes_a_margin_of_another_name_for_one(run):
    text = "x,A,B,Gesamt\nr1,..,10,13\nr2,9,12,21\nGesamt,12,22,34\n"
    code, out, err = run(text, "--audit", "--json")
    assert (code, json.loads(out)["hidden"][0]["most"], err.count("is taken for their total")) == (1, 3, 2)


@pytest.mark.parametrize("mark", ["NA", "n/a", "", "(c)", "[low]", "*", "x", "..", "nan", "#", "1 240"])
def test_under_audit_whatever_is_no_number_is_hidden(run, mark):
    code, out, err = run(f"x,A,B,Total\nr1,{mark},10,13\nr2,9,12,21\nTotal,12,22,34\n", "--audit", "--json")
    assert (code, json.loads(out)["hidden"][0]["most"]) == (1, 3)
    usual = mark in ("*", "x", "..", "")
    assert err == ("" if usual else f"Taken for hidden: “{mark}”.\n")


@pytest.mark.parametrize(
    ("mark", "interval"),
    [
        ("1-4", ["1", "4"]), ("1–4", ["1", "4"]), ("[1 to 4]", ["1", "4"]), ("0 to 4", ["0", "4"]), ("<5", ["0", "4"]),
        ("≤4", ["0", "4"]), ("4 or fewer", ["0", "4"]), ("≥ 3", ["3", "no"]), ("3+", ["3", "no"]), ("> 3", ["4", "no"]), ("more than 3", ["4", "no"]),
    ],
)  # fmt: skip
def test_marks_that_are_bounds_are_read_as_bounds(run, mark, interval):
    code, out, err = run(MARKED.format(mark, "..", "..", ".."), "--audit")
    assert (code, err) == (0, "")
    assert next(line for line in out.splitlines() if line.startswith("r1, A")).split()[2:4] == interval


def test_bounds_that_bind_others_tell_them(run):
    code, out, _ = run("x,A,B,Total\nr1,1-4,..,13\nr2,9,12,21\nTotal,..,..,34\n", "--audit", "--json")
    assert (code, [(one["least"], one["most"]) for one in json.loads(out)["hidden"][:2]]) == (0, [(1, 4), (9, 12)])


@pytest.mark.parametrize("policy", [["custom"], ["internal"], ["custom", "--base", "3"]])
def test_what_is_printed_as_json_is_read_by_the_audit(run, policy):
    options = ["--policy", *policy]
    as_csv = run(run(SMALL, *options, "--csv")[1], *options, "--audit", "--json")
    as_json = run(run(SMALL, *options, "--json")[1], *options, "--audit", "--json")
    assert as_json == as_csv
    assert as_json[0] == 0


@pytest.mark.parametrize("text", ["{", '{"hidden": []}', '{"rows": ["a"], "columns": ["x"], "cells": [[3]]}', '{"rows": ["a"], "columns": ["x"], "cells": [], "row_totals": [], "column_totals": [], "total": {}}'])  # fmt: skip
def test_json_that_is_no_table_is_answered_in_a_sentence(run, text):
    code, out, err = run(text, "--audit")
    assert (code, out, err) == (1, "", "This JSON is not a table as --json prints it.\n")
    code, out, err = run(text, "--policy", "custom")
    assert (code, out, err) == (1, "", "This is JSON, which is only read with --audit. A table to protect is a CSV.\n")


def test_the_policy_is_custom_unless_said_for_an_audit_alone(run):
    text = "x,A,B,Total\nr1,..,..,13\nr2,..,..,21\nTotal,12,22,34\n"
    assert run(text, "--audit") == run(text, "--audit", "--policy", "custom")
    with pytest.raises(SystemExit) as left:
        run(SMALL)
    assert left.value.code == 2


def test_a_hidden_figure_that_is_known_is_found_however_large_it_is(run):
    code, out, _ = run("x,A,B,Total\nr1,..,10,310\nr2,9,12,21\nTotal,309,22,331\n", "--audit", "--json")
    assert (code, json.loads(out)["too_narrow"]) == (1, 1)
