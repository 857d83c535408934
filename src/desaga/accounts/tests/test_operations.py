from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from desaga.accounts import operations
from desaga.accounts.keys import hash_of
from desaga.accounts.models import Invitation, User
from desaga.accounts.tests.factories import InvitationFactory, user_who_can_sign_in
from desaga.audit.models import Entry
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    PersonFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
    member_of,
)
from desaga.tenancy.context import within

WORDS = "three words and more"


def key_in(message):
    return message.body.split("?key=")[1].split()[0]


@pytest.fixture
def lead(tenant, member):
    return member(Role.LEAD)


def invite(lead, organisation, **fields):
    given = {"email": "Ida@Example.org", "name": "Ida Bunsen", "roles": [Role.READER], **fields}
    return operations.invite_person(actor=lead, organisation=organisation, **given)


def test_inviting_sends_one_mail_with_a_key_that_is_not_kept(lead, tenant):
    now = timezone.now()
    invitation = invite(lead, tenant, now=now)
    assert [message.to for message in mail.outbox] == [["ida@example.org"]]
    key = key_in(mail.outbox[0])
    assert invitation.key_hash == hash_of(key)
    assert invitation.expires_at == now + timedelta(days=14)
    kept = [str(value) for entry in Entry.objects.all() for value in entry.__dict__.values()]
    kept += [str(value) for value in invitation.__dict__.values()]
    assert not [value for value in kept if key in value]


def test_the_mail_has_the_same_words_twice_and_one_button(lead, tenant):
    invite(lead, tenant, name="Ida <b>Bunsen</b>")
    message = mail.outbox[0]
    (html, kind) = message.alternatives[0]
    assert kind == "text/html"
    assert "Dear Ida <b>Bunsen</b>," in message.body
    assert "Dear Ida &lt;b&gt;Bunsen&lt;/b&gt;," in html
    assert message.body.count("?key=") == 1
    assert html.count("<a ") == 1


def test_inviting_is_written_down(lead, tenant):
    invitation = invite(lead, tenant)
    entry = Entry.objects.first()
    assert (entry.actor, entry.verb, entry.thing_id, entry.note) == (lead, "sent", str(invitation.pk), "Reader")


def test_an_address_is_invited_once_at_a_time(lead, tenant):
    invitation = invite(lead, tenant)
    with pytest.raises(operations.AlreadyInvited):
        invite(lead, tenant, email="ida@example.ORG")
    operations.revoke_invitation(actor=lead, invitation=invitation)
    assert invite(lead, tenant).pk != invitation.pk


@pytest.mark.parametrize("role", [Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD])
def test_an_officer_cannot_give_what_is_the_leads_to_give(tenant, member, role):
    with pytest.raises(operations.RoleNotYoursToGive):
        invite(member(Role.PROJECT_OFFICER), tenant, roles=[Role.READER, role])
    assert mail.outbox == []


def test_sending_again_ends_the_former_link_and_opens_a_new_one(lead, tenant):
    invitation = invite(lead, tenant, now=timezone.now() - timedelta(days=30))
    former = key_in(mail.outbox[0])
    again = operations.resend_invitation(actor=lead, invitation=invitation)
    assert again.key_hash == hash_of(key_in(mail.outbox[1])) != hash_of(former)
    assert again.state == "open"


@pytest.mark.parametrize("ended", [{"revoked_at": timezone.now()}, "accepted"])
def test_an_answered_invitation_is_neither_sent_again_nor_taken_back(lead, tenant, ended):
    fields = {"accepted_at": timezone.now(), "accepted_by": lead} if ended == "accepted" else ended
    invitation = InvitationFactory(organisation=tenant, invited_by=lead, **fields)
    with pytest.raises(operations.InvitationAnswered):
        operations.resend_invitation(actor=lead, invitation=invitation)
    with pytest.raises(operations.InvitationSettled):
        operations.revoke_invitation(actor=lead, invitation=invitation)


def test_accepting_makes_an_account_a_person_and_the_roles(lead, tenant):
    unit = UnitFactory(organisation=tenant)
    invitation = invite(lead, tenant, roles=[Role.CHAMPION, Role.READER], unit=unit)
    user = operations.accept_with_new_account(invitation=invitation, name="Ida B.", password=WORDS)
    assert (user.email, user.person.name, user.check_password(WORDS)) == ("ida@example.org", "Ida B.", True)
    held = RoleAssignment.objects.filter(person=user.person).values_list("role", "unit", "given_by")
    assert set(held) == {(Role.CHAMPION, unit.pk, lead.pk), (Role.READER, None, lead.pk)}
    assert Entry.objects.filter(actor=user, verb="accepted").count() == 1


def test_accepting_as_a_recorded_person_keeps_that_person(lead, tenant):
    person = PersonFactory(recorded_by=tenant, name="Ida Bunsen")
    invitation = invite(lead, tenant, name="", person=person)
    user = operations.accept_with_new_account(invitation=invitation, name="Ida", password=WORDS)
    person.refresh_from_db()
    assert (user.person, person.name) == (person, "Ida")


def test_a_link_works_once(lead, tenant):
    invitation = invite(lead, tenant)
    operations.accept_with_new_account(invitation=invitation, name="Ida", password=WORDS)
    with pytest.raises(operations.InvitationNotOpen):
        operations.accept_with_new_account(invitation=invitation, name="Mallory", password=WORDS)
    with pytest.raises(operations.InvitationNotOpen):
        operations.accept_as(actor=UserFactory(), invitation=invitation)


@pytest.mark.parametrize("ended", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_an_ended_invitation_lets_nobody_in(lead, tenant, ended):
    invitation = InvitationFactory(organisation=tenant, invited_by=lead, **ended)
    with pytest.raises(operations.InvitationNotOpen):
        operations.accept_with_new_account(invitation=invitation, name="Ida", password=WORDS)
    assert not User.objects.filter(email=invitation.email).exists()


def test_nobody_gets_a_second_account_for_an_address(lead, tenant):
    user_who_can_sign_in(email="ida@example.org")
    with pytest.raises(operations.HasAccount):
        operations.accept_with_new_account(invitation=invite(lead, tenant), name="Ida", password=WORDS)


def test_somebody_from_another_organisation_joins_as_themselves(lead, tenant, other_organisation):
    visitor = member_of(other_organisation, Role.LEAD)
    invitation = invite(lead, tenant)
    with within(tenant, user=visitor):
        operations.accept_as(actor=visitor, invitation=invitation)
        assert list(RoleAssignment.objects.filter(person=visitor.person_id).values_list("role", flat=True)) == [
            Role.READER
        ]
    with within(other_organisation):
        assert list(RoleAssignment.objects.values_list("role", flat=True)) == [Role.LEAD]


def test_an_invitation_for_a_recorded_person_is_not_somebody_elses(lead, tenant, other_organisation):
    invitation = invite(lead, tenant, person=PersonFactory(recorded_by=tenant))
    visitor = member_of(other_organisation, Role.LEAD)
    with within(tenant, user=visitor), pytest.raises(operations.ForSomeoneElse):
        operations.accept_as(actor=visitor, invitation=invitation)


@pytest.mark.parametrize("tie", [EmploymentFactory, RoleAssignmentFactory])
def test_one_organisation_cannot_open_the_account_of_somebody_who_is_also_anothers(
    lead, tenant, other_organisation, tie
):
    person = PersonFactory(recorded_by=tenant)
    invitation = invite(lead, tenant, person=person, email="chosen-by-the-lead@example.org")
    tie(organisation=other_organisation, person=person)
    with pytest.raises(operations.KnownElsewhere):
        operations.accept_with_new_account(invitation=invitation, name="Mallory", password=WORDS)
    with pytest.raises(operations.KnownElsewhere):
        operations.accept_as(actor=UserFactory(), invitation=invitation)
    assert not User.objects.filter(person=person).exists()


def test_a_role_that_is_held_already_is_kept_once(lead, tenant, member):
    reader = member(Role.READER)
    with within(tenant, user=reader):
        operations.accept_as(actor=reader, invitation=invite(lead, tenant))
        assert RoleAssignment.objects.filter(person=reader.person, role=Role.READER).count() == 1


def test_own_details_are_changed_by_their_owner_and_written_down_without_the_address(tenant, member):
    user = member(Role.READER)
    operations.change_own_details(actor=user, name="Ida", pronouns="she/her", personal_email="ida@home.example")
    user.person.refresh_from_db()
    assert (user.person.name, user.person.pronouns) == ("Ida", "she/her")
    with within(person=user.person, user=user):
        entries = Entry._base_manager.filter(actor=user)
        assert {entry.verb for entry in entries} == {"changed"}
        assert "ida@home.example" not in str([entry.__dict__ for entry in entries])


def test_invitations_are_their_organisations_alone(tenant, other_organisation):
    InvitationFactory(organisation=tenant)
    InvitationFactory(organisation=other_organisation)
    assert Invitation.objects.count() == 1
    assert Invitation._base_manager.count() == 1
