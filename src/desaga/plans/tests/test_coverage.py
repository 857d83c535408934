"""A plan held against frameworks: gaps, reasons, business as usual, and what it costs."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.frameworks.shipped import frameworks_read, shipped_frameworks
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..covering import sentence
from ..models import Alignment, Plan
from ..queries.coverage import coverage, coverage_summary, frameworks_for
from ..states import Basis
from ..tables.coverage import tables_of_coverage
from .factories import PlanFactory, make_action


def answers(code: str, basis: str = "cell", framework: str = "TALENT") -> dict[str, Any]:
    return {"framework": framework, "code": code, "text": code, "basis": basis}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", alignments=[answers("R1"), answers("R4", "theme"), answers("R4")])
    make_action(plan, code="A2", alignments=[answers("R4", "theme")])
    make_action(plan, code="A3", alignments=[answers("R5")], business_as_usual=True)
    make_action(plan, code="A4", alignments=[answers("Visibility", framework="Technician Commitment")])
    return plan


def held_against(plan: Plan, name: str, **options: Any) -> Any:
    with within(plan.organisation):
        framework = next(one for one in frameworks_for(plan) if one.name == name)
        return coverage(plan, framework, **options)


def test_gaps_are_what_no_action_answers_and_usual_business_is_apart(plan: Plan) -> None:
    found = held_against(plan, "TALENT")

    assert (found.answered, found.asked) == (2, 16)
    assert [one.code for one in found.gaps] == [f"R{n}" for n in range(1, 17) if n not in (1, 4)]
    assert [[a.label for a in one.usual] for one in found.principles if one.code == "R5"] == [["A3"]]
    assert held_against(plan, "TALENT", with_usual=True).answered == 3


def test_an_action_counts_once_for_its_strongest_reason(plan: Plan) -> None:
    (r4,) = [one for one in held_against(plan, "TALENT").principles if one.code == "R4"]

    assert [(a.label, a.basis) for a in r4.answers] == [("A1", "cell"), ("A2", "theme")]


def test_what_is_only_suggested_is_neither_answered_nor_a_gap(organisation: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    stated = [answers(f"R{n}") for n in range(3, 17)]
    make_action(plan, code="A1", alignments=[answers("R1", "suggested"), answers("R3", "suggested"), *stated])

    found = held_against(plan, "TALENT")
    (r1,) = found.only_suggested

    assert (r1.code, [a.label for a in r1.suggested], r1.answers, r1.is_gap) == ("R1", ["A1"], [], False)
    assert (found.answered, [one.code for one in found.gaps]) == (14, ["R2"])
    assert sentence(found).startswith("1 of 16 is answered by no action: R2 (")
    assert " 1 is only suggested: R1 (" in sentence(found)
    with within(organisation):
        principles, matrix = tables_of_coverage(plan, {"framework": "TALENT"})
    assert principles.rows[0][4:] == [0, "", "", "A1"]
    assert matrix.rows[0][2:5] == ["suggested", "", "stated"]


def test_an_optional_principle_is_no_gap_and_asks_for_nothing(plan: Plan) -> None:
    found = held_against(plan, "Technician Commitment")

    assert (found.answered, found.asked, len(found.principles)) == (1, 4, 5)
    assert "Evaluating Impact" not in [one.code for one in found.gaps]


def test_what_a_framework_does_not_list_is_shown_all_the_same(organisation: Any) -> None:
    plan = PlanFactory(
        organisation=organisation,
        frameworks=[{"name": "Our values", "principles": [{"code": "Care", "text": "We care"}]}],
    )
    make_action(plan, alignments=[answers("Courage", framework="Our values"), answers("R99")])

    assert [one.code for one in held_against(plan, "Our values").principles] == ["Care", "Courage"]
    assert held_against(plan, "TALENT").principles[-1].code == "R99"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([f"R{n}" for n in range(1, 17)], "All 16 are answered."),
        ([f"R{n}" for n in range(1, 16)], "1 of 16 is answered by no action: R16 ("),
        (["R1"] + [f"R{n}?" for n in range(2, 17)], "1 of 16 is answered; 15 are only suggested: R2 ("),
        ([], "16 of 16 are answered by no action: R1 ("),
    ],
)
def test_the_sentence_says_it_first(organisation: Any, codes: list[str], words: str) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(
        plan, alignments=[answers(one.rstrip("?"), "suggested" if one.endswith("?") else "cell") for one in codes]
    )

    assert sentence(held_against(plan, "TALENT")).startswith(words)


CODES = st.lists(st.tuples(st.integers(1, 18), st.sampled_from(Basis.values)), max_size=12)


@given(actions=st.lists(st.tuples(CODES, st.booleans()), max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_alignment_is_counted_once_and_gaps_are_the_rest(organisation: Any, actions: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    for codes, usual in actions:
        make_action(plan, alignments=[answers(f"R{n}", basis) for n, basis in codes], business_as_usual=usual)

    found = held_against(plan, "TALENT", with_usual=True)

    told = [(at, f"R{n}", basis) for at, (codes, _) in enumerate(actions) for n, basis in codes]
    pairs = {(at, code) for at, code, basis in told if basis != "suggested"}
    only = {(at, code) for at, code, _ in told} - pairs
    assert sum(len(one.answers) for one in found.principles) == len(pairs)
    assert sum(len(one.suggested) for one in found.principles) == len(only)
    answered = {code for _, code in pairs}
    suggested = {code for _, code in only} - answered
    assert {one.code for one in found.gaps} == {f"R{n}" for n in range(1, 17)} - answered - suggested
    assert {one.code for one in found.only_suggested} == suggested
    with within(organisation):
        (summed,) = [
            (one.answered, one.only_suggested, one.asked)
            for one in coverage_summary(plan, frameworks_for(plan), with_usual=True)
            if one.framework.name == "TALENT"
        ]
    assert summed == (found.answered, len(found.only_suggested), found.asked)


VERSION = next(one.version for one in shipped_frameworks() if one.key == "talent")


def test_the_tables_that_leave_say_the_same(plan: Plan) -> None:
    with within(plan.organisation):
        principles, matrix = tables_of_coverage(plan, {"framework": "TALENT", "usual": ""})

    assert {tuple(row[1:3]): row[4:] for row in principles.rows}[VERSION, "R4"] == [2, "A1", "A2", ""]
    assert [row[0] for row in matrix.rows] == ["A1", "A2", "A4"]
    assert [row[2 + 3] for row in matrix.rows] == ["stated", "inherited", ""]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_action_and_for_three(
    organisation: Any, member: Any, client_of: Any, django_assert_num_queries: Any, number: int
) -> None:
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        make_action(plan, code=f"A{n}", alignments=[answers("R1"), answers(f"R{n + 2}")])
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_coverage", args=[organisation.slug, plan.pk])
    client.get(page)

    with django_assert_num_queries(18):
        client.get(page)


def test_the_page_names_gaps_and_marks_reasons(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_coverage", args=[plan.organisation.slug, plan.pk])

    shown = client.get(page, {"framework": "TALENT"}).content.decode()

    assert "14 of 16 are answered by no action" in shown
    assert 'aria-label="stated">●' in shown
    assert 'aria-label="inherited from the theme">◐' in shown
    for junk in ("", "nothing of ours", "\x00", "<script>"):
        assert client.get(page, {"framework": junk, "page": "9999"}).status_code == 200


def test_the_matrix_is_drawn_where_everything_is_only_suggested(organisation: Any, member: Any, client_of: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", alignments=[answers("R1", "suggested")])
    page = reverse("plans:show_plan_coverage", args=[organisation.slug, plan.pk])

    shown = client_of(member(Role.READER)).get(page, {"framework": "TALENT"}).content.decode()

    assert 'aria-label="suggested">◌' in shown.partition('aria-label="Matrix"')[2]


def test_an_action_for_a_gap_starts_with_its_principle(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.LEAD))
    page = reverse("plans:show_plan_coverage", args=[plan.organisation.slug, plan.pk])
    add = reverse("plans:add_action", args=[plan.organisation.slug, plan.pk])
    shown = client.get(page, {"framework": "TALENT"}).content.decode()
    link = re.search(rf'href="({re.escape(add)}[^"]*)">Add one<span class="govuk-visually-hidden"> for R2<', shown)
    assert link is not None
    form = client.get(html.unescape(link[1])).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    client.post(html.unescape(link[1]), {**typed, "title": "Map the routes"})

    assert form["alignments"].value() == "TALENT: R2"
    assert "R2" not in [one.code for one in held_against(plan, "TALENT").gaps]
    for junk in ("", "R2", "\x00", " · ", "x" * 999):
        assert client.get(add, {"answers": junk}).status_code == 200


def test_a_plan_without_actions_has_a_page(organisation: Any, member: Any, client_of: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    page = reverse("plans:show_plan_coverage", args=[organisation.slug, plan.pk])

    assert client_of(member(Role.READER)).get(page).status_code == 200
    with within(organisation):
        assert not Alignment.objects.exists()


def test_shipped_frameworks_are_whole_and_say_where_they_come_from() -> None:
    told = {one.key: one for one in shipped_frameworks()}

    assert {key: len(one.principles) for key, one in told.items()} == {
        "concordat": 2, "employer-champion": 4, "engtechnow": 5, "n8": 10, "named": 2, "talent": 16, "technician-commitment": 5,
        "technician-commitment-2017": 4, "themes": 26,
    }  # fmt: skip
    for one in told.values():
        assert one.source.startswith("https://")
        assert one.version
        assert len({p.code for p in one.principles}) == len(one.principles)
        assert all(p.title for p in one.principles)
    assert {one.key for one in frameworks_read()} == {
        "concordat", "employer-champion", "n8", "named", "talent", "technician-commitment",
    }  # fmt: skip
    codes = [p.code for one in told.values() for p in one.principles]
    assert not {one.name for one in told.values()} & set(codes)


def test_a_shipped_framework_under_the_documents_own_name_is_listed_once(organisation: Any) -> None:
    pillars = [{"code": code, "text": "In the document’s words"} for code in ("Visibility", "Recognition")]
    values = [{"code": "Courage", "text": "We dare"}]
    plan = PlanFactory(
        organisation=organisation,
        frameworks=[{"name": "TC pillars", "principles": pillars}, {"name": "Our values", "principles": values}],
    )
    make_action(plan, alignments=[{"framework": "Our values", "code": "Courage", "text": "Courage", "basis": "cell"}])
    with within(organisation):
        names = [one.name for one in frameworks_for(plan)]
    assert "TC pillars" not in names
    assert names[0] == "Our values"
    assert "Technician Commitment" in names
