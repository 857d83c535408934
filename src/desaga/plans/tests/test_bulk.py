"""Many actions at once: what is said to change is what changes, once, and can be undone while nobody changed it since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.audit.models import Entry
from desaga.evidence.operations import GivenPiece
from desaga.organisations.models import Party
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PartyFactory
from desaga.tenancy.context import within

from ..changing import Wish, changes_of
from ..interchange import action_as_data
from ..models import Action, BulkChange, Doubt, Plan, Update
from ..operations.actions import PlanIsClosed, edit_action
from ..operations.bulk import (
    ActionIsGone,
    ChangedMeanwhile,
    MovedOn,
    NothingTicked,
    NothingToChange,
    TooManyAtOnce,
    change_many,
    undo_bulk_change,
)
from ..operations.evidence import give_evidence
from ..operations.updates import AccountIsNotWhole
from ..queries.bulk import MOST_AT_ONCE, actions_to_change, versions_of
from .factories import PlanFactory, action_data, close_plan, make_action, many_actions

TODAY = date(2026, 11, 28)


@pytest.fixture
def plan(organisation: Any) -> Plan:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(
        made, code="A1", status="in_progress", rag="amber", owners=["TSM"], theme="Careers", comments="Two of four"
    )
    make_action(made, code="A2", status="delayed", owners=["TSM", "HR"], theme="Careers")
    when = {"text": "", "start": "2027-06", "end": "2027-09", "precision": "month", "continuous": False}
    make_action(made, code="A3", owners=["HR"], timeframe=when)
    return made


@pytest.fixture
def party(organisation: Any) -> Party:
    return PartyFactory(organisation=organisation, name="Project support officer", code="PSO", kind="role")


def seen_of(plan: Plan, *codes: str) -> dict[int, str]:
    rows = Action.objects.filter(plan=plan)
    return versions_of(list(rows.filter(code__in=codes) if codes else rows))


def change(plan: Plan, wish: Wish, *codes: str, actor: Any = None) -> BulkChange:
    return change_many(actor=actor, plan=plan, seen=seen_of(plan, *codes), wish=wish, today=TODAY)


def told(plan: Plan) -> dict[str, dict[str, Any]]:
    """Everything that the actions say, without the ids of their rows."""
    pks = list(Action.objects.filter(plan=plan).values_list("pk", flat=True))
    return {one.code: action_as_data(one) for one in actions_to_change(plan, pks)}


def test_a_status_is_set_with_a_dated_update_and_what_was_said_stays(plan: Plan) -> None:
    with within(plan.organisation):
        done = change(plan, Wish(status="delayed", said="The post is vacant."))
        now = told(plan)
        entries = Entry.objects.filter(verb="changed", thing_kind="plans.action").count()
    assert done.words == "2 actions: status to Delayed; 1 is so already"
    assert [now[code]["status"] for code in ("A1", "A2", "A3")] == ["delayed"] * 3
    assert now["A1"]["updates"] == [
        {"period": "Before 28 November 2026", "status": "in_progress", "rag": "amber", "text": "Two of four"},
        {"period": "28 November 2026", "status": "delayed", "rag": "amber", "text": "The post is vacant."},
    ]
    assert (now["A2"]["updates"], entries) == ([], 2)


RED = {"cause": "No money.", "recovery": "Ask the board."}
SHOWN = {"evidence": "The staff page."}

WISHES = {
    "rag": (Wish(rag="red", **RED), "3 actions: RAG to Red"),
    "no theme": (Wish(no_theme=True), "2 actions: no theme; 1 is so already"),
    "due": (Wish(ends="2027-03"), "2 actions: due until March 2027; 1 stays as it is, since they begin later (A3)"),
    "usual": (Wish(usual=True, reason="Part of induction"), "3 actions: business as usual"),
    "alignment": (Wish(alignment=("TALENT", "R4")), "3 actions: answers TALENT R4"),
}


@pytest.mark.parametrize("name", sorted(WISHES))
def test_a_wish_says_what_it_did_and_is_undone_to_the_letter(name: str, plan: Plan) -> None:
    wish, words = WISHES[name]
    with within(plan.organisation):
        before = told(plan)
        done = change(plan, wish)
        between = told(plan)
        undo_bulk_change(actor=None, change=done)
        assert (done.words, told(plan)) == (words, before)
    assert between != before


def test_red_wants_a_reason_and_a_way_back_of_all_at_once(plan: Plan) -> None:
    with within(plan.organisation):
        with pytest.raises(AccountIsNotWhole, match="say how it gets back"):
            change(plan, Wish(rag="red", cause="No money."))
        change(plan, Wish(rag="red", **RED))
        told = [(one.reason, one.recovery) for one in Update.objects.filter(plan=plan, rag="red")]
        change(plan, Wish(status="paused"), "A1")
        last = Update.objects.filter(action__code="A1").latest("order")
    assert told == [("No money.", "Ask the board.")] * 3
    assert (last.status, last.rag, last.reason, last.recovery) == ("paused", "red", "No money.", "Ask the board.")


def test_complete_wants_what_shows_it_and_names_those_that_have_nothing(plan: Plan) -> None:
    with within(plan.organisation):
        first = Action.objects.get(code="A1")
        piece = GivenPiece(link="https://ashlar.example/descriptors", title="Descriptors")
        give_evidence(actor=None, action=first, piece=piece, given_by="Ann Smith")
        done = change(plan, Wish(status="complete"))
        assert Update.objects.filter(action=first).latest("order").evidence == "Descriptors"
        with pytest.raises(NothingToChange):
            change(plan, Wish(status="complete"))
        change(plan, Wish(status="complete", **SHOWN))
        shown = dict(Update.objects.filter(status="complete").values_list("action__code", "evidence"))
    assert done.words == (
        "1 action: status to Complete; 2 stay as they are, since nothing shows that they are complete (A2, A3)"
    )
    assert shown == {"A1": "Descriptors", "A2": "The staff page.", "A3": "The staff page."}


def test_a_party_joins_or_takes_the_place_of_another_in_their_role(plan: Plan, party: Party) -> None:
    with within(plan.organisation):
        before = told(plan)
        added = change(plan, Wish(party=party, role="support"), "A1")
        first = [(one["code"], one["role"]) for one in told(plan)["A1"]["owners"]]
        replaced = change(plan, Wish(party=party, instead_of="HR"))
        owners = {code: [one["code"] for one in data["owners"]] for code, data in told(plan).items()}
        undo_bulk_change(actor=None, change=replaced)
        undo_bulk_change(actor=None, change=added)
        assert told(plan) == before
    assert first == [("TSM", "lead"), ("PSO", "support")]
    assert replaced.words == (
        "2 actions: Project support officer instead of HR; 1 stays as it is, since they do not name who is to give way (A1)"
    )
    assert owners == {"A1": ["TSM", "PSO"], "A2": ["TSM", "PSO"], "A3": ["PSO"]}


def test_doubts_are_settled_and_unsettled_together(plan: Plan, member: Any) -> None:
    user = member(Role.PROJECT_OFFICER)
    with within(plan.organisation, user=user):
        action = Action.objects.get(plan=plan, code="A1")
        where = {"organisation": plan.organisation, "plan": plan, "action": action}
        Doubt.objects.create(**where, order=0, field="title", kind="x", message="Torn?")
        done = change(plan, Wish(settle=True), actor=user)
        settled = Doubt.objects.get().settled_by
        undo_bulk_change(actor=user, change=done)
        assert (settled, Doubt.objects.get().settled_at) == (user, None)
        assert done.words == "1 action: doubts settled; 2 are so already"


def test_several_wishes_are_one_change(plan: Plan) -> None:
    with within(plan.organisation):
        before = told(plan)
        done = change(plan, Wish(status="paused", rag="blue", ends="2028", usual=True, alignment=("", "Care")))
        assert len(done.after) == 3
        undo_bulk_change(actor=None, change=done)
        undo_bulk_change(actor=None, change=done)
        assert told(plan) == before
        assert Entry.objects.filter(verb="undid a change of").count() == 3


# ---- Several hands


def test_what_changed_after_the_page_was_opened_is_not_overwritten(plan: Plan) -> None:
    with within(plan.organisation):
        seen = seen_of(plan)
        edit_action(actor=None, action=Action.objects.get(code="A2"), data=action_data(code="A2", title="Another"))
        before = told(plan)
        with pytest.raises(ChangedMeanwhile, match="A2 was changed after you opened the page"):
            change_many(actor=None, plan=plan, seen=seen, wish=Wish(status="complete", **SHOWN), today=TODAY)
        assert (told(plan), BulkChange.objects.count()) == (before, 0)


def test_what_moved_on_since_is_not_undone_and_said_by_name(plan: Plan) -> None:
    with within(plan.organisation):
        done = change(plan, Wish(status="complete", **SHOWN))
        edit_action(actor=None, action=Action.objects.get(code="A3"), data=action_data(code="A3", title="Another"))
        before = told(plan)
        with pytest.raises(MovedOn, match="A3 was changed since"):
            undo_bulk_change(actor=None, change=done)
        assert told(plan) == before


def test_what_may_not_be_is_refused_in_words(plan: Plan, other_organisation: Any) -> None:
    elsewhere = make_action(PlanFactory(organisation=plan.organisation), code="B1")
    wish = Wish(status="complete", **SHOWN)
    with within(plan.organisation):
        with pytest.raises(NothingTicked):
            change_many(actor=None, plan=plan, seen={}, wish=wish)
        with pytest.raises(ActionIsGone):
            change_many(actor=None, plan=plan, seen=versions_of([elsewhere]), wish=wish)
        with pytest.raises(TooManyAtOnce):
            change_many(actor=None, plan=plan, seen=dict.fromkeys(range(MOST_AT_ONCE + 1), ""), wish=wish)
        with pytest.raises(NothingToChange):
            change(plan, Wish(status="delayed"), "A2")
        done = change(plan, wish)
        close_plan(plan)
        with pytest.raises(PlanIsClosed):
            change(plan, Wish(status="paused"))
        with pytest.raises(PlanIsClosed):
            undo_bulk_change(actor=None, change=done)


def test_another_tenant_sees_no_change(plan: Plan, other_organisation: Any) -> None:
    with within(plan.organisation):
        done = change(plan, Wish(status="complete", **SHOWN))
        assert BulkChange._base_manager.filter(pk=done.pk).exists()
    with within(other_organisation):
        assert not BulkChange._base_manager.filter(pk=done.pk).exists()


@given(
    wish=st.builds(
        Wish,
        cause=st.just("No money."),
        recovery=st.just("Ask the board."),
        evidence=st.sampled_from(["", "The staff page."]),
        status=st.sampled_from(["", "complete", "delayed"]),
        rag=st.sampled_from(["", "red"]),
        ends=st.sampled_from(["", "2026", "2027-12-31"]),
        usual=st.booleans(),
        settle=st.booleans(),
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_wished_what_is_foretold_is_done_and_undoing_leaves_nothing(plan: Plan, wish: Wish) -> None:
    with within(plan.organisation):
        before = told(plan)
        foretold, effects = changes_of(list(actions_to_change(plan, seen_of(plan))), wish, TODAY)
        if not foretold:
            return
        done = change(plan, wish)
        assert {str(one.action.pk) for one in foretold} == set(done.after)
        assert done.words == "; ".join(one.sentence for one in effects if one.changes)
        undo_bulk_change(actor=None, change=done)
        assert told(plan) == before


# ---- The pages


def address(plan: Plan, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.slug, plan.pk, *ids])


def test_ticked_actions_are_changed_and_undone_from_the_page(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    with within(plan.organisation):
        pks = list(Action.objects.filter(code__in=["A1", "A2"]).values_list("pk", flat=True))
    url = f"{address(plan, 'change_actions')}?rows={pks[0]}&rows={pks[1]}&which=ticked&asks=status%3Ddelayed"

    asked = client.get(url)
    typed = {"status": "delayed", "role": "lead", "seen": asked.context["seen"]}
    shown = client.post(url, typed)
    edited = client.post(url, {**typed, "step": "edit"})
    with within(plan.organisation):
        untouched = told(plan)["A1"]["status"]
    done = client.post(url, {**typed, "step": "do"}, follow=True)
    with within(plan.organisation):
        change, now = BulkChange.objects.get(), told(plan)["A1"]["status"]
    undone = client.post(address(plan, "undo_bulk_change", change.pk), follow=True)

    assert "1 action: status to Delayed; 1 is so already." in shown.content.decode()
    assert (untouched, now) == ("in_progress", "delayed")
    assert '<option value="delayed" selected>' in edited.content.decode()
    assert "Undo all of it" in done.content.decode()
    assert "Undone. The actions are as they were before." in undone.content.decode()
    assert "Undo all of it" not in undone.content.decode()


def test_all_that_fit_the_filter_or_the_page_can_be_chosen(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    with within(plan.organisation):
        pks = [action.pk for action in Action.objects.filter(plan=plan).order_by("order")]
    url = address(plan, "change_actions")

    def chosen(**query: str) -> list[str]:
        return [one.code for one in client.get(url, query).context["actions"]]

    assert chosen(which="all", asks="party=HR") == ["A2", "A3"]
    assert chosen(which="all", asks="") == ["A1", "A2", "A3"]
    assert chosen(which="page", page_rows=f"{pks[0]},{pks[2]},x,999999999") == ["A1", "A3"]


def test_too_many_nothing_ticked_and_nothing_wished_are_told(
    plan: Plan, organisation: Any, member: Any, client_of: Any
) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    long = PlanFactory(organisation=organisation)
    many_actions(long, MOST_AT_ONCE + 1)

    too_many = client.get(f"{address(long, 'change_actions')}?which=all", follow=True).content.decode()
    nothing = client.get(f"{address(plan, 'change_actions')}?which=ticked", follow=True).content.decode()
    url = f"{address(plan, 'change_actions')}?which=all"
    seen = client.get(url).context["seen"]
    empty = client.post(url, {"seen": seen, "role": "lead"}).content.decode()
    alone = client.post(url, {"seen": seen, "role": "lead", "instead_of": "HR", "status": "paused"}).content.decode()
    red = client.post(url, {"seen": seen, "role": "lead", "rag": "red", "cause": "No money."}).content.decode()

    assert "At most 1,000 actions can be changed at once." in too_many
    assert "No action is ticked." in nothing
    assert "Nothing is to change yet." in empty
    assert "Choose who comes instead" in alone
    assert "They become red: say how they get back on course" in red
    assert '<option value="paused" selected>' in alone


def test_a_stale_page_is_refused_and_shows_how_it_is_now(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    url = f"{address(plan, 'change_actions')}?which=all"
    seen = client.get(url).context["seen"]
    with within(plan.organisation):
        edit_action(actor=None, action=Action.objects.get(code="A2"), data=action_data(code="A2", title="Another"))
    typed = {"seen": seen, "role": "lead", "status": "complete", "evidence": "The staff page.", "step": "do"}

    stale = client.post(url, typed)
    again = client.post(url, {**typed, "seen": stale.context["seen"]}, follow=True)

    assert "A2 was changed after you opened the page." in stale.content.decode()
    assert "3 actions: status to Complete" in again.content.decode()


def test_who_may_not_change_the_plan_sees_no_ticks(plan: Plan, member: Any, client_of: Any) -> None:
    page = client_of(member(Role.READER)).get(address(plan, "show_plan")).content.decode()
    theirs = client_of(member(Role.PROJECT_OFFICER)).get(address(plan, "show_plan")).content.decode()
    assert ("dsg-tick" in page, "dsg-tick" in theirs) == (False, True)


@pytest.mark.parametrize("number", [1, 3])
def test_what_the_pages_cost_is_the_same_for_few_and_many(
    organisation: Any, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    user = member(Role.PROJECT_OFFICER)
    client, long = client_of(user), PlanFactory(organisation=organisation)
    many_actions(long, number)
    with within(organisation, user=user):
        for status in ("paused", "stopped", "delayed")[:number]:
            last = change(long, Wish(status=status), actor=user)
    urls = (
        f"{address(long, 'change_actions')}?which=all",
        address(long, "list_bulk_changes"),
        address(long, "show_bulk_change", last.pk),
    )
    client.get(urls[0])
    for url, queries in zip(urls, (35, 15, 16), strict=True):
        with query_count(queries):
            assert client.get(url).status_code == 200
