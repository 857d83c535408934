"""The two real plans are read as a person reads them (truth files: codes, dates and hashes, no text of theirs)."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from desaga.plans.reading import read_plan
from desaga.plans.tests.scoring import Score, compare

TRUTH = Path(__file__).parent / "truth"
CHECKOUT = Path(__file__).resolve().parents[4]
SEEDS = Path(os.environ.get("DESAGA_SEEDS") or CHECKOUT.parent / "shared" / "seeds")

PLANS = {"leeds": (33, 6), "aston": (27, 0)}
NO_PLANS = ("engtechnow-charter-2015.txt", "placement-programme-2024.txt", "technicians-make-it-happen-2016.txt")

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at DESAGA_SEEDS ({SEEDS})"),
]


@cache
def truth_of(name: str) -> dict:
    return json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))


@cache
def plan_of(name: str) -> dict:
    return read_plan(SEEDS / truth_of(name)["document"])


@cache
def score_of(name: str) -> Score:
    return compare(plan_of(name), truth_of(name))


@pytest.mark.parametrize("name", PLANS)
def test_read_plan_finds_every_action_and_invents_none(name: str) -> None:
    score = score_of(name)

    assert (score.found, score.missed, score.invented) == (sum(PLANS[name]), 0, 0), score.report()


@pytest.mark.parametrize("name", PLANS)
def test_read_plan_keeps_business_as_usual_apart(name: str) -> None:
    usual = [bool(action["business_as_usual"]) for action in plan_of(name)["actions"]]

    assert (usual.count(False), usual.count(True)) == PLANS[name]


@pytest.mark.parametrize("field", ["owners", "alignments", "timeframes", "themes", "glossary"])
@pytest.mark.parametrize("name", PLANS)
def test_read_plan_gets_field_right(name: str, field: str) -> None:
    share = score_of(name).shares[field]

    assert share.value >= 0.98, score_of(name).report()


@pytest.mark.parametrize("document", NO_PLANS)
def test_read_plan_finds_no_plan_in_other_papers(document: str) -> None:
    plan = read_plan(SEEDS / document)

    assert plan["actions"] == []
    assert "no_plan" in [notice["kind"] for notice in plan["notices"]]
