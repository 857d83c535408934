"""The pages on which plans follow new editions and suggestions are answered, and editions beside each other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from desaga.frameworks.models import Edition
from desaga.frameworks.moving import Move, Relation
from desaga.frameworks.tests.factories import make_edition
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..covering import compared_sentence
from ..models import Alignment, Followed, Following, Plan
from ..operations import following
from ..queries import followed as reads
from ..queries.coverage import editions_wanted, families_of, frameworks_for
from ..queries.editions import editions_compared
from ..tables.editions import tables_of_editions
from .factories import PlanFactory, make_action
from .test_following import NEW, OLD, SUCCESSION, aligned, make_editions, pk_of, told


@pytest.fixture
def plan(organisation: Any) -> Plan:
    make_editions(organisation)
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Teach the craft", alignments=[aligned("Care"), aligned("Craft")])
    make_action(plan, code="A2", alignments=[aligned("Courage"), aligned("Charm")])
    return plan


@pytest.fixture
def followed(plan: Plan) -> Plan:
    with within(plan.organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
    return plan


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.LEAD))


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.slug, plan.pk, *more])


def words(response: Any) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def waiting(plan: Plan) -> list[str]:
    with within(plan.organisation):
        return list(reads.suggestions_waiting(plan).order_by("code").values_list("code", flat=True))


def pk(plan: Plan, code: str) -> int:
    with within(plan.organisation):
        return pk_of(code)


def test_a_lead_follows_from_coverage_answers_and_takes_back(plan: Plan, client: Any) -> None:
    shown = words(client.get(address("show_plan_coverage", plan), {"framework": OLD}))
    assert "Our values 2026 has come after this edition" in shown
    assert "No longer asked: Charm, named by 1 action" in shown
    assert "Hope (What Hope means)" in shown
    answer = client.post(address("follow_edition", plan), {"old": OLD, "new": NEW}, follow=True)
    assert "The plan follows Our values 2026" in words(answer)
    assert waiting(plan) == ["Courage", "Craft-1", "Craft-2"]

    page, one = address("answer_suggestions", plan), pk(plan, "Craft-1")
    answer = client.post(page, {"do": "accept", "suggestion": one, "framework": NEW, "goes_on": pk(plan, "Craft-2")})
    assert answer.url.endswith(f"suggestions/?framework=Our+values+2026#s-{pk(plan, 'Craft-2')}")
    client.post(page, {"do": "choose", "suggestion": pk(plan, "Craft-2"), "framework": NEW, "code": "Hope"})
    shown = words(client.post(page, {"do": "refuse", "suggestion": pk(plan, "Courage")}, follow=True))

    assert "Everything is looked at" in shown
    with within(plan.organisation):
        assert told(plan) == [("A1", "Care", "cell"), ("A1", "Craft-1", "cell"), ("A1", "Hope", "cell")]
    assert "Answers Hope instead" in words(client.get(address("list_answers", plan)))
    shown = words(client.post(address("take_answers_back", plan), {"suggestion": pk(plan, "Courage")}, follow=True))
    assert "It waits again." in shown
    assert waiting(plan) == ["Courage"]


def test_several_are_answered_together_and_what_was_answered_is_said(followed: Plan, client: Any) -> None:
    both = [pk(followed, "Craft-1"), pk(followed, "Craft-2")]
    page = address("answer_suggestions", followed)

    assert "2 suggestions are answered." in words(client.post(page, {"do": "refuse", "suggestion": both}, follow=True))
    both.append(pk(followed, "Courage"))
    shown = words(client.post(page, {"do": "accept", "suggestion": both}, follow=True))
    assert "1 answered. 2 had been answered by somebody else already." in shown
    assert "has been answered already" in words(client.post(page, {"do": "accept", "suggestion": both}, follow=True))


@pytest.mark.parametrize(
    "junk", [{}, {"suggestion": "x"}, {"suggestion": "9" * 30}, {"suggestion": "1", "do": "choose", "code": "\x00"}]
)
def test_whatever_is_sent_is_answered_with_a_sentence(followed: Plan, client: Any, junk: dict[str, str]) -> None:
    for name in ("answer_suggestions", "take_answers_back", "follow_edition"):
        assert client.post(address(name, followed), junk, follow=True).status_code == 200
    assert client.get(address("review_suggestions", followed), {"framework": "\x00", "page": "x"}).status_code == 200
    assert len(waiting(followed)) == 3


def test_the_list_shows_both_wordings_and_how_far_one_is(followed: Plan, client: Any) -> None:
    with within(followed.organisation):
        following.accept_suggestions(actor=None, plan=followed, pks=[pk_of("Courage")])

    shown = words(client.get(address("review_suggestions", followed)))

    assert "1 of 3" in shown
    assert "Before, in Our values Craft" in shown
    assert "Now, in Our values 2026 Craft-1 What Craft-1 means" in shown
    assert "Craft was split into Craft-1 and Craft-2: which does this action answer?" in shown
    assert "cannot be taken back as a whole" in shown
    assert "2 suggestions of what actions answer" in words(client.get(address("show_plan_overview", followed)))


def test_a_following_is_taken_back_with_one_press(followed: Plan, client: Any) -> None:
    with within(followed.organisation):
        made = Following.objects.get()
    page = address("unfollow_edition", followed, made.pk)

    assert "as it was before it followed" in words(client.post(page, follow=True))
    assert client.post(page).status_code == 404
    with within(followed.organisation):
        assert told(followed) == []


def test_a_plan_without_suggestions_says_so(organisation: Any, client: Any) -> None:
    plan = PlanFactory(organisation=organisation)

    assert "Nothing is suggested." in words(client.get(address("review_suggestions", plan)))
    assert "Nothing has been answered yet." in words(client.get(address("list_answers", plan)))


def test_plans_follow_together(plan: Plan, client: Any) -> None:
    other = PlanFactory(organisation=plan.organisation, title="Engineering")
    make_action(other, code="B1", alignments=[aligned("Care"), aligned("Craft")])
    page = reverse("plans:follow_editions", args=[plan.organisation.slug])
    assert "Engineering: Our values 2026 after Our values" in words(client.get(page))
    assert "Nothing is ticked that can follow" in words(client.post(page, {"follow": ["x", "1:", ":"]}, follow=True))

    ticked = [f"{one.pk}:{NEW}" for one in (plan, other)]
    shown = words(client.post(page, {"follow": ticked}, follow=True))

    assert "2 plans followed." in shown
    assert "No plan has an edition to follow." in shown
    assert "Engineering : 2 suggestions" in shown


def test_who_runs_no_programme_answers_nothing(followed: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.READER))

    assert client.post(address("answer_suggestions", followed), {"do": "accept"}).status_code == 403
    shown = words(client.get(address("show_plan_coverage", followed), {"framework": NEW}))
    assert "Only suggested" in shown
    assert "Look through the" not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_pages(organisation: Any, client: Any, query_count: Any, number: int) -> None:
    make_editions(organisation)
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        make_action(plan, code=f"A{n}", alignments=[aligned("Courage"), aligned("Craft")])
        other = PlanFactory(organisation=organisation)
        make_action(other, code="B", alignments=[aligned("Courage")])
    together = reverse("plans:follow_editions", args=[organisation.slug])
    client.get(together)
    with query_count(22):
        client.get(together)
    with query_count(26):
        client.get(address("show_plan_coverage", plan), {"framework": OLD})
    with within(organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        following.refuse_suggestions(
            actor=None, plan=plan, pks=Followed.objects.filter(code="Craft-1").values_list("pk", flat=True)
        )
    with query_count(27):
        assert client.get(address("review_suggestions", plan)).status_code == 200
    with query_count(17):
        client.get(address("list_answers", plan))
    with query_count(20):
        client.get(address("compare_editions", plan), {"new": NEW})


# ---- Editions beside each other


ENDED = tuple(Move(code, (), Relation.DROPPED) for code in ("Care", "Courage", "Craft-1", "Craft-2", "Trust", "Hope"))


def test_editions_stand_together_the_newest_first(plan: Plan) -> None:
    make_action(plan, alignments=[aligned("Care", framework=NEW)])
    third = make_edition(plan.organisation, "Care", name="Our values 2028", replaces=edition(plan), moves=ENDED)
    with within(plan.organisation):
        families = families_of(frameworks_for(plan))

        assert [[one.name for one in family.editions] for family in families if len(family.editions) > 1] == [
            [third.name, NEW, OLD],
        ]
        assert families[0].label == "Our values 2028, 3 editions"


def edition(plan: Plan) -> Any:
    with within(plan.organisation):
        return Edition.objects.get(name=NEW)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((None, None), (OLD, NEW)),
        ((OLD, NEW), (OLD, NEW)),
        ((NEW, OLD), (OLD, NEW)),
        (("nothing", "nothing"), (OLD, NEW)),
    ],
)
def test_two_editions_are_chosen(plan: Plan, asked: Any, found: Any) -> None:
    with within(plan.organisation):
        pair = editions_wanted(frameworks_for(plan), *asked)

    assert pair is not None
    assert tuple(one.name for one in pair) == found


def test_what_was_a_gap_and_what_is(followed: Plan) -> None:
    with within(followed.organisation):
        pair = editions_wanted(frameworks_for(followed), OLD, NEW)
        assert pair is not None
        found = editions_compared(followed, *pair)
        (table,) = tables_of_editions(followed, {"old": OLD, "new": NEW})

    assert [[row[0], *row[2:]] for row in table.rows] == [
        ["Care", "Care", "Stays the same", "1 action", "1 action"],
        ["Courage", "Courage", "Asks the same in other words", "1 action", "Only suggested"],
        ["Craft-1", "Craft", "Becomes several", "1 action", "Only suggested"],
        ["Craft-2", "Craft", "Becomes several", "1 action", "Only suggested"],
        ["Trust", "Candour, Calm", "Becomes one with others", "No action; No action", "No action"],
        ["Hope", "", "New", "", "No action"],
        ["", "Charm", "Is dropped", "1 action", ""],
    ]
    assert compared_sentence(found) == (
        "In Our values, 2 of 6 have no action; in Our values 2026, 2 of 6, and 3 are only suggested."
    )


def test_editions_have_a_page_and_files(followed: Plan, client: Any, organisation: Any) -> None:
    shown = words(client.get(address("compare_editions", followed), {"old": OLD, "new": NEW}))
    assert "No longer asked" in shown
    assert "Is dropped" in shown
    for format in ("xlsx", "docx", "pdf", "csv", "json"):
        assert client.get(address("take_out", followed, "editions", format)).status_code == 200


def test_coverage_costs_the_same_however_much_is_suggested(organisation: Any, client: Any, query_count: Any) -> None:
    make_editions(organisation)
    plan = PlanFactory(organisation=organisation)
    for n in range(10):
        make_action(plan, code=f"A{n}", alignments=[aligned("Craft"), aligned("Care")])
    page = address("show_plan_coverage", plan)
    with within(organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
    client.get(page, {"framework": NEW})
    with query_count(19):
        client.get(page, {"framework": NEW})
    with within(organisation):
        rows = list(Alignment.objects.filter(framework=NEW))
        Alignment.objects.bulk_create(
            Alignment(organisation=organisation, plan=plan, action=row.action, order=90 + n, framework=NEW, code=f"X{n}", basis="suggested")
            for row in rows
            for n in range(20)
        )  # fmt: skip
    with query_count(19):
        client.get(page, {"framework": NEW})
