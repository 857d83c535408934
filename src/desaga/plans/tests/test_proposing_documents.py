"""What a document states of frameworks is not heeded, and the command line says what it finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desaga.plans.proposing import ActionText, propose, shipped
from desaga.plans.proposing.command import FRAMEWORKS, main, suggestions_for
from desaga.plans.proposing.documents import action_texts
from desaga.plans.reading import read_plan

DEMO = Path(__file__).resolve().parents[2] / "home" / "demo"
WORKBOOK = DEMO / "wexcombe-action-plan-2025-2027.xlsx"
SEEDS = Path(os.environ.get("DESAGA_SEEDS") or Path(__file__).resolve().parents[4].parent / "shared" / "seeds")
PLAN = "leeds-action-plan-2024-2027.txt"


def plan_of(title: str, *, code: str | None = None, theme: str = "", how: str = "", **more: Any) -> dict[str, Any]:
    action = {"code": code, "theme": theme or None, "title": title, "how": how, "success": "", "alignments": []}
    themes = [{"code": None, "title": theme}] if theme else []
    return {"actions": [action | more], "themes": themes, "frameworks": []}


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Pay fees (R10)", "Pay fees ( )"),
        ("Pay fees. TALENT recommendation 10", "Pay fees."),
        ("Pay fees (TALENT Recommendations 10 and 12)", "Pay fees ( )"),
        ("N8-3: open days", ": open days"),
        ("Open days answer N8 pledge 3", "Open days answer"),
        ("Open days (Visibility; Recognition)", "Open days"),
        ("Open days. Pillars: Visibility, Recognition", "Open days."),
        ("Open days\nVisibility; R6", "Open days"),
        ("TC-4a Open days", "Open days"),
        ("Make technicians visible", "Make technicians visible"),
        ("Become a Science Council Employer Champion", "Become a Science Council Employer Champion"),
        ("Renew Athena Swan", "Renew Athena Swan"),
    ],
)
def test_what_a_title_states_is_left_out_and_the_rest_stays(title: str, kept: str) -> None:
    text = action_texts(plan_of(title, code="TC-4a"))[0].title

    assert " ".join(text.split()) == kept
    assert len(text) == len(title)


@pytest.mark.parametrize(
    ("theme", "kept"),
    [
        ("Visibility", ""),
        ("Theme 2: Recognition", ""),
        ("N8 Response 3", ""),
        ("TALENT R10", ""),
        ("Technical staff on decision-making committees and boards", ""),
        ("Everything that the university has promised to do for those who teach and help others to learn", ""),
        ("Our people grow", "Our people grow"),
    ],
)
def test_a_heading_is_heeded_only_where_it_is_no_statement_of_a_framework(theme: str, kept: str) -> None:
    assert action_texts(plan_of("Meet", theme=theme)) == [ActionText(title="Meet", heading=kept)]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_alignments_codes_and_pledges_of_a_plan_change_nothing(framework: str) -> None:
    plan = read_plan(WORKBOOK)
    found = suggestions_for(plan, framework)
    bare = json.loads(json.dumps(plan))
    for action in bare["actions"]:
        action.update(alignments=[], theme=None)
    bare.update(themes=[], frameworks=[])

    assert suggestions_for(bare, framework) == found
    assert any(action["alignments"] for action in plan["actions"])


def test_the_command_gives_json_for_any_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(WORKBOOK), "--framework", "talent", "--json"]) == 0

    actions = json.loads(capsys.readouterr().out)["actions"]
    plan = read_plan(WORKBOOK)
    assert [(one["code"], one["title"]) for one in actions] == [(one["code"], one["title"]) for one in plan["actions"]]
    best = {action["code"]: action["suggestions"][0]["code"] for action in actions if action["suggestions"]}
    assert {code: best[code] for code in ("SUS-2", "CAR-2", "EVI-4")} == {"SUS-2": "R7", "CAR-2": "R10", "EVI-4": "R12"}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_json_is_what_its_reference_says_best_first(framework: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(WORKBOOK), "--framework", framework, "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["actions"]
    assert len(told["actions"]) == 25
    assert {tuple(action) for action in told["actions"]} == {("code", "title", "suggestions")}
    proposed = [action["suggestions"] for action in told["actions"]]
    assert {tuple(one) for found in proposed for one in found} == {("code", "score", "because")}
    codes = {one.code for one in shipped(FRAMEWORKS[framework]).principles}
    for found in proposed:
        scores = [one["score"] for one in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({one["code"] for one in found} & codes) == len(found)
        assert all(one["because"] and all(isinstance(word, str) and word for word in one["because"]) for one in found)
    assert max(map(len, proposed)) > 1


#: Run as a program: no socket may be made, nor any name looked up, and what the command answers is worked out once more in this process.
WITHOUT_NETWORK = """
import contextlib, io, json, socket, sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise PermissionError(event)

sys.addaudithook(refuse)
for way in (socket.socket, lambda: socket.getaddrinfo("localhost", 80)):
    try:
        way()
    except PermissionError:
        continue
    sys.exit("Sockets are not refused.")
from desaga.cli import main
from desaga.plans.proposing.command import suggest_for_json
with contextlib.redirect_stdout(io.StringIO()) as said:
    ended = main(["suggest", sys.argv[1], "--framework", "talent", "--json"])
here = suggest_for_json({"path": sys.argv[1], "framework": "talent"})
sys.exit(ended or json.loads(said.getvalue()) != here or not here["actions"])
"""


def test_the_command_needs_no_database_and_no_network(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DESAGA_", "PG"))
    }
    environment |= {"DESAGA_VAR": str(tmp_path / "var"), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    done = subprocess.run([sys.executable, "-c", WITHOUT_NETWORK, str(WORKBOOK)], env=environment, cwd=tmp_path,
                          capture_output=True, text=True)  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    # No server of ours was started either, nor anything else written down.
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_a_list_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(WORKBOOK), "--framework", "pillars"]) == 0

    written = capsys.readouterr().out
    assert "Career Development  Ways to progress are clear and written down" in written
    assert "because of: " in written
    assert "25 actions. Suggestions only" in written


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "plan.docx"
    broken.write_bytes(b"PK\x03\x04 no archive")

    assert main([str(broken), "--framework", "talent", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "plan.docx" in told.err
    assert "Traceback" not in told.err


def test_a_document_without_a_plan_has_no_actions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague,\n\nthank you for your letter.\n", encoding="utf-8")

    assert main([str(letter), "--framework", "themes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"actions": []}


@pytest.mark.parametrize("words", [[], ["plan.docx"], ["plan.docx", "--framework", "zodiac"]])
def test_wrong_usage_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: desaga suggest" in capsys.readouterr().err


def test_the_command_needs_no_django() -> None:
    code = (
        "import sys\n"
        "from desaga.cli import main\n"
        "from desaga.plans.proposing.command import suggest_for_json\n"
        f"ended = main(['suggest', {str(WORKBOOK)!r}, '--framework', 'themes', '--json'])\n"
        f"suggest_for_json({{'path': {str(WORKBOOK)!r}, 'framework': 'pillars'}})\n"
        "sys.exit(ended or any(name.split('.')[0] == 'django' for name in sys.modules))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at DESAGA_SEEDS ({SEEDS})")
def test_a_real_plan_is_answered_from_its_words_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SEEDS / PLAN), "--framework", "talent", "--json"]) == 0

    actions = json.loads(capsys.readouterr().out)["actions"]
    plan = read_plan(SEEDS / PLAN)
    texts = action_texts(plan)
    assert [action["code"] for action in actions] == [action["code"] for action in plan["actions"]]
    assert not any(text.heading for text in texts)
    whole = ["\n".join((one["title"], one["how"], one["success"])) for one in plan["actions"]]
    for text, action in zip(whole, actions, strict=True):
        assert all(word in text for one in action["suggestions"] for word in one["because"])
    assert [[one.code for one in found] for found in propose(texts, shipped("talent"))] == [
        [one["code"] for one in action["suggestions"]] for action in actions
    ]
