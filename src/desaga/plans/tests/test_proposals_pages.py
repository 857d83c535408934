"""The pages on which one answers what is proposed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, Alignment, Plan, ProposalAnswer, StudyTheme
from ..operations.proposals import choose_study_theme
from ..queries import proposals as reads
from ..queries.offered import frameworks_offered
from .factories import PlanFactory, make_action
from .test_proposals import MENTORING, token


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title=MENTORING)
    make_action(plan, code="A2", title="Take two apprentices every year")
    return plan


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.LEAD))


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.slug, plan.pk, *more])


def words(response: Any) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def asked(plan: Plan, key: str, code: str) -> str:
    with within(plan.organisation):
        return token(plan, key, code)


def test_one_press_accepts_another_refuses_and_undo_takes_back(plan: Plan, client: Any) -> None:
    page, answer = address("review_proposals", plan), address("answer_proposals", plan)
    first = client.get(page)
    assert '<mark class="dsg-said">mentoring scheme</mark>' in first.content.decode()
    assert "0 of 2" in words(first)

    goes_on = {"goes_on": "p-1-talent-r10", "show": "left", "page": "1"}
    told = client.post(answer, {"do": "accept", "proposal": asked(plan, "talent", "R10"), **goes_on})
    assert told.url == f"{page}?show=left&page=1#p-1-talent-r10"
    shown = words(
        client.post(answer, {"do": "refuse", "proposal": asked(plan, "technician-commitment", "Recognition")}, follow=True)
    )  # fmt: skip
    assert "1 of 2" in shown
    assert "Answers TALENT R10" in shown
    assert "Not Technician Commitment Recognition" in shown
    with within(plan.organisation):
        (last,) = reads.last_answers(plan, ProposalAnswer.objects.first().answered_by)
    assert "It is open again." in words(
        client.post(address("take_proposal_answers_back", plan), {"answer": last}, follow=True)
    )
    with within(plan.organisation):
        assert list(ProposalAnswer.objects.values_list("code", flat=True)) == ["R10"]


def test_many_ticked_are_answered_together_and_what_is_gone_is_said(plan: Plan, client: Any) -> None:
    with within(plan.organisation):
        every = [
            one.token
            for rows in reads.proposals_for(
                reads.actions_to_look_at(plan, only_left=False).values_list("pk", flat=True),
                [one for one in frameworks_offered(plan) if not one.is_study],
            ).values()
            for one in rows
        ]
    answer = address("answer_proposals", plan)
    assert f"{len(every)} proposals are answered." in words(
        client.post(answer, {"do": "accept", "proposal": every}, follow=True)
    )
    assert "no longer proposed" not in words(client.get(address("review_proposals", plan)))
    again = {"do": "refuse", "proposal": [*every[:2], asked(plan, "themes", "Theme 1")]}
    assert "1 answered. 2 were answered already" in words(client.post(answer, again, follow=True))
    with within(plan.organisation):
        assert Alignment.objects.count() == len(every)
    assert "Everything is looked at" in words(client.get(address("review_proposals", plan), {"show": "left"}))


def test_a_theme_is_chosen_by_hand_and_stands_on_the_action(plan: Plan, client: Any) -> None:
    with within(plan.organisation):
        action = reads.actions_to_look_at(plan, only_left=False)[0]
    one = address("show_action_proposals", plan, action.pk)
    told = {"do": "theme", "action": action.pk, "code": "Theme 26", "of_action": action.pk}
    assert client.post(address("answer_proposals", plan), {**told, "on": "alone"}).url == f"{one}#proposals"
    assert client.post(address("answer_proposals", plan), {**told, "on": "page"}).url.endswith(
        "/?proposals=open#proposals"
    )
    page = words(client.post(address("answer_proposals", plan), {**told, "on": "page"}, follow=True))
    assert "Theme of the sector study Wellbeing" in page
    assert "Study theme: Wellbeing" in words(client.get(one))
    with within(plan.organisation):
        assert StudyTheme.objects.get().action == action


@pytest.mark.parametrize(
    "junk",
    [{}, {"proposal": "x"}, {"do": "theme", "code": "x"}, {"proposal": "1 talent \x00"}, {"of_action": "9" * 30}],
)
def test_whatever_is_sent_is_answered_with_a_sentence(plan: Plan, client: Any, junk: dict[str, str]) -> None:
    for name in ("answer_proposals", "take_proposal_answers_back"):
        assert client.post(address(name, plan), junk, follow=True).status_code in (200, 404)
    assert client.get(address("review_proposals", plan), {"framework": "\x00", "page": "x"}).status_code == 200
    with within(plan.organisation):
        assert not ProposalAnswer.objects.exists()


def test_a_unit_lead_is_not_shown_drafts_and_readers_nothing(plan: Plan, member: Any, client_of: Any) -> None:
    reader = client_of(member(Role.READER))
    assert reader.get(address("review_proposals", plan)).status_code == 403
    assert reader.post(address("answer_proposals", plan), {"do": "accept"}).status_code == 403
    assert "What may actions answer?" not in words(reader.get(address("show_plan_coverage", plan)))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(organisation: Any, client: Any, query_count: Any, number: int) -> None:
    plan = PlanFactory(organisation=organisation)
    stated = [{"framework": "TALENT", "code": "R10", "text": "R10", "basis": "cell"}]
    for n in range(number):
        make_action(plan, code=f"A{n}", title=MENTORING, alignments=stated)
        make_action(PlanFactory(organisation=organisation), code=f"B{n}", title=f"{MENTORING} {n}", alignments=stated)
    page = address("review_proposals", plan)
    with within(organisation):
        choose_study_theme(actor=None, action=Action.objects.get(code="B0"), code="Theme 15")
    client.post(
        address("answer_proposals", plan),
        {"do": "refuse", "proposal": asked(plan, "technician-commitment", "Recognition")},
    )
    assert "because you said so for B0" in words(client.get(page))
    with query_count(33):
        client.get(page)
