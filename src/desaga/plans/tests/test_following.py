"""Plans follow a framework's new edition: what becomes of alignments, answers to what is suggested, and taking back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.audit.models import Entry
from desaga.frameworks.moving import Move, Relation, Succession
from desaga.frameworks.tests.factories import make_edition
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..following import Held, dropped, onward
from ..models import Action, Alignment, Followed, Following, Plan
from ..operations import actions, following
from ..operations.following import AnsweredAlready, NoSuchPrinciple, NothingToFollow, NothingToTakeBack, TouchedSince
from ..queries import followed as reads
from ..states import Basis
from .factories import PlanFactory, close_plan, make_action

OLD, NEW = "Our values", "Our values 2026"
MOVES = (
    Move("Care", ("Care",), Relation.SAME),
    Move("Courage", ("Courage",), Relation.REWORDED),
    Move("Craft", ("Craft-1", "Craft-2"), Relation.SPLIT, "Making and teaching are two things."),
    Move("Candour", ("Trust",), Relation.MERGED),
    Move("Calm", ("Trust",), Relation.MERGED),
    Move("Charm", (), Relation.DROPPED),
)
SUCCESSION = Succession(OLD, NEW, MOVES)


def aligned(code: str, basis: str = "cell", framework: str = OLD, **more: Any) -> dict[str, Any]:
    return {"framework": framework, "code": code, "text": f"“{code}”", "basis": basis, **more}


def make_editions(organisation: Any) -> None:
    old = make_edition(organisation, *(move.old for move in MOVES), name=OLD)
    codes = ["Care", "Courage", "Craft-1", "Craft-2", "Trust", "Hope"]
    make_edition(organisation, *(f"{code}: What {code} means" for code in codes), name=NEW, replaces=old, moves=MOVES)


@pytest.fixture
def plan(organisation: Any) -> Plan:
    make_editions(organisation)
    plan = PlanFactory(organisation=organisation)
    make_action(
        plan, code="A1", alignments=[aligned("Care"), aligned("Craft", "theme"), aligned("R4", framework="TALENT")]
    )
    make_action(plan, code="A2", alignments=[aligned("Candour"), aligned("Calm"), aligned("Charm")])
    return plan


@pytest.fixture
def lead(member: Any) -> Any:
    return member(Role.LEAD)


def told(plan: Plan, framework: str = NEW) -> list[tuple[str, str, str]]:
    rows = Alignment.objects.filter(plan=plan, framework=framework).order_by("action__order", "order")
    return list(rows.values_list("action__code", "code", "basis"))


def everything(plan: Plan) -> list[tuple[Any, ...]]:
    fields = ("action", "order", "framework", "code", "text", "basis", "reason")
    return list(Alignment.objects.filter(plan=plan).order_by(*fields).values_list(*fields))


def pk_of(code: str) -> int:
    return Followed.objects.get(code=code).pk


# ---- What becomes of an alignment: relations and reasons


CHANGED = {
    Relation.REWORDED: "R3 is worded anew, as N1: does this action still answer it?",
    Relation.NARROWED: "R3 asks for less now, as N1: does this action still answer it?",
    Relation.WIDENED: "R3 asks for more now, as N1: does this action still answer it?",
    Relation.MERGED: "R3 and others became N1: does this action still answer it?",
}


@pytest.mark.parametrize("basis", [Basis.CELL, Basis.THEME, Basis.CODE, Basis.SUGGESTED])
@pytest.mark.parametrize("relation", Relation)
def test_what_an_alignment_becomes(relation: Relation, basis: Basis) -> None:
    new = {Relation.SPLIT: ("N1", "N2"), Relation.DROPPED: ()}.get(relation, ("N1",))
    succession = Succession("Old", "New", (Move("R3", new, relation),))
    held = [Held("R3", basis, "Since then." if basis == Basis.SUGGESTED else "")]

    found = [(one.code, one.basis, one.reason) for one in onward(held, succession)]

    split = "R3 was split into N1 and N2: which does this action answer?"
    assert found == {
        Relation.SAME: [("N1", basis, "Since then." if basis == Basis.SUGGESTED else "")],
        Relation.SPLIT: [("N1", Basis.SUGGESTED, split), ("N2", Basis.SUGGESTED, split)],
        Relation.DROPPED: [],
    }.get(relation, [("N1", Basis.SUGGESTED, CHANGED.get(relation))])
    assert dropped(held, succession) == (["R3"] if relation is Relation.DROPPED else [])


def test_two_principles_that_become_one_are_suggested_once_with_both_reasons() -> None:
    (one,) = onward([Held("Candour", "cell"), Held("Calm", "theme")], SUCCESSION)

    assert (one.code, one.was, one.basis) == ("Trust", ("Candour", "Calm"), Basis.SUGGESTED)
    assert one.reason == (
        "Candour and others became Trust: does this action still answer it? "
        "Calm and others became Trust: does this action still answer it?"
    )


def test_what_the_mapping_does_not_speak_of_becomes_nothing() -> None:
    assert onward([Held("Unheard of", "cell")], SUCCESSION) == []
    assert dropped([Held("Unheard of", "cell")], SUCCESSION) == ["Unheard of"]


# ---- Following


def test_a_plan_follows_and_the_old_alignments_stay(plan: Plan, lead: Any) -> None:
    with within(plan.organisation, user=lead):
        before = told(plan, OLD)
        (offer,) = reads.pending([plan])
        assert (offer.carried, offer.suggested, list(offer.dropped)) == (1, 3, ["Charm"])

        following.follow_edition(actor=lead, plan=plan, succession=offer.succession)

        assert told(plan, OLD) == before
        assert told(plan) == [
            ("A1", "Care", "cell"),
            ("A1", "Craft-1", "suggested"),
            ("A1", "Craft-2", "suggested"),
            ("A2", "Trust", "suggested"),
        ]
        assert Alignment.objects.get(code="Craft-1").reason == (
            "Craft was split into Craft-1 and Craft-2: which does this action answer? Making and teaching are two things."
        )
        entry = Entry.objects.get(verb=f"followed {NEW}")
        assert entry.note == "1 carried over, 3 suggested; from Our values."
        changed = Entry.objects.get(verb="changed", thing_id=str(Action.objects.get(code="A2").pk))
        assert changed.changes["alignments"][1][-1] == "Our values 2026 Trust (suggested)"


def test_following_twice_adds_nothing_and_a_later_action_follows_alone(plan: Plan) -> None:
    with within(plan.organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        before = everything(plan)
        with pytest.raises(NothingToFollow):
            following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        assert everything(plan) == before
    make_action(plan, code="A3", alignments=[aligned("Courage")])
    with within(plan.organisation):
        later = following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)

        assert told(plan)[-1] == ("A3", "Courage", "suggested")
        assert later.followed.count() == 1


def test_what_is_stated_in_the_new_edition_already_is_left_alone(plan: Plan) -> None:
    make_action(plan, code="A3", alignments=[aligned("Craft"), aligned("Craft-2", framework=NEW)])
    with within(plan.organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)

        assert told(plan)[-2:] == [("A3", "Craft-2", "cell"), ("A3", "Craft-1", "suggested")]


def test_several_plans_follow_together(plan: Plan) -> None:
    other, none = PlanFactory(organisation=plan.organisation), PlanFactory(organisation=plan.organisation)
    make_action(other, code="B1", alignments=[aligned("Care")])
    with within(plan.organisation):
        wanted = [(one, SUCCESSION) for one in (plan, none, other)]
        assert [one.plan for one in following.follow_editions(actor=None, wanted=wanted)] == [plan, other]
        assert told(other) == [("B1", "Care", "cell")]


def test_a_closed_plan_does_not_follow(plan: Plan) -> None:
    with within(plan.organisation):
        close_plan(plan)
        with pytest.raises(actions.PlanIsClosed):
            following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        assert list(reads.plans_open()) == []


def test_following_is_taken_back_while_nothing_was_touched(plan: Plan) -> None:
    with within(plan.organisation):
        before = everything(plan)
        made = following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        following.refuse_suggestions(actor=None, plan=plan, pks=[pk_of("Craft-1")])
        with pytest.raises(TouchedSince):
            following.unfollow_edition(actor=None, following=made)
        following.take_answers_back(actor=None, plan=plan, pks=[pk_of("Craft-1")])

        following.unfollow_edition(actor=None, following=made)

        assert everything(plan) == before
        assert not Followed.objects.exists()
        following.unfollow_edition(actor=None, following=made)
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)


# ---- Answering


@pytest.fixture
def followed(plan: Plan) -> Plan:
    with within(plan.organisation):
        following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
    return plan


def test_accepting_states_it_and_refusing_remembers_it(followed: Plan, lead: Any) -> None:
    with within(followed.organisation, user=lead):
        following.accept_suggestions(actor=lead, plan=followed, pks=[pk_of("Craft-1")])
        following.refuse_suggestions(actor=lead, plan=followed, pks=[pk_of("Craft-2"), pk_of("Trust")])

        assert told(followed) == [("A1", "Care", "cell"), ("A1", "Craft-1", "cell")]
        assert Alignment.objects.get(code="Craft-1").reason == ""
        assert reads.progress_of(followed) == [reads.Looked(NEW, 3, 0)]
        with pytest.raises(NothingToFollow):
            following.follow_edition(actor=lead, plan=followed, succession=SUCCESSION)
        note = "Refused what was suggested."
        assert [e.changes["alignments"][1][-1] for e in Entry.objects.filter(note=note).order_by("pk")] == [
            "Our values 2026 Craft-1", "Our values Charm",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "chosen", "after"),
    [
        ("Craft-1", "Hope", ["Care cell", "Hope cell", "Craft-2 suggested"]),
        ("Craft-1", "Craft-1", ["Care cell", "Craft-1 cell", "Craft-2 suggested"]),
        ("Craft-1", "Craft-2", ["Care cell", "Craft-2 cell"]),
        ("Craft-1", "Care", ["Care cell", "Craft-2 suggested"]),
    ],
)
def test_another_principle_is_chosen_and_taken_back(followed: Plan, code: str, chosen: str, after: list[str]) -> None:
    with within(followed.organisation):
        before = everything(followed)
        following.choose_another(actor=None, plan=followed, pks=[pk_of(code)], code=chosen)
        assert [f"{code} {basis}" for action, code, basis in told(followed) if action == "A1"] == after
        assert not reads.suggestions_waiting(followed).filter(code=code).exists()

        following.take_answers_back(actor=None, plan=followed, pks=[pk_of(code)])

        assert everything(followed) == before


def test_a_principle_that_the_edition_has_not_is_refused(followed: Plan) -> None:
    with within(followed.organisation), pytest.raises(NoSuchPrinciple):
        following.choose_another(actor=None, plan=followed, pks=[pk_of("Trust")], code="R4")


def test_two_hands_do_not_answer_one_suggestion_twice(followed: Plan, lead: Any) -> None:
    with within(followed.organisation, user=lead):
        both = [pk_of("Craft-1"), pk_of("Craft-2")]
        following.accept_suggestions(actor=lead, plan=followed, pks=both[:1])

        found = following.refuse_suggestions(actor=None, plan=followed, pks=both)

        assert (found.number, found.left) == (1, 1)
        assert told(followed)[:2] == [("A1", "Care", "cell"), ("A1", "Craft-1", "cell")]
        with pytest.raises(AnsweredAlready):
            following.refuse_suggestions(actor=None, plan=followed, pks=both)
        assert reads.last_press(followed, lead) == both[:1]


def test_an_answer_is_not_taken_back_over_a_later_change(followed: Plan) -> None:
    with within(followed.organisation):
        following.accept_suggestions(actor=None, plan=followed, pks=[pk_of("Trust")])
        Alignment.objects.filter(code="Trust").delete()

        with pytest.raises(TouchedSince):
            following.take_answers_back(actor=None, plan=followed, pks=[pk_of("Trust")])
        with pytest.raises(NothingToTakeBack):
            following.take_answers_back(actor=None, plan=followed, pks=[pk_of("Craft-1")])


def test_what_is_settled_in_the_action_itself_waits_no_longer(followed: Plan) -> None:
    with within(followed.organisation):
        Alignment.objects.filter(code="Trust").update(basis=Basis.CELL, reason="")

        assert [one.code for one in reads.suggestions_waiting(followed)] == ["Craft-1", "Craft-2"]
        assert reads.progress_of(followed) == [reads.Looked(NEW, 3, 2)]


def test_another_organisation_sees_and_answers_nothing(
    followed: Plan, organisation: Any, other_organisation: Any
) -> None:
    with within(organisation):
        pks = list(reads.suggestions_waiting(followed).values_list("pk", flat=True))
        made = Following.objects.get()
    theirs = PlanFactory(organisation=other_organisation)
    make_action(theirs, alignments=[aligned("Care")])
    with within(other_organisation):
        assert (list(Followed.objects.all()), list(Following.objects.all())) == ([], [])
        assert reads.pending([theirs]) == []
        with pytest.raises(AnsweredAlready):
            following.accept_suggestions(actor=None, plan=theirs, pks=pks)
        assert Followed._base_manager.filter(pk__in=pks).count() == 0
        assert Following._base_manager.filter(pk=made.pk).count() == 0
    with within(organisation):
        assert reads.suggestions_waiting(followed).count() == 3


# ---- Whatever is aligned and answered


HELD = st.lists(
    st.tuples(st.sampled_from([move.old for move in MOVES]), st.sampled_from(["cell", "theme", "code"])), max_size=5
)
ANSWERS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["accept", "refuse", "Hope", "Care", "Trust", "Craft-2"])), max_size=6
)


def answer(plan: Plan, pks: list[int], word: str) -> None:
    if word == "accept":
        following.accept_suggestions(actor=None, plan=plan, pks=pks)
    elif word == "refuse":
        following.refuse_suggestions(actor=None, plan=plan, pks=pks)
    else:
        following.choose_another(actor=None, plan=plan, pks=pks, code=word)


@given(
    held=st.lists(HELD, min_size=1, max_size=3),
    stated=st.lists(st.sampled_from(["Trust", "Hope"]), max_size=1),
    answers=ANSWERS,
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_stated_is_lost_and_all_can_be_taken_back(
    organisation: Any, editions: None, held: Any, stated: Any, answers: Any
) -> None:
    plan = PlanFactory(organisation=organisation)
    for codes in held:
        now = [aligned(code, framework=NEW) for code in stated]
        make_action(plan, alignments=[*(aligned(code, basis) for code, basis in codes), *now])
    with within(organisation):
        before = everything(plan)
        try:
            made = following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        except NothingToFollow:
            assert everything(plan) == before
            return
        after = everything(plan)
        assert set(before) <= set(after)
        with pytest.raises(NothingToFollow):
            following.follow_edition(actor=None, plan=plan, succession=SUCCESSION)
        undone: list[list[int]] = []
        for at, word in answers:
            waiting = list(reads.suggestions_waiting(plan).values_list("pk", flat=True))
            if waiting:
                pks = waiting[: 1 + at % len(waiting)]
                answer(plan, pks, word)
                undone.append(pks)
                assert set(before) <= set(everything(plan))
        for pks in reversed(undone):
            following.take_answers_back(actor=None, plan=plan, pks=pks)
        assert everything(plan) == after
        following.unfollow_edition(actor=None, following=made)
        assert everything(plan) == before


@pytest.fixture
def editions(organisation: Any) -> None:
    make_editions(organisation)
