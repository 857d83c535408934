"""The study's classes and metrics from completion and fate, by a rule that an organisation may change."""

from __future__ import annotations

from typing import Any

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Plan, TrajectoryRule
from ..operations.closing import Saying, say_outcomes
from ..operations.lineage import link_actions
from ..queries.trajectories import trajectories_of, trajectory_rule
from ..states import Completion, Fate
from ..tables.trajectories import tables_of_trajectories
from ..trajectories import DEFAULT, Ended, Metrics, Share, changes_of, code_of, metrics_of, rule_from, whole_of
from .factories import PlanFactory, make_action


@pytest.mark.parametrize(
    ("completion", "fate", "code"),
    [
        ("done", "continued", ("G", "C")),
        ("done", "extended", ("G", "C")),
        ("partly", "narrowed", ("A", "R")),
        ("not_done", "related", ("R", "R")),
        ("not_done", "stopped", ("R", "S")),
        ("done", "business_as_usual", ("G", "C")),
        ("partly", "split", ("A", "R")),
        ("partly", "merged", ("A", "R")),
        ("not_known", "replaced", ("", "R")),
        ("done", "", ("G", "")),
        ("", "", ("", "")),
    ],
)
def test_the_two_letters_by_the_default_rule(completion: str, fate: str, code: tuple[str, str]) -> None:
    assert code_of(Ended((), completion, fate), DEFAULT) == code


def test_every_completion_and_fate_has_its_rule() -> None:
    assert len(DEFAULT) == len(Completion) + len(Fate)
    rule = rule_from({"fate-split": "C", "fate-unheard": "S"})
    assert rule["fate-split"] == "C"
    assert changes_of(rule) == {"fate-split": "C"}


def test_the_four_metrics_are_the_studys_formulas() -> None:
    """G: 5 of 9 rated; GC 2, GR 1, GS 1, and one G of which the rest is not said; AC, AR, RR, RS one each."""
    told = [
        *[("done", "continued")] * 2, ("done", "related"), ("done", "stopped"), ("done", ""),
        ("partly", "continued"), ("partly", "split"), ("not_done", "narrowed"), ("not_done", "stopped"),
        ("", "stopped"), ("not_known", "continued"),
    ]  # fmt: skip
    whole = whole_of([Ended((), *one) for one in told], DEFAULT)
    assert (whole.completed, whole.continued) == (Share(5, 9), Share(3, 4))
    assert (whole.adaptability, whole.resilience) == (Share(2, 4), Share(1, 4))
    assert [whole.classed(kind) for kind in ("C", "R", "S", "")] == [4, 3, 3, 1]
    assert (Metrics().completed.percent, Metrics().resilience.score) == ("–", "–")
    assert (whole.completed.percent, whole.resilience.score) == ("56 %", "0.25")


def test_an_action_counts_once_in_each_of_its_groups() -> None:
    found = metrics_of([Ended(("B", "A", "B"), "done", "stopped"), Ended(("A",), "done", "continued")], DEFAULT)
    assert {name: one.total for name, one in found.items()} == {"B": 1, "A": 2}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    """Three actions under two themes, of which one came from an earlier plan and one answers two frameworks."""
    plan = PlanFactory(organisation=organisation, title="Technicians count", state="active")
    before = PlanFactory(organisation=organisation, title="Before")
    told = [
        {"framework": name, "code": code, "text": code, "basis": "cell"}
        for name, code in (("TALENT", "R10"), ("TALENT", "R2"), ("Ours", "1"))
    ]
    rows = [
        make_action(plan, title="One", theme="Visibility", alignments=told),
        make_action(plan, title="Two", theme="Visibility"),
        make_action(plan, title="Three", theme="Recognition"),
    ]
    with within(organisation):
        for action, completion, fate in zip(
            rows, ("done", "partly", "done"), ("split", "continued", "business_as_usual"), strict=True
        ):
            say_outcomes(actor=None, plan=plan, pks=[action.pk], saying=Saying(completion=completion, fate=fate))
        link_actions(actor=None, earlier=make_action(before), later=rows[0], fate="continued")
    return plan


@pytest.mark.parametrize(
    ("asks", "groups"),
    [
        ({}, {"Visibility": (2, 1), "Recognition": (1, 1)}),
        ({"by": "framework"}, {"Ours": (1, 0), "TALENT": (1, 0)}),
        ({"framework": "TALENT"}, {"R2": (1, 0), "R10": (1, 0)}),
        ({"by": "study"}, {"Visibility": (2, 1), "Recognition": (1, 1)}),
    ],
)
def test_by_theme_by_framework_and_by_principle(plan: Plan, asks: dict[str, str], groups: dict[str, Any]) -> None:
    with within(plan.organisation):
        found = trajectories_of(plan, **asks)
        assert {name: (one.total, one.new) for name, one in found.groups.items()} == groups
        assert (found.whole.total, found.whole.new, found.whole.continued) == (3, 2, Share(2, 2))


def test_the_rule_is_changed_on_its_page_and_holds_in_figures_and_files(
    plan: Plan, member: Any, client_of: Any
) -> None:
    browser = client_of(member(Role.LEAD))
    browser.post("/o/northmoor/plans/trajectories/", {**DEFAULT, "fate-business_as_usual": "S"})
    with within(plan.organisation):
        assert TrajectoryRule.objects.get().changed == {"fate-business_as_usual": "S"}
        assert trajectory_rule()["fate-business_as_usual"] == "S"
        figures, rule = tables_of_trajectories(plan, {})
        assert [row[-4:] for row in figures.rows] == [
            [0.5, 1.0, 0.0, 1.0],
            [1.0, 0.0, None, None],
            [0.667, 0.5, 0.0, 1.0],
        ]
        assert ["Business as usual", "Stopped"] in rule.rows
    page = " ".join(browser.get(f"/o/northmoor/plans/{plan.pk}/trajectories/").content.decode().split())
    assert '67 % <span class="dsg-quiet">2 of 3</span>' in page
    assert "2 of 3 actions live on" in page
