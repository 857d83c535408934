"""Saved views: kept, opened, changed, shared, removed; who sees which; every column both ways; and that a file holds what is seen."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries
from ..models import DefaultView, Plan, SavedView
from ..operations.saved import ViewNameTaken, edit_view, remove_view, save_view, set_default_view
from ..queries.saved import default_view, views_for
from ..queries.sorting import KEYS
from .factories import PlanFactory, ThemeFactory, make_action

ASKS = {"status": "delayed", "sort": "-code", "columns": ["who", "status"]}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    ThemeFactory(plan=made, organisation=organisation, title="Careers", order=0)
    for code, status in (("R10", "delayed"), ("R2", "delayed"), ("R1", "complete")):
        make_action(made, code=code, title=f"Title of {code}", status=status, owners=["TSM"], theme="Careers")
    return made


def address(plan: Plan, name: str, *ids: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.slug, plan.pk, *ids])


def save(plan: Plan, actor: Any, name: str = "Late", *, everywhere: bool = False, **fields: Any) -> SavedView:
    with within(plan.organisation, user=actor):
        told = {"plan": None if everywhere else plan, "asks": ASKS, **fields}
        return save_view(actor=actor, organisation=plan.organisation, name=name, **told)


def codes(answer: Any) -> list[str]:
    return [row.code for group in answer.context["groups"] for row in group["rows"]]


# ---- Operations, and who sees what


def test_the_owner_alone_sees_a_view_until_it_is_shared(plan: Plan, member: Any) -> None:
    owner, other = member(Role.PROJECT_OFFICER), member(Role.READER)
    view = save(plan, owner)
    with within(plan.organisation, user=owner):
        assert [list(views_for(plan, user)) for user in (owner, other)] == [[view], []]
        edit_view(actor=owner, view=view, name="Late ones", plan=None, is_shared=True)
        seen = [[one.name for one in views_for(plan, user)] for user in (owner, other)]
    assert seen == [["Late ones"], ["Late ones"]]


def test_another_tenant_sees_no_view_even_a_shared_one(plan: Plan, member: Any, other_organisation: Any) -> None:
    view = save(plan, member(Role.LEAD), is_shared=True)
    with within(plan.organisation):
        assert SavedView.objects.filter(pk=view.pk).exists()
    with within(other_organisation):
        assert not SavedView._base_manager.filter(pk=view.pk).exists()


def test_a_name_is_taken_once_whatever_its_case_and_for_each_plan_and_owner_apart(plan: Plan, member: Any) -> None:
    owner, other = member(Role.LEAD), member(Role.PROJECT_OFFICER)
    save(plan, owner, "Late"), save(plan, owner, "Late", everywhere=True), save(plan, other, "Late")
    with pytest.raises(ViewNameTaken):
        save(plan, owner, "LATE")
    with pytest.raises(ViewNameTaken):
        save(plan, owner, "lATE", everywhere=True)


def test_a_plans_default_goes_before_that_of_all_plans_and_ends_with_its_view(plan: Plan, member: Any) -> None:
    user = member(Role.READER)
    everywhere, here = (
        save(plan, user, "All", everywhere=True, is_default=True),
        save(plan, user, "Here", is_default=True),
    )
    other = PlanFactory(organisation=plan.organisation)
    with within(plan.organisation, user=user):
        assert [default_view(one, user) for one in (plan, other)] == [here, everywhere]
        remove_view(actor=user, view=here)
        assert [default_view(one, user) for one in (plan, other)] == [everywhere, everywhere]


def test_a_default_that_is_no_longer_shared_is_no_default(plan: Plan, member: Any) -> None:
    owner, user = member(Role.LEAD), member(Role.READER)
    view = save(plan, owner, is_shared=True)
    with within(plan.organisation, user=user):
        set_default_view(actor=user, view=view, plan=plan)
        assert default_view(plan, user) == view
        edit_view(actor=owner, view=view, name="Late", plan=plan, is_shared=False)
        assert (default_view(plan, user), DefaultView.objects.count()) == (None, 1)


# ---- The page


def test_a_view_is_saved_opened_changed_and_removed_from_the_page(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    asked = {"status": "delayed", "sort": "-code", "columns": ["who", "status"]}

    saved = client.post(
        f"{address(plan, 'save_view')}?status=delayed&sort=-code&columns=who&columns=status",
        {"name": "Late", "plans": "this", "is_default": "on"},
    )
    opened = client.get(address(plan, "show_plan"), follow=True)
    with within(plan.organisation):
        view = SavedView.objects.get()
    changed = client.get(address(plan, "show_plan"), {"view": view.pk, "status": "complete"})
    client.post(address(plan, "replace_view", view.pk), {"asks": "status=complete"})
    again = client.get(address(plan, "open_view", view.pk), follow=True)
    asking = client.get(address(plan, "remove_view", view.pk))
    client.post(address(plan, "remove_view", view.pk))

    assert parse_qs(urlsplit(saved["Location"]).query) == {
        "status": ["delayed"], "sort": ["-code"], "columns": ["who", "status"], "view": [str(view.pk)],
    }  # fmt: skip
    assert view.asks == asked
    assert (codes(opened), opened.context["view_now"], opened.context["has_changed"]) == (["R10", "R2"], view, False)
    assert [head["label"] for head in opened.context["columns"]] == ["Code", "Action", "Who", "Status"]
    assert (codes(changed), changed.context["has_changed"]) == (["R1"], True)
    assert codes(again) == ["R1"]
    assert "Only the view goes" in asking.content.decode()
    assert codes(client.get(address(plan, "show_plan"), follow=True)) == ["R10", "R2", "R1"]


def test_all_actions_are_reached_past_a_default(plan: Plan, member: Any, client_of: Any) -> None:
    user = member(Role.READER)
    save(plan, user, is_default=True)
    assert codes(client_of(user).get(f"{address(plan, 'show_plan')}?view=")) == ["R10", "R2", "R1"]


def test_a_private_view_is_missing_to_others_and_a_shared_one_is_changed_by_who_may_edit(
    plan: Plan, member: Any, client_of: Any
) -> None:
    reader, lead = member(Role.READER), member(Role.LEAD)
    private, shared = save(plan, lead, "Mine"), save(plan, lead, "Ours", is_shared=True)
    pages = ("open_view", "edit_view", "remove_view")

    def answers(user: Any, view: SavedView) -> list[int]:
        return [client_of(user).get(address(plan, name, view.pk)).status_code for name in pages]

    assert answers(lead, private) == [302, 200, 200]
    assert answers(reader, private) == [404, 404, 404]
    assert answers(reader, shared) == [302, 403, 403]
    assert answers(member(Role.PROJECT_OFFICER), shared) == [302, 200, 200]


def test_a_reader_saves_for_themselves_and_cannot_share(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.READER))
    client.post(f"{address(plan, 'save_view')}?status=delayed", {"name": "x", "plans": "this", "is_shared": "on"})
    with within(plan.organisation):
        assert SavedView.objects.get().is_shared is False


def test_a_name_that_is_taken_is_told_and_nothing_typed_is_lost(plan: Plan, member: Any, client_of: Any) -> None:
    user = member(Role.READER)
    save(plan, user, "Late")
    answer = client_of(user).post(f"{address(plan, 'save_view')}?q=x", {"name": "late", "plans": "this"})
    shown = answer.content.decode()
    assert "You have a view of this name already." in shown
    assert 'value="late"' in shown


def test_a_view_that_names_what_is_gone_opens_and_says_so(plan: Plan, member: Any, client_of: Any) -> None:
    user = member(Role.READER)
    view = save(plan, user, "Old", asks={"party": "XYZ", "theme": "Outreach"}, everywhere=True)
    shown = client_of(user).get(address(plan, "open_view", view.pk), follow=True)
    told = shown.content.decode()
    assert shown.status_code == 200
    assert "names the party “XYZ”, for which the view “Old” asks" in told
    assert "names the theme “Outreach”" in told


def test_a_theme_narrows_by_its_name_in_whatever_plan(plan: Plan, member: Any, client_of: Any) -> None:
    make_action(plan, code="X", theme="Other")
    assert codes(client_of(member(Role.READER)).get(address(plan, "show_plan"), {"theme": "Other"})) == ["X"]


# ---- Orders


def test_codes_are_ordered_as_people_count_both_ways(plan: Plan) -> None:
    for code in ("r1a", "", "2.10", "2.9", "R01"):
        make_action(plan, code=code, title=f"t{code}")
    with within(plan.organisation):
        rows = queries.actions_listed(plan)
        there = [one.code for one in queries.in_order(rows, "code")]
        back = [one.code for one in queries.in_order(rows, "-code")]
    assert there == ["2.9", "2.10", "R1", "R01", "r1a", "R2", "R10", ""]
    assert back == ["R10", "R2", "r1a", "R1", "R01", "2.10", "2.9", ""]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_column_is_sorted_both_ways_by_a_link(name: str, plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.READER))
    column = {"due": "when", "code": "who", "title": "who"}.get(name, name)
    ways = []
    for sort in ("", name, f"-{name}"):
        answer = client.get(address(plan, "show_plan"), {"sort": sort, "columns": column})
        assert sorted(codes(answer)) == ["R1", "R10", "R2"]
        head = next(one for one in answer.context["columns"] if f"sort={sort}" in one["url"] or one["way"])
        ways.append((head["way"], answer.content.decode().count("aria-sort=")))
    assert ways == [("", 0), ("ascending", 1), ("descending", 1)]


def test_status_goes_from_not_begun_to_stopped_not_by_the_alphabet(plan: Plan) -> None:
    make_action(plan, code="N", status="not_started"), make_action(plan, code="Z", status=None)
    with within(plan.organisation):
        rows = queries.in_order(queries.actions_listed(plan), "status")
        assert [one.code for one in rows] == ["N", "R1", "R10", "R2", "Z"]


# ---- Files


def test_a_file_holds_what_is_seen(plan: Plan, member: Any, client_of: Any) -> None:
    view = save(plan, member(Role.LEAD), is_shared=True)
    client = client_of(member(Role.READER))
    query = urlsplit(client.get(address(plan, "open_view", view.pk))["Location"]).query

    answer = client.get(f"{address(plan, 'take_out', 'actions', 'csv')}?{query}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[0][:-1] == ["Code", "Action", "Who carries it", "Status"]
    assert [row[0] for row in rows[1:]] == ["R10", "R2"]


def test_what_the_public_takes_out_is_not_ordered_by_who_carries_it(plan: Plan, member: Any, client_of: Any) -> None:
    make_action(plan, code="A", owners=[{"text": "Aaron Able", "code": None, "kind": "person", "role": "lead"}])
    client = client_of(member(Role.LEAD))
    take = address(plan, "take_out", "actions", "csv")

    def order(**query: str) -> list[str]:
        text = client.get(take, query).content.decode("utf-8-sig")
        return [line.split(",")[0] for line in text.splitlines() if line.split(",")[0] in ("A", "R1", "R2", "R10")]

    assert order(sort="who") == ["A", "R10", "R2", "R1"]
    assert order(sort="who", public="yes") == order(public="yes")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_views_costs_the_same_for_few_and_many(
    plan: Plan, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    user = member(Role.LEAD)
    client = client_of(user)
    for n in range(number):
        save(plan, user, f"View {n}", is_shared=True, everywhere=bool(n % 2))
    client.get(address(plan, "list_views"))
    with query_count(20):
        client.get(address(plan, "list_views"))
