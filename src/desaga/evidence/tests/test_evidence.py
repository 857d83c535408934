"""What one can do with evidence, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.refusals import Refused
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import operations, queries, records
from ..models import Evidence, EvidenceChange, EvidenceContent
from ..operations.gate import NotNow, move
from ..operations.giving import NothingGiven, RecordIsGone
from ..operations.reviewing import NothingToTakeItsPlace
from ..queries import Summary
from ..states import TRANSITIONS, State
from .factories import a_file, a_link, make_evidence

REASON = "The minutes do not name the prize."


def test_evidence_given_waits_with_its_history_and_audit(organisation, member):
    user = member(Role.TECHNICIAN)
    piece = make_evidence(organisation, a_file(), actor=user, given_by="Ann Reed", person=user.person)
    with within(organisation, user=user):
        assert (piece.state, piece.kind, piece.size, piece.given_by) == (State.WAITING, "file", 11, "Ann Reed")
        assert [(one.was, one.became) for one in EvidenceChange.objects.all()] == [("", State.WAITING)]
        assert Entry.objects.filter(thing_kind="evidence.evidence", verb="gave the evidence").count() == 1


@pytest.mark.parametrize(
    ("piece", "title"),
    [
        (a_file("", name="year_report.txt"), "year report"),
        (a_file("Our report"), "Our report"),
        (a_link("", link="https://www.northmoor.example/prize/2026/"), "www.northmoor.example/prize/2026"),
    ],
)
def test_a_piece_without_a_title_is_called_by_what_it_is(organisation, piece, title):
    assert make_evidence(organisation, piece).title == title


def test_sent_twice_is_one_piece(organisation):
    submission = uuid4()
    pieces = {make_evidence(organisation, a_link(), submission=submission).pk for _ in range(2)}
    assert len(pieces) == 1


def test_nothing_is_no_evidence_and_a_record_must_be_there(organisation):
    for piece, refusal in (
        (operations.GivenPiece(), NothingGiven),
        (operations.GivenPiece(record=("plans.plan", 1)), RecordIsGone),
    ):
        with pytest.raises(refusal):
            make_evidence(organisation, piece)
    with pytest.raises(ValueError, match=r"no\.such"):
        records.named("no.such:1")


def in_state(organisation, state):
    """A piece in a state, put there by the gate's own steps."""
    piece, other = make_evidence(organisation, a_file()), make_evidence(organisation, a_link())
    steps = {
        State.WAITING: (),
        State.ACCEPTED: (("accept", {}),),
        State.NOT_ACCEPTED: (("decline", {"reason": REASON}),),
        State.REPLACED: (("replace", {"replaced_by": other}),),
        State.TAKEN_BACK: (("take_back", {}),),
    }
    with within(organisation):
        for name, also in steps[state]:
            move(piece, name, actor=None, **also)
    return piece, other


@pytest.mark.parametrize(("state", "name"), list(product(State, TRANSITIONS)))
def test_the_gate_goes_only_where_the_table_says(organisation, state, name):
    piece, other = in_state(organisation, state)
    also = {"decline": {"reason": REASON}, "replace": {"replaced_by": other}}.get(name, {})
    with within(organisation):
        if state in TRANSITIONS[name].sources:
            assert move(piece, name, actor=None, **also).state == TRANSITIONS[name].target
            assert EvidenceChange.objects.filter(evidence=piece).last().was == state
        else:
            with pytest.raises(NotNow):
                move(piece, name, actor=None, **also)


def test_history_cannot_be_changed(organisation):
    make_evidence(organisation)
    with within(organisation), pytest.raises(DatabaseError), transaction.atomic():
        EvidenceChange.objects.update(note="Never")


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "javascript:alert(1)", "kind": "link", "file_name": "", "sha256": ""},
        {"kind": "link"},
        {"state": "not_accepted"},
        {"state": "replaced"},
    ],
)
def test_the_database_refuses_what_cannot_be(organisation, fields):
    piece = make_evidence(organisation)
    with within(organisation), pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(**fields)


def test_not_accepting_wants_a_reason_and_can_be_thought_over(organisation, member):
    officer, piece = member(Role.PROJECT_OFFICER), make_evidence(organisation)
    with within(organisation, user=officer):
        with pytest.raises(operations.ReasonWanted):
            operations.decline_evidence(actor=officer, evidence=piece, reason=" ")
        declined = operations.decline_evidence(actor=officer, evidence=piece, reason=REASON)
        assert (declined.state, declined.reason) == (State.NOT_ACCEPTED, REASON)
        accepted = operations.accept_evidence(actor=officer, evidence=piece)
        assert (accepted.state, accepted.reason) == (State.ACCEPTED, "")


def test_what_was_accepted_is_looked_at_again_when_its_giver_changes_it(organisation, member):
    officer, user, piece = member(Role.PROJECT_OFFICER), member(Role.TECHNICIAN), make_evidence(organisation)
    with within(organisation, user=user):
        operations.accept_evidence(actor=officer, evidence=piece)
        same = operations.correct_evidence(actor=user, evidence=piece, title=piece.title)
        by_officer = operations.correct_evidence(actor=officer, evidence=piece, reviews=True, title="Minutes of May")
        by_giver = operations.correct_evidence(actor=user, evidence=piece, title="Minutes of June")

    assert [one.state for one in (same, by_officer, by_giver)] == [State.ACCEPTED, State.ACCEPTED, State.WAITING]


def test_taking_back_removes_the_bytes_and_keeps_the_audit(organisation, member):
    user, piece = member(Role.TECHNICIAN), make_evidence(organisation)
    with within(organisation, user=user):
        assert EvidenceContent.objects.count() == 1
        operations.take_back(actor=user, evidence=piece)
        assert EvidenceContent.objects.count() == 0
        assert Entry.objects.filter(verb="took back", thing_name="Minutes").count() == 1
        with pytest.raises(Refused):
            operations.correct_evidence(actor=user, evidence=piece, title="Other minutes")


def test_only_what_stands_takes_anothers_place(organisation, member):
    user, old, new = member(Role.LEAD), make_evidence(organisation), make_evidence(organisation, a_link())
    with within(organisation, user=user):
        Evidence.objects.filter(pk=new.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
        for other in (old, new):
            with pytest.raises(NothingToTakeItsPlace):
                operations.replace_evidence(actor=user, evidence=old, by=other)
        Evidence.objects.filter(pk=new.pk).update(expires_on=timezone.localdate())
        assert operations.replace_evidence(actor=user, evidence=old, by=new).replaced_by == new


@pytest.mark.parametrize(
    ("state", "programme", "giver", "reader"),
    [
        (State.WAITING, True, True, True),
        (State.ACCEPTED, True, True, True),
        (State.NOT_ACCEPTED, True, True, False),
        (State.REPLACED, True, True, True),
        (State.TAKEN_BACK, True, False, False),
    ],
)
def test_who_sees_what(organisation, other_organisation, member, state, programme, giver, reader):
    people = {"programme": member(Role.LEAD), "giver": member(Role.TECHNICIAN), "reader": member(Role.READER)}
    piece, _ = in_state(organisation, state)
    with within(organisation):
        Evidence.objects.filter(pk=piece.pk).update(entered_by=people["giver"])
    seen = {}
    for who, user in people.items():
        with within(organisation, user=user):
            seen[who] = queries.evidence_for(user, organisation).filter(pk=piece.pk).exists()
    assert seen == {"programme": programme, "giver": giver, "reader": reader}
    with within(other_organisation):
        assert not Evidence.objects.filter(pk=piece.pk).exists()


@pytest.mark.parametrize(
    ("pieces", "voices", "words"),
    [
        (0, 0, "No evidence yet."),
        (1, 0, "The one piece is not in technicians’ own words."),
        (1, 1, "The one piece is in technicians’ own words."),
        (7, 1, "1 of 7 pieces is in technicians’ own words."),
        (7, 3, "3 of 7 pieces are in technicians’ own words."),
    ],
)
def test_the_summary_counts_technicians_voices(pieces, voices, words):
    assert Summary(pieces, voices).words == words
