"""Proposals: what they mean, what must hold of them, and the command."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..proposing import FRAMEWORKS, Example, principles_of, propose
from ..proposing.command import main
from ..proposing.proposing import several
from .factories import DEMO_DOCUMENTS

NAMES = sorted(FRAMEWORKS.values())
PLAN = DEMO_DOCUMENTS / "ashlar-action-plan-2025-2028.docx"


def best(title, framework="TALENT", **more):
    found = propose({"title": title, **more}, framework)
    return found[0].code if found else None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Take on four apprentices with the regional college", "R7"),
        ("Give everybody ten days a year for professional development", "R10"),
        ("Win a seat for technical staff on each school’s committee", "R12"),
        ("Name technical colleagues as authors and acknowledge their contributions", "R11"),
        ("Keep a succession plan for posts whose holders retire", "R1"),
        ("Count headcount and leavers in a Power BI dashboard", "R3"),
        ("Bring pupils into the workshops on open days", "R6"),
        ("Write job descriptions for a job family and a promotion route", "R9"),
        ("Put a specialist on each interview panel when vacancies are filled", "R8"),
        ("Cost technician time in grant proposals", "R5"),
        ("Answer the government’s consultation on skills policy", "R14"),
        ("Train everybody in equality, diversity and inclusion", "R4"),
    ],
)
def test_an_action_is_proposed_what_it_is_about(title, code):
    assert best(title) == code


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Save energy and carbon in the laboratories", "Theme 6"),
        ("Share equipment through one database", "Theme 7"),
        ("Start reverse mentoring with the executive", "Theme 10"),
        ("Support people who apply for professional registration", "Theme 15"),
        ("Offer mental health first aid", "Theme 26"),
    ],
)
def test_a_theme_is_proposed(title, theme):
    assert best(title, "Sector themes") == theme


def test_several_pillars_may_be_near_the_best():
    found = propose({"title": "Nominate for awards and publish their profiles on the website"}, "Technician Commitment")
    assert set(several(found)) == {"Recognition", "Visibility"}


def test_nothing_is_proposed_where_nothing_speaks_for_it():
    assert propose({"title": "Do it."}, "TALENT") == []
    assert propose({}, "TALENT") == []


texts = st.fixed_dictionaries(
    {
        part: st.text(max_size=200) | st.sampled_from(["Nominate for awards", "Ask apprentices", "ten CPD days"])
        for part in ("title", "how", "success")
    }
)


@given(texts, st.sampled_from(NAMES))
def test_scores_lie_between_0_and_1_best_first_and_the_words_stand_in_the_action(told, framework):
    found = propose(told, framework)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score <= 1 for one in found)
    assert all(any(words in text for text in told.values()) for one in found for words in one.because)
    assert {one.code for one in found} <= {one.code for one in principles_of(framework)}


def test_what_was_accepted_raises_and_what_was_refused_lowers():
    texts = {"title": "Look after the glass studio’s burners"}
    said = "Look after the burners of the glass studio"
    assert propose(texts, "TALENT") == []
    assert [one.code for one in propose(texts, "TALENT", [Example(said, "R1")])] == ["R1"]
    assert propose(texts, "TALENT", [Example(said, "R1", accepted=False)]) == []
    named = {"title": "Train apprentices in the glass studio"}
    before = next(one.score for one in propose(named, "TALENT") if one.code == "R7")
    after = next(
        one.score
        for one in propose(named, "TALENT", [Example(named["title"], "R7", accepted=False)])
        if one.code == "R7"
    )
    assert after < before


@given(
    st.permutations(
        [
            Example("apprentices and levy", "R7"),
            Example("committees", "R12"),
            Example("apprentices", "R7", accepted=False),
        ]
    )
)
def test_the_order_of_what_was_said_does_not_matter(examples):
    texts = {"title": "More apprentices for the committees"}
    assert propose(texts, "TALENT", examples) == propose(texts, "TALENT", sorted(examples, key=repr))


def test_the_command_answers_as_json_without_what_the_document_states(capsys):
    assert main([str(PLAN), "--framework", "talent", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    by_code = {one["code"]: one for one in told["actions"]}
    assert by_code["2.2"]["suggestions"][0]["code"] == "R10"
    assert set(by_code["2.2"]["suggestions"][0]) == {"code", "score", "because"}
    assert all(words in by_code["2.2"]["title"] for words in by_code["2.2"]["suggestions"][0]["because"][:1])


def test_the_command_speaks_to_people_too(capsys):
    assert main([str(PLAN), "--framework", "pillars"]) == 0
    assert "Recognition" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path, capsys):
    path = tmp_path / "empty.docx"
    path.write_bytes(b"")
    assert main([str(path), "--framework", "talent"]) == 1
    assert "empty.docx" in capsys.readouterr().err


def test_no_database_and_no_django_is_needed():
    program = (
        "import sys; from desaga.cli import main;"
        f"code = main(['suggest', {str(PLAN)!r}, '--framework', 'themes', '--json']);"
        "sys.exit(code or 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
