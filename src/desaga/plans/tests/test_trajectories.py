"""The study's classes and metrics from completion and fate, by a rule that an organisation may change."""

from __future__ import annotations

from typing import Any

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, Plan, StudyTheme, TrajectoryRule
from ..operations.closing import Saying, say_outcomes
from ..operations.lineage import link_actions
from ..queries.proposals import study_themes
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
    assert (whole.unfinished, whole.unfinished_unsaid) == (Share(4, 4), 0)
    assert [whole.classed(kind) for kind in ("C", "R", "S", "")] == [4, 3, 3, 1]
    assert (Metrics().completed.percent, Metrics().resilience.score) == ("–", "–")
    assert (whole.completed.percent, whole.resilience.score) == ("56 %", "0.25")


def test_what_is_not_said_of_the_unfinished_is_in_no_share_and_counted_beside_it() -> None:
    told = [("partly", "split"), ("not_done", "continued"), ("partly", ""), ("not_done", ""), ("done", "")]
    whole = whole_of([Ended((), *one) for one in told], DEFAULT)
    assert (whole.adaptability, whole.resilience) == (Share(1, 2), Share(1, 2))
    assert (whole.unfinished, whole.unfinished_unsaid) == (Share(2, 4), 2)


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


def page_of(browser: Any, plan: Plan, query: str = "") -> str:
    return " ".join(browser.get(f"/o/northmoor/plans/{plan.pk}/trajectories/{query}").content.decode().split())


#: As the study writes them (Methods.txt, "Composite RAG-Trajectory Metrics"), "all A + all R" written out.
STUDYS = {
    "Successful, completed": "G / (G + A + R)",
    "Successful, continued": "(GC + GR) / (GC + GR + GS)",
    "Adaptability": "(AR + RR) / (AC + AR + AS + RC + RR + RS)",
    "Resilience": "(AC + RC) / (AC + AR + AS + RC + RR + RS)",
}


def test_page_and_file_say_the_four_formulas_whose_they_are_and_what_they_leave_out(
    plan: Plan, member: Any, client_of: Any
) -> None:
    action = make_action(plan, title="Four", theme="Recognition")
    with within(plan.organisation):
        say_outcomes(actor=None, plan=plan, pks=[action.pk], saying=Saying(completion="not_done"))
        figures, _ = tables_of_trajectories(plan, {})
    page = page_of(client_of(member(Role.READER)), plan)

    for name, formula in STUDYS.items():
        assert f">{name}</dt>" in page
        assert f"{formula} <span" in page
        assert f"{name} = {formula}" in figures.notes
    assert 'href="https://github.com/Sammjjj/TCDOC_EXTRACT" rel="noreferrer">' in page
    assert ", Methods.txt." in page
    assert any("https://github.com/Sammjjj/TCDOC_EXTRACT, Methods.txt" in note for note in figures.notes)

    only = "Adaptability and resilience are shares of the ongoing and delayed actions of which it is said what became of them"
    assert f"{only}: 1 of 2 here." in page
    assert page.count("; 1 more not said</span>") == 4
    assert any(note.startswith(f"{only}: 1 of 2 here.") for note in figures.notes)
    at = [column.heading for column in figures.columns].index("Ongoing or delayed whose fate is said")
    assert [(row[0], row[at]) for row in figures.rows] == [("Visibility", 1), ("Recognition", 0), ("All actions", 1)]


def test_by_theme_of_the_sector_study(plan: Plan, member: Any, client_of: Any) -> None:
    """An action of which nobody has said its theme is in none; the whole has it still."""
    with within(plan.organisation):
        (one, title), (other, other_title) = list(study_themes())[:2]
        actions = {action.title: action for action in Action.objects.filter(plan=plan)}
        for name, code in (("One", other), ("Three", one)):
            StudyTheme.objects.create(organisation=plan.organisation, plan=plan, action=actions[name], code=code)
        found = trajectories_of(plan, "study")
        figures, _ = tables_of_trajectories(plan, {"by": "study"})
    assert {name: (group.total, group.continued) for name, group in found.groups.items()} == {
        title: (1, Share(1, 1)),
        other_title: (1, Share(1, 1)),
    }
    assert (found.by, found.has_study_themes, found.whole.total) == ("study", True, 3)
    assert figures.columns[0].heading == "Theme of the study"
    assert [row[0] for row in figures.rows] == [*found.groups, "All actions"]
    page = page_of(client_of(member(Role.READER)), plan, "?by=study")
    assert "<strong>theme of the sector study</strong>" in page
    assert title in page
