"""Invitations as people, programs and attackers meet them: through real requests."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import Invitation, User
from desaga.accounts.tests.factories import InvitationFactory, user_who_can_sign_in
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PASSWORD, EmploymentFactory, PersonFactory, UserFactory, member_of
from desaga.tenancy.context import within

KEY = "a-key-that-only-the-mail-knows-0123456789abcdef"
WORDS = "three words and more"


def address(organisation, key=KEY):
    return f"{reverse('accounts:accept_invitation', args=[organisation.slug])}?key={key}"


def accept(client, organisation, key=KEY, **fields):
    path = reverse("accounts:accept_invitation", args=[organisation.slug])
    return client.post(path, {"key": key, "name": "Ida Bunsen", "password": WORDS, **fields})


def rows_written():
    """How many rows of each table this transaction has added, changed or removed, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute("select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables")
        return {name: number for name, number in cursor.fetchall() if number}


@pytest.fixture
def invitation(organisation):
    return InvitationFactory(organisation=organisation, key=KEY, email="ida@example.org")


def test_opening_the_link_writes_nothing(client, organisation, invitation):
    before = rows_written()
    for method in (client.get, client.head, client.get, client.options):
        assert method(address(organisation)).status_code == 200
    assert rows_written() == before
    accept(client, organisation)
    assert rows_written() != before


def test_a_new_person_accepts_and_is_signed_in(client, organisation, invitation):
    page = client.get(address(organisation))
    assert "Northmoor invites you" in page.text
    assert "You are asked in as <strong>Reader</strong>." in page.text
    answer = accept(client, organisation)
    assert answer.url == f"/o/{organisation.slug}/"
    assert client.get(answer.url).status_code == 200
    again = client.post(reverse("account_logout"))
    assert again.status_code == 302
    client.post(reverse("account_login"), {"login": "ida@example.org", "password": WORDS})
    assert client.get(f"/o/{organisation.slug}/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "1029384756102938"}, "entirely numeric"),
        ({"password": "ida@example.org"}, "too similar"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, organisation, invitation, fields, sentence):
    answer = accept(client, organisation, **fields)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Error: " in answer.text
    assert not User.objects.filter(email="ida@example.org").exists()


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "to send it again"),
        ({"revoked_at": timezone.now()}, "has taken it back"),
    ],
)
def test_an_ended_link_says_what_to_do_and_lets_nobody_in(client, organisation, ended, words):
    InvitationFactory(organisation=organisation, key=KEY, email="ida@example.org", **ended)
    for answer in (client.get(address(organisation)), accept(client, organisation)):
        assert answer.status_code == 410
        assert words in answer.text
        assert "<form" not in answer.text
    assert not User.objects.filter(email="ida@example.org").exists()


def test_a_used_link_lets_nobody_else_in(client, organisation, invitation, client_of):
    accept(client, organisation)
    other = client_of(None)
    assert other.get(address(organisation)).status_code == 410
    assert accept(other, organisation, name="Mallory").status_code == 410
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("key", ["", KEY[:-1], KEY + "x", KEY.upper(), "' or 1=1 --", "\x00", "é" * 300])
def test_a_tampered_key_is_unknown(client, organisation, invitation, key):
    answer = client.get(reverse("accounts:accept_invitation", args=[organisation.slug]), {"key": key})
    assert answer.status_code == 404
    assert accept(client, organisation, key=key).status_code == 404
    assert "Northmoor" not in answer.text


def test_a_key_opens_no_other_organisation(client, organisation, other_organisation, invitation):
    assert client.get(address(organisation)).status_code == 200
    assert client.get(address(other_organisation)).status_code == 404
    assert accept(client, other_organisation).status_code == 404
    assert client.get("/invitations/no-such-place/?key=" + KEY).status_code == 404


def test_the_hash_in_the_database_is_no_key(client, organisation, invitation):
    assert client.get(address(organisation, invitation.key_hash)).status_code == 404


def test_the_key_stands_in_no_log(client, organisation, invitation, caplog):
    client.handler.enforce_csrf_checks = True
    with caplog.at_level(logging.DEBUG):
        client.get(address(organisation))
        assert accept(client, organisation).status_code == 403
        client.get(address(organisation, KEY + "x"))
    said = [record.getMessage() for record in caplog.records if record.name.startswith("django.request")]
    assert said == [f"Not Found: /invitations/{organisation.slug}/"]
    # The database's own log of queries is for development alone, and off.
    assert KEY not in "".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))


def test_who_has_an_account_signs_in_and_then_accepts(client, organisation, invitation):
    user = user_who_can_sign_in(email="ida@example.org")
    page = client.get(address(organisation))
    assert "Sign in to accept" in page.text
    assert "<form" not in page.text
    sign_in = page.context["sign_in_url"]
    answer = client.post(sign_in, {"login": user.email, "password": PASSWORD})
    assert answer.url == address(organisation)
    assert "Accept the invitation" in client.get(answer.url).text
    assert client.post(reverse("accounts:accept_invitation", args=[organisation.slug]), {"key": KEY}).status_code == 302
    user.refresh_from_db()
    with within(organisation):
        assert [str(role.role) for role in RoleAssignment.objects.filter(person=user.person_id)] == [Role.READER]


def test_an_account_cannot_be_overtaken_through_an_invitation(client, organisation, invitation):
    user_who_can_sign_in(email="ida@example.org")
    answer = accept(client, organisation, password="my own new password")
    assert "There is an account with this address already" in answer.text
    assert User.objects.get(email="ida@example.org").check_password(PASSWORD)
    assert "_auth_user_id" not in client.session


def test_signed_in_as_somebody_else_one_is_told_so(client_of, organisation, invitation):
    client = client_of(UserFactory(email="other@example.org"))
    text = client.get(address(organisation)).text
    assert "You are signed in as <strong>other@example.org</strong>" in text
    assert "Not you?" in text


def test_the_page_of_a_link_is_kept_in_no_cache(client, organisation, invitation):
    assert "no-store" in client.get(address(organisation)).headers["Cache-Control"]


# ---- Those who invite


@pytest.fixture
def lead(organisation):
    return member_of(organisation, Role.LEAD)


def test_a_lead_invites_and_the_link_works(client_of, lead, organisation, client):
    at_work = client_of(lead)
    form = {"name": "Ida Bunsen", "email": "ida@example.org", "roles": [Role.EDITOR, Role.READER]}
    answer = at_work.post(reverse("accounts:invite_person", args=[organisation.slug]), form)
    assert answer.url == reverse("accounts:list_invitations", args=[organisation.slug])
    assert "Ida Bunsen" in at_work.get(answer.url).text
    link = mail.outbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]
    assert client.get(link).status_code == 200


def test_somebody_recorded_is_invited_at_their_work_address(client_of, lead, organisation):
    employment = EmploymentFactory(organisation=organisation, person__name="Ada", work_email="ada@northmoor.example")
    form = {"person": employment.person_id, "roles": [Role.READER]}
    client_of(lead).post(reverse("accounts:invite_person", args=[organisation.slug]), form)
    assert [message.to for message in mail.outbox] == [["ada@northmoor.example"]]
    assert mail.outbox[0].body.startswith("Dear Ada,")


def test_an_address_is_needed_where_none_is_recorded(client_of, lead, organisation):
    form = {"person": PersonFactory(recorded_by=organisation).pk, "roles": [Role.READER]}
    page = client_of(lead).post(reverse("accounts:invite_person", args=[organisation.slug]), form)
    assert page.context["form"].errors == {"email": ["Write the e-mail address to which the invitation goes."]}


def test_a_name_is_needed_for_somebody_new(client_of, lead, organisation):
    form = {"email": "ida@example.org", "roles": [Role.READER]}
    page = client_of(lead).post(reverse("accounts:invite_person", args=[organisation.slug]), form)
    assert page.context["form"].errors["name"] == [
        "Write the name of the person, or choose somebody you have recorded."
    ]


def test_an_officer_is_not_offered_what_is_the_leads_to_give(client_of, organisation):
    officer = member_of(organisation, Role.PROJECT_OFFICER)
    url = reverse("accounts:invite_person", args=[organisation.slug])
    text = client_of(officer).get(url).text
    assert 'value="reader"' in text
    assert 'value="lead"' not in text
    form = {"name": "Mallory", "email": "m@example.org", "roles": [Role.LEAD]}
    assert client_of(officer).post(url, form).context["form"].errors["roles"]
    assert mail.outbox == []


def test_sending_again_and_taking_back_through_the_pages(client_of, lead, organisation, invitation, client):
    at_work = client_of(lead)
    again = reverse("accounts:resend_invitation", args=[organisation.slug, invitation.pk])
    assert at_work.get(again).status_code == 200
    assert client.get(address(organisation)).status_code == 200
    at_work.post(again)
    assert client.get(address(organisation)).status_code == 404
    link = mail.outbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]
    at_work.post(reverse("accounts:revoke_invitation", args=[organisation.slug, invitation.pk]))
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("name", ["resend_invitation", "revoke_invitation"])
def test_another_organisations_invitation_is_not_there(client_of, lead, organisation, other_organisation, name):
    theirs = InvitationFactory(organisation=other_organisation)
    with within(other_organisation):
        assert Invitation.objects.filter(pk=theirs.pk).exists()
    assert client_of(lead).post(reverse(f"accounts:{name}", args=[organisation.slug, theirs.pk])).status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.LEAD, Role.PROJECT_OFFICER}))
def test_others_do_not_invite(client_of, organisation, role):
    client = client_of(member_of(organisation, role))
    for name in ("list_invitations", "invite_person"):
        assert client.get(reverse(f"accounts:{name}", args=[organisation.slug])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client_of, lead, organisation, query_count, rows):
    for _ in range(rows):
        InvitationFactory(organisation=organisation)
    client = client_of(lead)
    with query_count(20):
        client.get(reverse("accounts:list_invitations", args=[organisation.slug]))
