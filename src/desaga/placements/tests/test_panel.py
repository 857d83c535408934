"""Panels as the operations tell it: eligibility, members, conflicts, readings, scores."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ApplicationEvent, EligibilityCheck, Interest, Score
from ..operations import assigning, conflicts, eligibility, members, schemes, scoring
from ..queries.applications import applications_for, applications_led_by, applications_to_declare
from ..queries.rounds import heard_in, marks_of
from .factories import make_applicant, make_application, make_scheme, moved, received, with_role
from .panels import declared, eligible, given, make_member, scored, sheet_of


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def sees(user, application):
    user.known_memberships = {}
    with within(application.organisation, user=user):
        return applications_for(user, application.organisation).filter(pk=application.pk).exists()


def refuses(refusal, operation, *, user, scheme, **told):
    with within(scheme.organisation, user=user), pytest.raises(refusal):
        operation(actor=user, **told)


def test_what_cannot_be_funded_says_why_and_can_be_looked_at_again(scheme, manager):
    application = received(make_application(scheme))
    refuses(
        eligibility.SayWhy,
        eligibility.find_ineligible,
        user=manager,
        scheme=scheme,
        application=application,
        reasons=["nonsense"],
    )
    with within(scheme.organisation, user=manager):
        told = {"reasons": ["dates"], "words": "It begins before the panel meets."}
        eligibility.find_ineligible(actor=manager, application=application, **told)
        check = EligibilityCheck.objects.get()
        event = ApplicationEvent.objects.get(application=application, kind="find_ineligible")
        assert (check.reasons, event.for_applicant) == (["dates"], True)
        assert event.words.endswith("It begins before the panel meets.")
        assert eligibility.look_again(actor=manager, application=application).state == "received"
        assert eligibility.find_eligible(actor=manager, application=application).state == "eligible"


def test_nobody_decides_on_their_own(scheme, manager):
    application = received(make_application(scheme, applicant=manager))
    assert not sees(manager, application)
    for operation in (eligibility.find_eligible, eligibility.look_again):
        refuses(eligibility.OwnApplication, operation, user=manager, scheme=scheme, application=application)


def test_a_member_has_the_role_and_a_term(scheme, manager):
    nobody = make_applicant(scheme, "No Role")
    told = {"works_for": "X", "starts_on": date(2020, 1, 1)}
    with within(scheme.organisation, user=manager):
        with pytest.raises(members.NoRole):
            members.add_member(actor=manager, scheme=scheme, person=nobody.person, **told)
        user, _ = make_member(scheme, actor=manager)
        with pytest.raises(members.SitsAlready):
            members.add_member(actor=manager, scheme=scheme, person=user.person, **told)


def test_a_former_member_reads_nothing(scheme, manager):
    application = eligible(scheme, actor=manager)
    user, member = make_member(scheme, actor=manager)
    assignment = given(application, member, actor=manager)
    declared(application, user)
    assert sees(user, application)
    with within(scheme.organisation, user=manager):
        members.edit_member(actor=manager, member=member, ends_on=timezone.localdate() - timedelta(days=1))
    assert not sees(user, application)
    refuses(scoring.NotYours, scoring.save_draft, user=user, scheme=scheme, assignment=assignment, typed={})


def test_records_keep_a_colleague_away_until_staff_waive_it(scheme, manager):
    application = eligible(scheme, actor=manager)
    user, member = make_member(scheme, actor=manager, works_for="Farfield University")
    refuses(
        assigning.HasConflict, assigning.assign, user=manager, scheme=scheme, application=application, member=member
    )
    with within(scheme.organisation, user=manager):
        found = Interest.objects.get(application=application, person=user.person)
        assert (found.kind, found.source, found.is_pinned) == ("employer", "record", True)
    refuses(conflicts.IsPinned, conflicts.take_declaration_back, user=user, scheme=scheme, interest=found)
    refuses(conflicts.NotByThemselves, conflicts.waive, user=user, scheme=scheme, interest=found, because="I am fair.")
    refuses(conflicts.SayWhyNot, conflicts.waive, user=manager, scheme=scheme, interest=found, because=" ")
    with within(scheme.organisation, user=manager):
        waived = conflicts.waive(actor=manager, interest=found, because="Another faculty, they never met.")
        assert Interest.objects.get(pk=waived.pk).waived_by == manager
    given(application, member, actor=manager)
    assert not sees(user, application)
    # Who says the same that was waived reads on.
    declared(application, user, "employer", "Same university.")
    assert sees(user, application)


def test_ones_own_is_never_waived_nor_given_to_read(scheme, manager):
    user, member = make_member(scheme, actor=manager)
    application = eligible(scheme, actor=manager, applicant=user)
    refuses(
        assigning.HasConflict, assigning.assign, user=manager, scheme=scheme, application=application, member=member
    )
    with within(scheme.organisation, user=manager):
        own = Interest.objects.get(application=application, person=user.person, kind="own")
    refuses(conflicts.NotWaived, conflicts.waive, user=manager, scheme=scheme, interest=own, because="Why not?")
    assert not sees(user, application)


def test_who_declares_a_conflict_sees_nothing_and_may_err(scheme, manager):
    application = eligible(scheme, actor=manager)
    user, member = make_member(scheme, actor=manager)
    given(application, member, actor=manager)
    refuses(conflicts.SayMore, conflicts.declare, user=user, scheme=scheme, application=application, kind="personal")
    refuses(
        conflicts.NoSuchKind, conflicts.declare, user=user, scheme=scheme, application=application, kind="x", words="x"
    )
    told = declared(application, user, "personal", "My sister.")
    assert not sees(user, application)
    with within(scheme.organisation, user=user):
        assert not applications_to_declare(user, scheme.organisation)
        conflicts.take_declaration_back(actor=user, interest=told)
        rows = list(applications_to_declare(user, scheme.organisation))
        assert [set(row) for row in rows] == [
            {"pk", "reference", "title", "employer", "host", "round_id", "version_id", "scheme_id"}
        ]


def test_scores_are_kept_sheet_by_sheet(scheme, manager):
    application = eligible(scheme, actor=manager)
    user, member = make_member(scheme, actor=manager)
    assignment = given(application, member, actor=manager)
    refuses(
        scoring.NotYours,
        scoring.send_scores,
        user=user,
        scheme=scheme,
        assignment=assignment,
        typed=sheet_of(application),
    )
    declared(application, user)
    with within(scheme.organisation, user=user):
        scoring.save_draft(
            actor=user, assignment=assignment, typed={"learning": {"value": "1"}, "nonsense": {"value": "1"}}
        )
        assignment.refresh_from_db()
        assert set(assignment.draft) == {one.key for one in application.definition.criteria}
        with pytest.raises(scoring.SheetNotComplete, match="Give a reason"):
            scoring.send_scores(actor=user, assignment=assignment, typed=sheet_of(application, reason=""))
        first = scoring.send_scores(actor=user, assignment=assignment, typed=sheet_of(application, 3))
        same = scoring.send_scores(actor=user, assignment=assignment, typed=sheet_of(application, 3))
        assert (first.mark, same.sheet, same.draft) == (100, 1, {})
        again = scoring.send_scores(actor=user, assignment=assignment, typed=sheet_of(application, 0))
        assert (again.mark, again.sheet) == (0, 2)
        assert Score.objects.filter(assignment=assignment).count() == 8
    other, _ = make_member(scheme, actor=manager, name="Otto Other")
    refuses(
        scoring.NotYours,
        scoring.send_scores,
        user=other,
        scheme=scheme,
        assignment=assignment,
        typed=sheet_of(application),
    )
    moved(application, "offer")
    refuses(
        scoring.IsDecided,
        scoring.send_scores,
        user=user,
        scheme=scheme,
        assignment=assignment,
        typed=sheet_of(application),
    )


def test_abstaining_leaves_the_mean_and_stepping_back_takes_it_away(scheme, manager):
    application = eligible(scheme, actor=manager)
    readings = {}
    for name, value in (("Ann One", 3), ("Ben Two", 2), ("Cat Three", 0)):
        user, member = make_member(scheme, actor=manager, name=name)
        readings[user] = given(application, member, actor=manager)
        declared(application, user)
        scored(readings[user], user, value)
    ann, ben, cat = readings

    def standing():
        with within(scheme.organisation, user=manager):
            told = marks_of(heard_in(application.round, manager, scheme.organisation)).get(application.pk)
            return (told["mean"] and round(told["mean"]), told["readers"], told["sent"]) if told else (None, 0, 0)

    assert standing() == (56, 3, 3)
    with within(scheme.organisation, user=cat):
        scoring.abstain(actor=cat, assignment=readings[cat], because="Not my field.")
    assert standing() == (83, 3, 2)
    assert sees(cat, application)
    with within(scheme.organisation, user=ben):
        scoring.recuse(actor=ben, assignment=readings[ben], kind="personal", words="We are friends.")
        mine = Interest.objects.get(person=ben.person, kind="personal")
    assert standing() == (100, 2, 1)
    assert not sees(ben, application)
    refuses(conflicts.IsPinned, conflicts.take_declaration_back, user=ben, scheme=scheme, interest=mine)
    with within(scheme.organisation):
        minuted = ApplicationEvent.objects.get(kind="recused")
        assert (minuted.words, minuted.for_applicant) == ("Ben Two: Personal", False)
    # A conflict that is noticed after the scores takes them out of the mean.
    with within(scheme.organisation, user=manager):
        conflicts.note_conflict(
            actor=manager, application=application, person=ann.person, kind="money", words="Spin-out."
        )
    assert standing()[0] is None


def test_a_conflicted_chair_is_replaced_by_whom_the_chair_cannot_choose(scheme, manager, organisation):
    lead = with_role(organisation, Role.LEAD, "Lea Lead")
    chair, _ = make_member(
        scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR, works_for="University of Farfield"
    )
    deputy, _ = make_member(scheme, actor=manager, name="Dan Deputy")
    application = eligible(scheme, actor=manager)
    other = eligible(scheme, actor=manager, employer={"name": "University of Elsewhere"})
    round_ = application.round
    with within(organisation, user=manager):
        members.name_leaders(actor=manager, round_=round_, chair=chair.person, administrator=deputy.person)
        round_.refresh_from_db()

    def leads(user):
        user.known_memberships = {}
        with within(organisation, user=user):
            return set(applications_led_by(user, organisation).values_list("pk", flat=True))

    for user in (chair, deputy):
        for one in (application, other):
            declared(one, user)
    assert (leads(chair), leads(deputy)) == ({other.pk}, {application.pk})
    told = {"round_": round_, "chair": chair.person, "administrator": lead.person}
    refuses(members.ChairDoesNotChoose, members.name_leaders, user=chair, scheme=scheme, **told)
    # Nor by stepping down for a moment, nor by taking the chair with it, nor by another door.
    refuses(members.ChairDoesNotChoose, members.name_leaders, user=chair, scheme=scheme, **{**told, "chair": None})
    refuses(
        members.ChairDoesNotChoose,
        members.name_leaders,
        user=lead,
        scheme=scheme,
        **{**told, "chair": lead.person, "administrator": None},
    )
    refuses(schemes.LeadersStay, schemes.edit_round, user=chair, scheme=scheme, round_=round_, administrator=None)
    refuses(
        members.TwoPeople, members.name_leaders, user=manager, scheme=scheme, **{**told, "administrator": chair.person}
    )
    refuses(
        members.NotOnThePanel,
        members.name_leaders,
        user=manager,
        scheme=scheme,
        **{**told, "chair": lead.person, "administrator": None},
    )
