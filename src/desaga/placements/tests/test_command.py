import io
import json
import subprocess
import sys

import pytest

from desaga.placements.assigning.command import MOST_BYTES, main

SMALL = {
    "applications": [{"id": "A1", "organisation": "Ashlar"}, {"id": "A2", "organisation": "Birchfield"}],
    "reviewers": [
        {"id": "Ada", "organisation": "Ashlar", "max": 2},
        {"id": "Ben", "organisation": "Birchfield", "max": 1},
        {"id": "Cai", "organisation": "Birchfield", "max": None},
    ],
    "per_application": 2,
    "conflicts": [["A1", "Ada"]],
    "affinity": {"A1": {"Ben": 2, "Cai": 1}, "A2": {"Ada": 3, "Cai": 0.5}},
    "spread": 1,
}


@pytest.fixture
def run(tmp_path, capsys):
    def runs(data, *options):
        path = tmp_path / "panel.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        code = main([str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return runs


def but(**others):
    return {**SMALL, **others}


def test_json_has_what_is_promised_and_no_more(run):
    code, out, err = run(SMALL, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "pairs": [["A1", "Ben"], ["A1", "Cai"], ["A2", "Ada"], ["A2", "Cai"]],
        "affinity": 6.5,
        "bound": 6.5,
        "loads": {"Ada": 1, "Ben": 1, "Cai": 2},
        "impossible": [],
    }


def test_json_stands_alone_on_standard_output_and_needs_no_django():
    code = "import sys; import desaga.cli as cli; cli.main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    words = [sys.executable, "-c", code, "assign-panel", "-", "--json"]
    done = subprocess.run(words, input=json.dumps(SMALL).encode(), capture_output=True, check=True)
    assert json.loads(done.stdout)["affinity"] == 6.5
    assert done.stderr == b""


def test_people_read_who_reads_what_and_why(run):
    names = [{"id": 7, "name": "Ada Quill"}, {"id": 8, "name": "Ben Oyelaran", "max": 0}]
    question = {
        "applications": [{"id": 1, "name": "Lasers in Lund"}, {"id": 2}],
        "reviewers": names,
        "per_application": 1,
    }
    assert run({**question, "conflicts": [[2, 7]], "kept": [[1, 7]]})[1] == (
        "Lasers in Lund\n"
        "  Ada Quill: Kept as it was made by hand.\n"
        "2\n"
        "  Too few. It has 0 of 1 reviewers; everybody else without a conflict is at their max: Ben Oyelaran (0).\n"
        "\n"
        "Loads: Ada Quill 1, Ben Oyelaran 0.\n"
        "1 of 2 applications has too few reviewers.\n"
        "Affinity 0; no panel that is as full, as fair in what is missing and as even has more.\n"
    )  # fmt: skip


def test_ids_that_were_numbers_are_numbers_again(run):
    question = {
        "applications": [{"id": 1}],
        "reviewers": [{"id": 7}],
        "per_application": 2,
        "affinity": {"1": {"7": 3}},
    }
    found = json.loads(run(question, "--json")[1])
    assert (found["pairs"], found["loads"], found["affinity"]) == ([[1, 7]], {"7": 1}, 3)
    assert found["impossible"] == [{"application": 1, "because": "It has 1 of 2 reviewers; there are only 1."}]


def test_without_time_it_says_what_is_open(run):
    code, out, _ = run(SMALL, "--seconds", "0")
    assert code == 0
    assert out.splitlines()[-1] == "Not proven: most seats filled, loads even, most affinity."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is not JSON: line 1, column 1. Expecting value."),
        (b"{]", "This is not JSON: line 1, column 2."),
        (b"\xff", "is not text in UTF-8"),
        (b"[]", "The file must be an object"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"spread": 1' + b"0" * 5000 + b"}", "a number that is too long"),
        (b'{"spread": NaN}', "NaN is not a number that can be reckoned with"),
        (b'{"affinity": {"A1": {}, "A1": {}}}', "The key A1 occurs twice in one object"),
        ({}, 'applications is missing. List them, each as {"id": …'),
        (but(conflict=[]), "The file has a key that is not known: conflict. Known are affinity, applications"),
        (but(reviewers=[{"id": "Ada", "maximum": 2}]), "reviewers, number 1 has a key that is not known: maximum"),
        (but(applications={}), "applications must be a list"),
        (but(applications=["A1"]), "applications, number 1 must be an object"),
        (but(applications=[{}]), "applications, number 1, id: this must be text"),
        (but(applications=[{"id": 1}, {"id": "1"}]), "The id 1 occurs more than once among the applications"),
        (but(applications=[{"id": "\ud800"}]), "holds half a character"),
        (but(conflicts=[["A1"]]), "conflicts, number 1, must be a list of two ids"),
        (but(conflicts=[["Ada", "A1"]]), "conflicts names the application Ada, which is not among"),
        (but(affinity={"A1": 3}), "affinity of A1 must be an object"),
        (but(affinity={"A1": {"Ada": "3"}}), "The affinity of application A1 and reviewer Ada must be a number"),
        (but(affinity={"A1": {"Ada": 1e308}}), "must be a number between"),
        (but(per_application="2"), "per_application must be a whole number"),
        (but(reviewers=[]), "There are no reviewers. List at least one"),
        (but(kept=[["A1", "Ada"]]), "Reviewer Ada is kept for application A1, but has a conflict with it."),
        (but(kept=[["\x1b[2J", "Ada"]]), "kept names the application �[2J, which"),
    ],
)
def test_bad_files_are_answered_in_a_sentence(run, data, said):
    code, out, err = run(data)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_or_too_large(tmp_path, capsys, monkeypatch):
    assert main([str(tmp_path / "none.json")]) == 1
    assert "none.json cannot be read: No such file or directory." in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b" " * (MOST_BYTES + 1))))
    assert main(["-"]) == 1
    assert capsys.readouterr().err == "- is larger than 64 MB, more than any panel needs.\n"


@pytest.mark.parametrize("words", [[], ["-", "--seconds", "-1"], ["-", "--seconds", "nan"], ["-", "--xml"]])
def test_wrong_usage_is_2(words):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
