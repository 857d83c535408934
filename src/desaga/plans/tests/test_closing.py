"""Closing a plan: completion and fate apart, one gate, and the next plan drafted from what goes on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.indicators.lines import Line
from desaga.indicators.operations import add_series, read_series, take_readings
from desaga.tenancy.context import within

from ..closing import Known, Proposed, completion_proposed, fate_proposed, groups_of, together
from ..models import Action, ActionOutcome, Lineage, Measure, Plan, Theme
from ..operations import closing, measures
from ..operations.actions import PlanIsClosed
from ..operations.closing import Saying
from ..operations.drafting import DraftedAlready, NothingGoesOn, draft_next_plan
from ..operations.gate import NotAllSaid
from ..operations.lineage import ComesFromIt, LinkedAlready, SamePlan, link_actions, unlink_actions
from ..operations.plans import change_plan_state
from ..queries.closing import closing_progress, lineage_of
from ..queries.measures import measures_of_plan
from ..states import Completion, Fate
from .factories import PlanFactory, make_action, many_actions

DRAFTING = 38
DONE, CONTINUED = Completion.DONE, Fate.CONTINUED


@pytest.fixture
def plan(organisation: Any) -> Plan:
    return PlanFactory(organisation=organisation, title="Technicians count", state="active")


def say(plan: Plan, *actions: Action, **saying: Any) -> int:
    return closing.say_outcomes(actor=None, plan=plan, pks=[one.pk for one in actions], saying=Saying(**saying))


@pytest.mark.parametrize(
    ("known", "completion", "fate"),
    [
        (Known(), None, None),
        (Known(status="complete", period="Q2"), Proposed("done", "its update for Q2 says “Complete”"), None),
        (Known(status="delayed"), Proposed("partly", "its status is “Delayed”"), Proposed("continued", "it is not finished")),
        (Known(status="not_started"), Proposed("not_done", "its status is “Not started”"), Proposed("continued", "it is not finished")),
        (Known(status="stopped", words="No money"), Proposed("not_done", "its status is “Stopped”"), Proposed("stopped", "it was stopped", "No money")),
        (Known(status="stopped"), Proposed("not_done", "its status is “Stopped”"), None),
        (Known(status="complete", is_usual=True), Proposed("done", "its status is “Complete”"), Proposed("business_as_usual", "it is business as usual already")),
        (Known(rag="blue"), Proposed("done", "its status is blue"), None),
        (Known(rag="red"), None, None),
    ],
)  # fmt: skip
def test_what_the_last_update_speaks_for(known: Known, completion: Any, fate: Any) -> None:
    assert completion_proposed(known) == completion
    assert fate_proposed(known, completion.value if completion else "") == fate


@pytest.mark.parametrize(
    ("into", "groups"),
    [
        ({1: None, 2: None}, [[1], [2]]),
        ({1: 3, 2: None, 3: None}, [[1, 3], [2]]),
        ({1: 2, 2: 1, 3: 1, 4: None}, [[1, 2, 3], [4]]),
        ({1: 9}, [[1]]),
    ],
)
def test_which_actions_become_one(into: dict[int, int | None], groups: list[list[int]]) -> None:
    assert groups_of(into) == groups
    assert together([5, 6, 7]) == {5: 6, 6: 5, 7: 5}


@pytest.mark.parametrize(
    ("saying", "refusal"),
    [
        ({}, closing.NothingToSay),
        ({"completion": "splendid"}, closing.NothingToSay),
        ({"fate": "stopped", "reason": " "}, closing.StoppedWithoutReason),
        ({"fate": "merged"}, closing.MergedWithNothing),
    ],
)
def test_what_is_wanting_is_refused(plan: Plan, saying: dict[str, str], refusal: type[Exception]) -> None:
    action = make_action(plan)
    with within(plan.organisation), pytest.raises(refusal):
        say(plan, action, **saying)


def test_completion_and_fate_are_said_apart_and_who_said_so_is_kept(plan: Plan) -> None:
    one, two = make_action(plan, title="One"), make_action(plan, title="Two")
    with within(plan.organisation):
        say(plan, one, two, completion=DONE)
        say(plan, one, fate="stopped", reason="The fund closed")
        say(plan, one, completion=DONE)
        told = ActionOutcome.objects.get(action=one)
        entries = list(entries_about(one).values_list("verb", "changes"))

        assert (told.completion, told.fate, told.reason) == ("done", "stopped", "The fund closed")
        assert closing_progress(plan).unsaid == 1
    assert entries[:2] == [
        ("said how it ended of", {"fate": ["", "stopped"], "reason": ["", "The fund closed"]}),
        ("said how it ended of", {"completion": ["", "done"]}),
    ]


def test_the_database_keeps_what_is_said_whole(plan: Plan) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        say(plan, action, completion=DONE, fate=CONTINUED)
        for wrong in ({"completion": "splendid"}, {"fate": "stopped"}, {"fate_at": None}, {"into": action}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ActionOutcome.objects.update(**wrong)


def test_a_plan_is_closed_only_when_both_are_said_of_every_action(plan: Plan) -> None:
    one, two = make_action(plan), make_action(plan)
    with within(plan.organisation):
        say(plan, one, two, completion=DONE)
        say(plan, one, fate=CONTINUED)
        with pytest.raises(NotAllSaid, match=r"^1 action is still"):
            change_plan_state(actor=None, plan=plan, transition="close")
        say(plan, two, fate=CONTINUED)
        assert change_plan_state(actor=None, plan=plan, transition="close").state == "closed"

        with pytest.raises(PlanIsClosed):
            say(plan, two, fate="extended")
        change_plan_state(actor=None, plan=plan, transition="reopen")
        assert closing.take_outcomes_back(actor=None, plan=plan, pks=[two.pk]) == 1
        assert closing_progress(plan).unsaid == 1


def test_of_a_plan_that_was_closed_before_what_nobody_said_may_be_said(plan: Plan) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        Plan.objects.update(state="closed")
        assert say(plan, action, completion=DONE, fate=CONTINUED) == 1
        with pytest.raises(PlanIsClosed):
            say(plan, action, completion="partly")


def test_proposals_are_accepted_for_what_nobody_said(plan: Plan) -> None:
    late, done = make_action(plan, status="delayed"), make_action(plan, status="complete")
    unknown = make_action(plan)
    with within(plan.organisation):
        say(plan, late, completion="not_done")
        assert closing.accept_proposals(actor=None, plan=plan, pks=[late.pk, done.pk, unknown.pk]) == 2
        told = dict(ActionOutcome.objects.values_list("action", "completion"))
        assert told == {late.pk: "not_done", done.pk: "done"}
        assert ActionOutcome.objects.get(action=late).fate == "continued"


def drafted(plan: Plan) -> dict[str, list[str]]:
    """The titles of what each new action came from."""
    with within(plan.organisation):
        next_plan = draft_next_plan(actor=None, plan=plan, title="Next", starts="2028", ends="2030")
        rows = Lineage.objects.filter(later_plan=next_plan).select_related("earlier", "later")
        found: dict[str, list[str]] = {action.title: [] for action in next_plan.actions.all()}
        for row in rows:
            found[row.later.title].append(f"{row.earlier.title}: {row.fate}")
        return found


def test_the_next_plan_holds_what_goes_on_and_each_knows_where_it_came_from(plan: Plan) -> None:
    names = ("Goes on", "Parts", "Joins", "Joined", "Gives way", "Ends", "As usual", "Beside")
    made = {name: make_action(plan, title=name, status="delayed") for name in names}
    with within(plan.organisation):
        say(plan, *made.values(), completion="partly")
        say(plan, made["Goes on"], made["Joined"], fate="extended")
        say(plan, made["Parts"], fate="split")
        say(plan, made["Joins"], fate="merged", into=made["Joined"].pk)
        say(plan, made["Gives way"], fate="replaced")
        say(plan, made["Ends"], fate="stopped", reason="Done with")
        say(plan, made["As usual"], fate="business_as_usual")
        say(plan, made["Beside"], fate="related")

    assert drafted(plan) == {
        "Goes on": ["Goes on: extended"],
        "Parts (part 1 of 2)": ["Parts: split"],
        "Parts (part 2 of 2)": ["Parts: split"],
        "Joined; Joins": ["Joins: merged", "Joined: extended"],
        "To be written, in place of: Gives way": ["Gives way: replaced"],
    }
    with within(plan.organisation), pytest.raises(DraftedAlready):
        draft_next_plan(actor=None, plan=plan, title="Again")


def test_a_drafted_action_keeps_owners_principles_and_measures_and_nothing_of_its_old_dates(plan: Plan) -> None:
    pillar = {"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}
    when = {"text": "by May", "start": None, "end": "2026-05", "precision": "month", "continuous": False}
    action = make_action(
        plan, owners=["TSM"], alignments=[pillar], timeframe=when, status="delayed", theme="Visibility"
    )
    with within(plan.organisation):
        measure = measures.add_measure(actor=None, action=action, what="case studies", target=Decimal(4), due="2026-05")
        measures.read_measure(actor=None, measure=measure, value=Decimal(3), on=date(2026, 5, 1))
        say(plan, action, completion="partly", fate=CONTINUED)
        new = draft_next_plan(actor=None, plan=plan, title="Next").actions.get()

        assert [one.code for one in new.owners.all()] == ["TSM"]
        assert [str(one) for one in new.alignments.all()] == ["TALENT R4"]
        assert (new.theme.title, new.status, new.ends, new.when_text) == ("Visibility", "", "", "")
        carried = Measure.objects.get(action=new)
        assert (carried.baseline, carried.target, carried.due) == (3, 4, "")
        assert Measure.objects.filter(action=action).get() == measure


def test_a_measure_that_is_read_by_itself_still_is_in_the_next_plan_from_where_it_stands(plan: Plan) -> None:
    today = timezone.localdate()
    action = make_action(plan, status="delayed")
    with within(plan.organisation):
        fields = {"name": "Case studies", "definition": "On our site.", "unit": "number", "better": "more"}
        series = add_series(actor=None, organisation=plan.organisation, **fields)
        read_series(actor=None, series=series, value=Decimal(3), on=today)
        for what, is_share, line in (
            ("case studies", False, Line(series=series.pk)),
            ("of actions complete", True, Line("plans.complete", "plan", str(plan.pk))),
            ("of all actions complete", True, Line("plans.complete")),
        ):
            measure = measures.add_measure(actor=None, action=action, what=what, is_share=is_share)
            measures.bind_measure(actor=None, measure=measure, line=line)
        take_readings(organisation=plan.organisation)
        say(plan, action, completion="partly", fate=CONTINUED)
        after = draft_next_plan(actor=None, plan=plan, title="Next")
        read_series(actor=None, series=series, value=Decimal(5), on=today)
        [reads] = measures_of_plan(after).values()

    assert [(one.measure.line, one.measure.baseline) for one in reads] == [
        (Line(series=series.pk), 3),
        (Line("plans.complete", "plan", str(after.pk)), 0),
        (Line("plans.complete"), 0),
    ]
    assert reads[0].stands_at.startswith("5 on ")
    assert [one.measure.source_name for one in reads] == [
        "Case studies",
        "Actions complete: this plan",
        "Actions complete: whole organisation",
    ]


@pytest.mark.parametrize("number", [16, 40])
def test_a_large_plan_is_drafted_from_in_few_statements(plan: Plan, query_count: Any, number: int) -> None:
    """One entry of the audit an action, and as many statements as there are kinds of rows."""
    many_actions(plan, number)
    with within(plan.organisation):
        say(plan, *Action.objects.filter(plan=plan), completion="partly", fate=CONTINUED)
        with query_count(number + DRAFTING):
            next_plan = draft_next_plan(actor=None, plan=plan, title="Next")
        themes = Theme.objects.filter(plan=next_plan)
        assert [one.name for one in themes] == [f"T{n}: Theme number {n}" for n in range(8)]
        assert next_plan.actions.filter(theme__in=themes).count() == number


def test_a_plan_of_which_nothing_goes_on_or_not_all_is_said_is_not_drafted_from(plan: Plan) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        with pytest.raises(NotAllSaid):
            draft_next_plan(actor=None, plan=plan, title="Next")
        say(plan, action, completion=DONE, fate="stopped", reason="Done")
        with pytest.raises(NothingGoesOn):
            draft_next_plan(actor=None, plan=plan, title="Next")


def test_links_are_said_once_between_plans_and_never_in_a_ring(plan: Plan) -> None:
    later_plan = PlanFactory(organisation=plan.organisation, title="Next")
    old, twin, new = make_action(plan, title="Old"), make_action(plan), make_action(later_plan, title="New")
    with within(plan.organisation):
        link = link_actions(actor=None, earlier=old, later=new, fate="narrowed")
        for pair, refusal in (((old, new), LinkedAlready), ((new, old), ComesFromIt), ((old, twin), SamePlan)):
            with pytest.raises(refusal):
                link_actions(actor=None, earlier=pair[0], later=pair[1], fate="narrowed")
        assert ActionOutcome.objects.get(action=old).fate == "narrowed"
        say(plan, old, fate="extended")
        assert [one.fate for one in lineage_of(new)[0]] == ["extended"]
        with pytest.raises(closing.GoesOnAlready):
            say(plan, old, fate="stopped", reason="No")
        unlink_actions(actor=None, link=link)
        assert lineage_of(old) == ([], [])
