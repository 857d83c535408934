"""What actions may answer: proposed from words, answered by people, learnt from within the organisation and never beyond it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from desaga.audit.models import Entry
from desaga.frameworks.tests.factories import make_edition
from desaga.frameworks.wordings import Wording
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..mayanswer import marked
from ..models import Alignment, Plan, ProposalAnswer, StudyTheme
from ..operations import proposals
from ..operations.actions import PlanIsClosed, edit_action
from ..operations.proposals import AnswerTouched, NoSuchTheme, NothingAnswered, NothingChosen, NotProposedNow
from ..queries import actions_whole
from ..queries import proposals as reads
from ..queries.offered import frameworks_offered
from .factories import PlanFactory, action_data, close_plan, make_action

MENTORING = "Start a mentoring scheme and pay fees for professional registration"


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title=MENTORING)
    make_action(plan, code="A2", title="Take two apprentices every year")
    return plan


@pytest.fixture
def lead(member: Any) -> Any:
    return member(Role.LEAD)


def rows(plan: Plan) -> list[reads.Proposed]:
    pks = list(reads.actions_to_look_at(plan, only_left=False).values_list("pk", flat=True))
    found = reads.proposals_for(pks, frameworks_offered(plan))
    return [one for pk in pks for one in found[pk]]


def proposed(plan: Plan) -> list[str]:
    codes = dict(reads.actions_to_look_at(plan, only_left=False).values_list("pk", "code"))
    return [f"{codes[one.action]} {one.framework.key} {one.code}" for one in rows(plan)]


def token(plan: Plan, key: str, code: str) -> str:
    return next(one.token for one in rows(plan) if (one.framework.key, one.code) == (key, code))


def aligned(plan: Plan) -> list[tuple[str, str, str]]:
    return list(
        Alignment.objects.filter(plan=plan).values_list("action__code", "code", "basis").order_by("action", "order")
    )


def test_each_framework_in_use_and_the_study_propose_with_words(plan: Plan) -> None:
    with within(plan.organisation):
        assert proposed(plan) == [
            "A1 talent R10",
            "A1 technician-commitment Recognition",
            "A1 technician-commitment Career Development",
            "A1 themes Theme 15",
            "A1 themes Theme 10",
            "A2 talent R7",
            "A2 technician-commitment Sustainability",
            "A2 themes Theme 1",
        ]
        assert "mentoring scheme" in rows(plan)[0].because
        assert (Alignment.objects.count(), StudyTheme.objects.count()) == (0, 0)


def test_accepting_states_an_alignment_and_keeps_who_and_why(plan: Plan, lead: Any) -> None:
    with within(plan.organisation, user=lead):
        told = proposals.accept_proposals(actor=lead, plan=plan, tokens=[token(plan, "talent", "R10")])

        assert (told.number, told.left) == (1, 0)
        assert aligned(plan) == [("A1", "R10", "cell")]
        answer = ProposalAnswer.objects.get()
        assert (answer.framework, answer.is_accepted, answer.answered_by) == ("TALENT", True, lead)
        assert "mentoring scheme" in answer.because
        assert "A1 talent R10" not in proposed(plan)
        assert Entry.objects.latest("pk").note == "Accepted what was proposed from its words."


def test_of_themes_an_action_has_one_and_it_is_not_the_plans_own_heading(plan: Plan, lead: Any) -> None:
    with within(plan.organisation, user=lead):
        both = [token(plan, "themes", "Theme 15"), token(plan, "themes", "Theme 10")]
        told = proposals.accept_proposals(actor=lead, plan=plan, tokens=both)

        assert (told.number, told.left) == (1, 1)
        theme = StudyTheme.objects.get()
        assert (theme.code, theme.said_by, theme.action.theme) == ("Theme 15", lead, None)
        assert not [one for one in proposed(plan) if one.startswith("A1 themes")]
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyTheme.objects.create(
                organisation=plan.organisation, plan=plan, action=theme.action, code="Theme 1", said_by=lead
            )


def test_another_theme_gives_way_and_comes_back_with_the_answer(plan: Plan) -> None:
    with within(plan.organisation):
        action = reads.actions_to_look_at(plan, only_left=False)[0]
        proposals.accept_proposals(actor=None, plan=plan, tokens=[token(plan, "themes", "Theme 15")])
        proposals.choose_study_theme(actor=None, action=action, code="Theme 26")
        assert StudyTheme.objects.get().code == "Theme 26"
        assert dict(ProposalAnswer.objects.values_list("code", "is_accepted")) == {"Theme 15": False, "Theme 26": True}

        assert proposals.take_proposal_answers_back(actor=None, plan=plan, pks=reads.last_answers(plan, None)) == 2
        assert StudyTheme.objects.get().code == "Theme 15"
        assert dict(ProposalAnswer.objects.values_list("code", "is_accepted")) == {"Theme 15": True}
        with pytest.raises(NoSuchTheme):
            proposals.choose_study_theme(actor=None, action=action, code="Theme 27")


def test_what_was_refused_is_proposed_for_that_action_no_more(plan: Plan) -> None:
    with within(plan.organisation):
        made = make_action(plan, code="A3", title=f"{MENTORING} soon")
        proposals.refuse_proposals(actor=None, plan=plan, tokens=[token(plan, "talent", "R10")])

        assert "A1 talent R10" not in proposed(plan)
        assert aligned(plan) == []
        action = actions_whole(plan).get(code="A1")
        edit_action(actor=None, action=action, data=action_data(code="A1", title="Mentor everybody who registers"))
        assert "A1 talent R10" not in proposed(plan)
        assert made.pk in {one.action for one in rows(plan)}


def test_what_is_aligned_or_only_suggested_is_not_proposed(plan: Plan) -> None:
    suggested = {"framework": "TALENT", "code": "R10", "text": "R10", "basis": "suggested", "reason": "Since then."}
    make_action(plan, code="B1", title=MENTORING, alignments=[suggested])
    with within(plan.organisation):
        assert "B1 talent R10" not in proposed(plan)


def test_what_a_form_sends_is_worked_out_anew(plan: Plan, other_organisation: Any) -> None:
    theirs = make_action(PlanFactory(organisation=other_organisation), title=MENTORING)
    with within(plan.organisation):
        action = reads.actions_to_look_at(plan, only_left=False)[0].pk
        for tokens in (
            [f"{action} talent R16"],
            [f"{theirs.pk} talent R10"],
            ["x"],
            ["1 2"],
            [f"{action} themes \x00"],
        ):
            with pytest.raises(NotProposedNow):
                proposals.accept_proposals(actor=None, plan=plan, tokens=tokens)
        with pytest.raises(NothingChosen):
            proposals.refuse_proposals(actor=None, plan=plan, tokens=[])
        asked = [token(plan, "talent", "R10"), f"{action} talent R16"]
        assert proposals.refuse_proposals(actor=None, plan=plan, tokens=asked) == proposals.Told(1, 1)
        assert aligned(plan) == []


def test_answers_are_taken_back_while_the_action_still_says_so(plan: Plan) -> None:
    with within(plan.organisation):
        before = proposed(plan)
        tokens = [one.token for one in rows(plan)]
        proposals.accept_proposals(actor=None, plan=plan, tokens=tokens[:2])
        proposals.take_proposal_answers_back(actor=None, plan=plan, pks=reads.last_answers(plan, None))
        assert (aligned(plan), proposed(plan)) == ([], before)
        with pytest.raises(NothingAnswered):
            proposals.take_proposal_answers_back(actor=None, plan=plan, pks=[0])

        proposals.accept_proposals(actor=None, plan=plan, tokens=tokens[:1])
        Alignment.objects.all().delete()
        with pytest.raises(AnswerTouched):
            proposals.take_proposal_answers_back(actor=None, plan=plan, pks=reads.last_answers(plan, None))


def test_a_closed_plan_still_says_its_themes_and_nothing_else(plan: Plan) -> None:
    with within(plan.organisation):
        principle = token(plan, "talent", "R10")
        plan = close_plan(plan)
        with pytest.raises(PlanIsClosed):
            proposals.accept_proposals(actor=None, plan=plan, tokens=[principle])
        assert {one.framework.key for one in rows(plan)} == {"themes"}
        proposals.accept_proposals(actor=None, plan=plan, tokens=[token(plan, "themes", "Theme 1")])
        assert StudyTheme.objects.get().code == "Theme 1"


# ---- Of which frameworks


def test_own_frameworks_propose_by_their_wording_drafts_too(organisation: Any) -> None:
    values = [
        Wording("Stewardship", "", "We repair equipment and instruments before we replace them"),
        Wording("Candour", "", "We say what failed"),
    ]
    make_edition(organisation, *values, name="Our values")
    make_edition(organisation, Wording("W1", "", "Colleagues sleep well"), name="Our draft", in_use=False)
    plan = PlanFactory(organisation=organisation)
    make_action(plan, title="Repair old instruments for the teaching laboratories")
    with within(organisation):
        offered = [(one.name, one.is_own) for one in frameworks_offered(plan)]
        assert offered[-3:] == [("Our draft", True), ("Our values", True), ("Sector themes", False)]
        assert "Our draft" not in [one.name for one in frameworks_offered(plan, with_drafts=False)]
        (found,) = [one for one in rows(plan) if one.framework.is_own]
        assert (found.code, set(found.because)) == ("Stewardship", {"Repair", "instruments"})
        proposals.accept_proposals(actor=None, plan=plan, tokens=[found.token])
        assert aligned(plan) == [("", "Stewardship", "cell")]


def test_what_the_plans_own_document_spells_out_speaks_too(organisation: Any) -> None:
    sheets = [
        {"name": "Values of the house", "principles": [{"code": "Calm", "text": "Nobody hurries near furnaces"}]},
        {"name": "TALENT Report recommendations", "principles": [{"code": "R16", "text": "Fences around furnaces"}]},
    ]
    plan = PlanFactory(organisation=organisation, frameworks=sheets)
    make_action(plan, title="Fences for furnaces")
    with within(organisation):
        assert [(one.framework.name, one.code, sorted(one.because)) for one in rows(plan)] == [
            ("TALENT", "R16", ["Fences", "furnaces"]),
            ("Values of the house", "Calm", ["furnaces"]),
        ]


# ---- Learning


def test_what_was_said_of_one_action_is_a_reason_for_the_next(organisation: Any, plan: Plan) -> None:
    zorbing = "Zorbing afternoons for the glass workshop"
    for code in ("Z1", "Z2"):
        make_action(plan, code=code, title=f"{zorbing}, {code} floor")
    stated = [{"framework": "TALENT", "code": "R12", "text": "R12", "basis": "cell"}]
    with within(organisation):
        assert not [one for one in proposed(plan) if one.startswith("Z2 talent R12")]
    first = make_action(plan, code="Z0", title=zorbing, alignments=stated)
    with within(organisation):
        learnt = next(one for one in rows(plan) if one.code == "R12")
        assert learnt.like == (str(first.pk),)
        assert reads.names_of_actions(learnt.like, plan) == {str(first.pk): "Z0"}
        assert "afternoons" in learnt.because

        proposals.refuse_proposals(actor=None, plan=plan, tokens=[token(plan, "talent", "R12")])
        again = [one for one in proposed(plan) if one.endswith("talent R12")]
        assert len(again) < 2


def test_nothing_is_learnt_from_another_organisation(organisation: Any, other_organisation: Any) -> None:
    """The same words, said of the same principle there: here they say nothing, though the database holds them."""
    zorbing = {"title": "Zorbing afternoons for the glass workshop"}
    stated = [{"framework": "TALENT", "code": "R12", "text": "R12", "basis": "cell"}]
    there = PlanFactory(organisation=other_organisation)
    make_action(there, **zorbing, alignments=stated)
    make_action(there, code="T2", **zorbing)
    here = PlanFactory(organisation=organisation)
    make_action(here, code="H1", **zorbing)
    with within(other_organisation):
        assert "T2 talent R12" in proposed(there)
        proposals.accept_proposals(actor=None, plan=there, tokens=[token(there, "talent", "R12")])
    with within(organisation):
        assert "H1 talent R12" not in proposed(here)
        assert not ProposalAnswer._base_manager.exists()


# ---- The words on the page


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Teach & learn", ["teach"], '<mark class="dsg-said">Teach</mark> &amp; learn'),
        ("teaching", ["teach"], "teaching"),
        (
            "job families and job",
            ["job", "job families"],
            '<mark class="dsg-said">job families</mark> and <mark class="dsg-said">job</mark>',
        ),
        ("<b>one\ntwo", ["two"], '&lt;b&gt;one<br><mark class="dsg-said">two</mark>'),
        ("as it is", [], "as it is"),
    ],
)
def test_words_are_marked_where_they_stand(text: str, words: list[str], found: str) -> None:
    assert marked(text, words) == found
