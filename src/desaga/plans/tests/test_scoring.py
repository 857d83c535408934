"""The measuring instrument itself: what is right scores in full, each kind of fault is counted and said."""

import copy
import json

import pytest

from desaga.plans.tests.scoring import compare, main, pair
from desaga.plans.tests.texts import shingles, short_hash, text_fits

PLAN = {
    "title": "Action plan of Nowhere",
    "period": {"start": "2030", "end": "2032"},
    "themes": [{"code": "A", "title": "Being seen"}],
    "actions": [
        {
            "code": "A1",
            "theme": "Being seen",
            "title": "Hang portraits in the foyer of each building",
            "owners": [
                {"code": "TSM", "text": "TSMs", "role": "lead"},
                {"code": None, "text": "Estates", "role": "lead"},
            ],
            "alignments": [{"framework": "technician-commitment", "code": "Visibility", "basis": "cell"}],
            "timeframe": {"text": "Mar-30", "start": None, "end": "2030-03", "precision": "month", "continuous": False},
            "notices": [],
        },
        {"code": None, "theme": "A", "title": "Print a yearly list of people who have moved on", "owners": []},
    ],
    "glossary": [{"code": "TSM", "meaning": "Technical services manager", "person": None, "comment": None}],
}
TRUTH = {
    "title": "Action plan",
    "themes": [{"code": "A", "names": ["Being seen"]}],
    "frameworks": [{"key": "tc", "names": ["Technician Commitment"], "principles": []}],
    "actions": [
        {
            "code": "A1",
            "theme": "Being seen",
            "title": "Hang portraits",
            "owners": {"any_of": [[{"code": "TSM", "role": "lead"}, "Estates"], ["Everyone"]]},
            "alignments": [{"framework": "tc", "code": "Visibility", "basis": ["cell"]}],
            "timeframe": {"start": None, "end": "2030-03", "precision": ["month"], "continuous": False},
        },
        {"title": {"shingles": shingles("Print a yearly list of people who have moved on")}, "theme": "A"},
    ],
    "glossary": [{"code": "TSM", "meaning": {"hash": short_hash("Technical services manager")}}],
}


def altered(change) -> dict:
    plan = copy.deepcopy(PLAN)
    change(plan)
    return plan


def test_compare_gives_full_marks_to_a_right_reading() -> None:
    score = compare(PLAN, TRUTH)

    assert (score.found, score.missed, score.invented, score.differences) == (2, 0, 0, [])
    assert {name: share.value for name, share in score.shares.items()} == dict.fromkeys(score.shares, 1.0)


@pytest.mark.parametrize(
    ("change", "share", "marks"),
    [
        (lambda plan: plan["actions"][0]["owners"].pop(), "owners", "1/2"),
        (lambda plan: plan["actions"][0]["owners"].append({"code": None, "text": "x"}), "owners", "2/3"),
        (lambda plan: plan["actions"][0]["owners"][0].update(role="support"), "owners", "1/3"),
        (lambda plan: plan["actions"][0]["alignments"][0].update(basis="theme"), "alignments", "0/2"),
        (lambda plan: plan["actions"][0]["alignments"][0].update(framework="TALENT"), "alignments", "0/2"),
        (lambda plan: plan["actions"][0]["timeframe"].update(end="2030-03-31"), "timeframes", "0/1"),
        (lambda plan: plan["actions"][0]["timeframe"].update(precision="day"), "timeframes", "0/1"),
        (lambda plan: plan["actions"][1].update(theme="Being heard"), "themes", "2/3"),
        (lambda plan: plan["themes"].append({"code": None, "title": "Being heard"}), "themes", "3/4"),
        (lambda plan: plan["glossary"][0].update(meaning="Team"), "glossary", "0/1"),
        (lambda plan: plan["glossary"].append({"code": "HR"}), "glossary", "1/2"),
    ],
)
def test_compare_counts_fault(change, share: str, marks: str) -> None:
    score = compare(altered(change), TRUTH)

    assert str(score.shares[share]) == marks
    assert any(difference.startswith(f"{share}: ") for difference in score.differences)


def test_compare_counts_missed_and_invented_actions() -> None:
    plan = altered(lambda plan: plan["actions"].__setitem__(1, {"title": "Signed by the registrar in June"}))

    score = compare(plan, TRUTH)

    assert (score.found, score.missed, score.invented) == (1, 1, 1)


def test_compare_leaves_optional_action_uncounted() -> None:
    truth = copy.deepcopy(TRUTH)
    truth["actions"].append({"title": "A wish that may be read as an action", "optional": True})

    score = compare(PLAN, truth)

    assert (score.missed, score.invented) == (0, 0)


def test_pair_knows_an_action_whose_text_is_torn() -> None:
    whole = {"shingles": shingles("Print a yearly list of people who have moved on")}
    torn = {"title": "yearly list of people who have moved on"}

    assert pair([torn], [{"title": whole}]) == [(torn, {"title": whole})]


@pytest.mark.parametrize(
    ("actual", "expected", "fits"),
    [
        ("Hang  portraits\nin the foyer", "Hang portraits", True),
        ("portraits", "Hang portraits", False),
        (None, None, True),
        ("a", None, False),
        ("Hang portraits.", {"hash": short_hash("Hang portraits")}, True),
        ("Hang portraits in it", {"first_words": short_hash("hang portraits"), "n": 2}, True),
        ("b", {"any_of": ["a", "b"]}, True),
    ],
)
def test_text_fits(actual, expected, fits: bool) -> None:
    assert text_fits(actual, expected) is fits


def test_main_prints_score_and_says_by_its_exit_code_whether_all_is_right(tmp_path, capsys) -> None:
    output, truth = tmp_path / "output.json", tmp_path / "truth.json"
    output.write_text(json.dumps(PLAN))
    truth.write_text(json.dumps(TRUTH))

    assert main([str(output), str(truth)]) == 0
    assert capsys.readouterr().out.startswith("actions: 2 found, 0 missed, 0 invented\n")
