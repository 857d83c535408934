"""Who carries what: the numbers, saying who is meant once and for all, taking it back, and what may not be done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role, UnitKind
from desaga.organisations.tests.factories import PartyFactory, UnitFactory
from desaga.tenancy.context import within

from ..models import Action, ActionOwner, Plan
from ..operations.actions import PlanIsClosed, edit_action
from ..operations.resolving import NobodySaid, PartyIsElsewhere, resolve_words, resolve_words_anew, unresolve_words
from ..publishing import public_action
from ..queries import actions_whole, narrowed_for_public
from ..queries.parties import carried_actions, loads_of, owners_saying, words_for
from ..tables.parties import tables_of_parties
from .factories import PlanFactory, action_data, close_plan, make_action

TODAY = date(2026, 11, 28)


def owner(text: str, code: str | None = None, role: str = "lead", kind: str = "text") -> dict[str, Any]:
    return {"text": text, "code": code, "kind": kind, "role": role}


def ending(day: str) -> dict[str, Any]:
    return {"text": "", "start": None, "end": day, "precision": "day", "continuous": False}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(plan, code="A1", owners=["TSM", owner("Lab  managers")], timeframe=ending("2026-01-31"))
    make_action(plan, code="A2", owners=[owner("lab managers", role="support"), "TSM"], timeframe=ending("2026-12-31"))
    make_action(plan, code="A3", owners=[owner("LAB MANAGERS", role="oversight")], status="complete")
    make_action(plan, code="A4", owners=["TSM", owner("TSM", "TSM", "support")], business_as_usual=True)
    return plan


def parties_now(plan: Plan) -> dict[str, list[str]]:
    """Whom each action names, as parties; "" for who is only words."""
    found: dict[str, list[str]] = {}
    rows = ActionOwner.objects.filter(plan=plan).order_by("action__code", "order")
    for code, party in rows.values_list("action__code", "party__name"):
        found.setdefault(code, []).append(party or "")
    return found


def test_only_words_come_first_and_each_action_counts_once(plan: Plan) -> None:
    with within(plan.organisation):
        words, known = loads_of(plan, TODAY)

    assert (words.party, words.words.casefold()) == (None, "lab managers")
    assert (words.leads, words.helps, words.oversees, words.going, words.settled) == (1, 1, 0, 2, 1)
    assert (words.overdue, words.soon) == (1, 1)
    assert (known.name, known.leads, known.going, known.usual) == ("Technical services managers", 2, 2, 1)


def test_what_is_said_once_holds_everywhere_and_afterwards(plan: Plan) -> None:
    with within(plan.organisation):
        party = Party.objects.create(organisation=plan.organisation, name="Laboratory managers", kind=PartyKind.ROLE)
        number = resolve_words(actor=None, plan=plan, said="lab managers", party=party)
        told = parties_now(plan)
        # Saving the action again, and adding another in the same words, keeps to it.
        action = Action.objects.get(plan=plan, code="A3")
        edit_action(actor=None, action=action, data=action_data(code="A3", owners=[owner("Lab Managers")]))
    make_action(plan, code="A5", owners=[owner("lab managers ")])
    with within(plan.organisation):
        after = parties_now(plan)
        entry = entries_about(plan).get(verb="said who is meant")

    assert number == 3
    assert told["A1"] == ["Technical services managers", "Laboratory managers"]
    assert (after["A3"], after["A5"]) == (["Laboratory managers"], ["Laboratory managers"])
    assert entry.changes == {"lab managers": [None, "Laboratory managers"]}


def test_it_can_be_taken_back_and_then_they_are_only_words_again(plan: Plan) -> None:
    with within(plan.organisation):
        before = parties_now(plan)
        fields = {"name": "Laboratory managers", "kind": PartyKind.ROLE, "one_per": UnitKind.FACULTY}
        party = resolve_words_anew(actor=None, plan=plan, said="lab managers", **fields)
        words = words_for(plan, party)
        unresolve_words(actor=None, plan=plan, said="lab managers", party=party)

        assert [(shown.casefold(), number) for shown, number, _ in words] == [("lab managers", 3)]
        assert parties_now(plan) == before
        assert Party.objects.filter(pk=party.pk).exists()
        with pytest.raises(NobodySaid):
            unresolve_words(actor=None, plan=plan, said="lab managers", party=party)


def test_what_cannot_be_said_changes_nothing(plan: Plan, other_organisation: Any) -> None:
    theirs = PartyFactory(organisation=other_organisation)
    with within(plan.organisation):
        before, count = parties_now(plan), Party.objects.count()
        ours = Party.objects.create(organisation=plan.organisation, name="Gone", retired_on=TODAY)
        for party in (theirs, ours):
            with pytest.raises(PartyIsElsewhere):
                resolve_words(actor=None, plan=plan, said="lab managers", party=party)
        with pytest.raises(NobodySaid):
            resolve_words_anew(actor=None, plan=plan, said="nobody at all", name="Somebody", kind=PartyKind.ROLE)
        close_plan(plan)
        with pytest.raises(PlanIsClosed):
            resolve_words_anew(actor=None, plan=plan, said="lab managers", name="Somebody", kind=PartyKind.ROLE)

        assert parties_now(plan) == before
        assert Party.objects.count() == count + 1


@pytest.mark.parametrize(
    ("kind_read", "kind_said", "told"),
    [
        (PartyKind.ROLE, None, []),
        (PartyKind.ROLE, PartyKind.PERSON, []),
        (PartyKind.ROLE, PartyKind.ROLE, ["Whoever"]),
        (PartyKind.TEXT, None, []),
        (PartyKind.TEXT, PartyKind.ROLE, ["Whoever"]),
        (PartyKind.TEXT, PartyKind.PERSON, []),
        (PartyKind.PERSON, PartyKind.ROLE, []),
    ],
)
def test_saying_who_it_is_never_opens_a_name_to_the_public(
    organisation: Any, kind_read: str, kind_said: str | None, told: list[str]
) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, owners=[owner("Technical Manager (Jo Quartz)", kind=kind_read)])
    with within(organisation):
        if kind_said:
            said = "technical manager (jo quartz)"
            resolve_words_anew(actor=None, plan=plan, said=said, name="Whoever (Jo Quartz)", kind=kind_said)
        shown = public_action(actions_whole(plan).get())

    assert [one["text"] for one in shown["owners"]] == told


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("Laboratory managers", "", "Laboratory managers"),
        ("Laboratory managers", "LM", "LM"),
        ("Laboratory managers (Jo Quartz)", "", "Laboratory managers"),
        ("Laboratory managers [Jo Quartz", "LM (Jo Quartz)", "LM"),
        ("Jo Quartz (laboratory manager)", "", None),
        ("Jo Quartz", "", None),
        ("Jo Quartz", "Jo Quartz", None),
    ],
)
def test_the_public_reads_a_party_without_names_of_people(
    organisation: Any, name: str, code: str, told: str | None
) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, owners=[owner("lab managers")])
    with within(organisation):
        resolve_words_anew(actor=None, plan=plan, said="lab managers", name=name, code=code, kind=PartyKind.ROLE)
        shown = public_action(actions_whole(plan).get())["owners"]
        found = {
            words: narrowed_for_public(plan.actions.all(), {"party": words}).count()
            for words in {"lab managers", name, "Jo Quartz", told} - {None, told}
        }

        assert [one["text"] for one in shown] == ([told] if told else [])
        assert set(found.values()) == {0}
        assert told is None or narrowed_for_public(plan.actions.all(), {"party": told.upper()}).count() == 1


def test_what_a_party_carries_says_in_which_roles(plan: Plan) -> None:
    with within(plan.organisation):
        party = Party.objects.get(code="TSM")
        rows = [(action.code, sorted(action.as_roles)) for action in carried_actions(plan, party)]

    assert rows == [("A1", ["lead"]), ("A2", ["lead"]), ("A4", ["lead", "support"])]


def test_the_table_that_leaves_says_the_same(plan: Plan) -> None:
    with within(plan.organisation):
        (table,) = tables_of_parties(plan, {})

    assert [column.heading for column in table.columns][:4] == ["Who", "Code", "Kind", "Leads"]
    assert [row[1:4] for row in table.rows] == [["", "Only words", 1], ["TSM", "Not resolved yet", 2]]


# ---- Pages


def page(name: str, plan: Plan, *ids: Any, organisation: Any = None) -> str:
    return reverse(f"plans:{name}", args=[(organisation or plan.organisation).slug, plan.pk, *ids])


def first_of(plan: Plan, said: str) -> int:
    with within(plan.organisation):
        return owners_saying(plan, said, None).order_by("pk").first().pk


def test_an_officer_says_who_it_is_and_takes_it_back(plan: Plan, member: Any, client_of: Any) -> None:
    client, said = client_of(member(Role.PROJECT_OFFICER)), first_of(plan, "lab managers")
    UnitFactory(organisation=plan.organisation, name="Faculty of Fire")
    UnitFactory(organisation=plan.organisation, name="Faculty of Law", has_technical_workforce=False)
    form = page("resolve_words", plan, said)
    words = {"make": "yes", "new-name": 'The "laboratory" <managers>', "new-code": "LM", "new-kind": "role"}
    words |= {"new-one_per": "faculty", "new-only_with_technical_workforce": "on"}

    assert "3 actions of the plan say so." in client.get(form).content.decode()
    assert "Choose one." in client.post(form, {"choose": "yes"}).content.decode()
    answer = client.post(form, words, follow=True).content.decode()
    again = client.post(form, words, follow=True).content.decode()
    with within(plan.organisation):
        party = Party.objects.get(code="LM")
    taken_back = client.post(page("unresolve_words", plan, said), follow=True).content.decode()

    assert "The &quot;laboratory&quot; &lt;managers&gt;" in answer
    assert "Faculty of Fire" in answer
    assert "Faculty of Law" not in answer
    assert "Somebody has said meanwhile who that is" in again
    assert "is only words again" in taken_back
    with within(plan.organisation):
        assert [one.words.casefold() for one in loads_of(plan, TODAY) if one.party is None] == ["lab managers"]
        assert Party.objects.get(code="LM") == party


def test_another_organisations_party_cannot_be_chosen(
    plan: Plan, other_organisation: Any, member: Any, client_of: Any
) -> None:
    theirs = PartyFactory(organisation=other_organisation)
    client = client_of(member(Role.LEAD))
    form = page("resolve_words", plan, first_of(plan, "lab managers"))
    answer = client.post(form, {"choose": "yes", "party": theirs.pk})

    assert answer.status_code == 200
    with within(plan.organisation):
        assert not ActionOwner.objects.filter(party=theirs.pk).exists()


def test_another_organisations_plan_is_not_found(
    plan: Plan, other_organisation: Any, member: Any, client_of: Any
) -> None:
    stranger, said = client_of(member(Role.LEAD, organisation=other_organisation)), first_of(plan, "lab managers")
    for name, ids in (("resolve_words", [said]), ("unresolve_words", [said]), ("show_plan_parties", [])):
        address = page(name, plan, *ids, organisation=other_organisation)
        assert stranger.post(address).status_code in (404, 405)
        assert stranger.get(address).status_code in (404, 405)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    organisation: Any, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        late = (timezone.localdate() - timedelta(days=1)).isoformat()
        PartyFactory(organisation=organisation, code=f"P{n}", name=f"Party {n}")
        make_action(plan, owners=[f"P{n}", "TSM", owner(f"Words {n}")], timeframe=ending(late))
    with within(organisation):
        tsm = Party.objects.get(code="TSM").pk
    client = client_of(member(Role.READER))
    for name, ids, queries in (("show_plan_parties", [], 16), ("show_plan_party", [tsm], 17)):
        client.get(page(name, plan, *ids))
        with query_count(queries):
            assert client.get(page(name, plan, *ids)).status_code == 200


def test_a_plan_that_names_nobody_says_so(organisation: Any, member: Any, client_of: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    assert (
        "The plan names nobody yet."
        in client_of(member(Role.READER)).get(page("show_plan_parties", plan)).content.decode()
    )
