"""A real client against a real provider, over HTTP; then all that somebody could send us in its place."""

import logging
import time

import pytest
import requests
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.accounts.tests.factories import user_who_can_sign_in
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PASSWORD, RoleAssignmentFactory, member_of
from desaga.tenancy.context import within

from ..models import Identity
from ..operations import leaving
from ..operations.providers import keep_secret
from ..queries import provider_at_the_door, provider_demanded_of
from .factories import EmailDomainFactory, ProviderFactory, RoleRuleFactory
from .institution import IDA, SECRET, Institution, there

OK, FOUND, LOST, REFUSED, MISSING = 200, 302, 400, 403, 404


@pytest.fixture
def ida(organisation):
    """Ida has an account at Desaga already, and reads there."""
    user = member_of(organisation, Role.READER, email=IDA["email"])
    user_email(user)
    return user


def user_email(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_ida_signs_in_at_her_institution_and_goes_on_to_where_she_wanted(institution, ida, client):
    answer = institution.sign_in(client, next="/o/northmoor/units/")
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, "/o/northmoor/units/")
    assert signed_in(client) == str(ida.pk)
    assert client.get("/o/northmoor/units/").status_code == OK


def test_what_goes_there_holds_to_the_flow(institution, client):
    first, second = institution.start(client), institution.start(client)
    asked = {name: there(first, name) for name in ("response_type", "client_id", "scope", "code_challenge_method")}
    assert asked == {
        "response_type": "code",
        "client_id": "desaga",
        "scope": "openid email profile",
        "code_challenge_method": "S256",
    }
    for name in ("state", "nonce", "code_challenge"):
        assert len(there(first, name)) >= 43
        assert there(first, name) != there(second, name)
    assert there(first, "redirect_uri") == f"http://testserver/account/institution/{institution.provider.pk}/return/"


def test_somebody_new_gets_an_account_by_a_rule_and_loses_the_role_with_the_group(institution, organisation, client):
    RoleRuleFactory(provider=institution.provider)
    institution.tell(people=[{**IDA, "claims": {"name": "Ida Bunsen", "groups": ["staff", "technicians"]}}])
    assert institution.sign_in(client).status_code == FOUND
    user = User.objects.get(email=IDA["email"])
    with within(organisation):
        assert [str(role) for role in RoleAssignment.objects.all()] == ["Ida Bunsen, Technician"]
    institution.tell(people=[{**IDA, "claims": {"groups": ["staff"]}}])
    again = Client()
    assert institution.sign_in(again).status_code == REFUSED
    assert signed_in(again) is None
    assert not user.has_usable_password()
    with within(organisation):
        assert not RoleAssignment.objects.exists()


def test_a_second_step_of_ones_own_is_still_asked_for(institution, ida, client):
    TOTP.activate(ida, generate_totp_secret())
    answer = institution.sign_in(client)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_one_is_sent_on_to_pages_of_ours_alone(address, institution, ida, client):
    assert institution.sign_in(client, next=address).headers["Location"] == "/"


# What a provider, or somebody in its place, may send instead of a right ID token.
LIES = {
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "another audience": {"claims": {"aud": "another"}},
    "several audiences, and none is told": {"claims": {"aud": ["desaga", "another"]}},
    "for another party": {"claims": {"azp": "another"}},
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": ""}},
    "expired": {"claims": {"exp": 1}},
    "not yet": {"claims": {"iat": 4102444800}},
    "no subject": {"claims": {"sub": None}},
    "a subject that is no text": {"claims": {"sub": 7}},
    "no signature": {"header": {"alg": "none"}},
    "signed with the public key": {"header": {"alg": "HS256"}},
    "signed with another key": {"header": {"own_key": True}},
    "a key that nobody knows": {"header": {"kid": "unknown"}},
    "no ID token": {"answer": {"id_token": None}},
    "nonsense": {"answer": {"id_token": "a.b.c"}},
    "details of somebody else": {"details": {"sub": "somebody-else"}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_is_not_right_signs_nobody_in(lie, institution, ida, client):
    institution.tell(lies=lie)
    answer = institution.sign_in(client)
    assert answer.status_code == REFUSED
    assert "could not be verified" in answer.content.decode()
    assert signed_in(client) is None
    with within(institution.provider.organisation):
        assert not Identity.objects.exists()


def test_the_lies_are_what_is_refused(institution, ida, client):
    """The same way of making a token, without a lie in it."""
    institution.tell(lies={"claims": {"aud": ["desaga"]}})
    assert institution.sign_in(client).status_code == FOUND


def test_a_state_of_another_browser_or_a_second_time_signs_nobody_in(institution, ida, client):
    back = institution.visit(institution.start(client))
    stranger = Client()
    assert institution.come_back(stranger, back).status_code == LOST
    assert signed_in(stranger) is None
    assert institution.come_back(client, back).status_code == FOUND
    assert institution.come_back(client, back).status_code == LOST


def test_a_code_counts_once_even_with_another_state(institution, ida, client):
    back = institution.visit(institution.start(client))
    assert institution.come_back(client, back).status_code == FOUND
    other = Client()
    state = there(institution.start(other), "state")
    code = there(back, "code")
    answer = other.get(f"/account/institution/{institution.provider.pk}/return/", {"state": state, "code": code})
    assert (answer.status_code, signed_in(other)) == (REFUSED, None)


def test_a_stolen_code_does_not_open_ones_own_session(institution, ida, client):
    """Without PKCE and the nonce, a code that was issued to one browser could be used in another."""
    stolen = there(institution.visit(institution.start(Client())), "code")
    state = there(institution.start(client), "state")
    answer = client.get(f"/account/institution/{institution.provider.pk}/return/", {"state": state, "code": stolen})
    assert (answer.status_code, signed_in(client)) == (REFUSED, None)


def test_a_state_counts_for_ten_minutes(institution, ida, client):
    back = institution.visit(institution.start(client))
    with time_machine.travel(time.time() + 601):
        assert institution.come_back(client, back).status_code == LOST


def test_an_answer_in_the_name_of_another_issuer_is_refused(institution, ida, client):
    back = institution.visit(institution.start(client))
    answer = institution.come_back(client, f"{back}&iss=https://evil.example")
    assert (answer.status_code, signed_in(client)) == (REFUSED, None)


def test_who_says_no_there_is_told_so(institution, client):
    state = there(institution.start(client), "state")
    path = f"/account/institution/{institution.provider.pk}/return/"
    answer = client.get(path, {"state": state, "error": "access_denied", "error_description": "<script>"})
    assert answer.status_code == REFUSED
    assert "Your institution did not sign you in." in answer.content.decode()


ADDRESSES = {
    "not confirmed": {"confirmed": False},
    "another domain": {"claims": {"email": "ida@southmere.example"}},
    "another's within the domain": {"claims": {"email": "nobody@northmoor.example"}},
}


@pytest.mark.parametrize("person", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_does_not_bind_opens_nothing(person, institution, ida, client):
    institution.tell(people=[{**IDA, **person}])
    assert institution.sign_in(client).status_code == REFUSED
    assert signed_in(client) is None


def test_another_organisations_provider_opens_no_account_of_ours(
    provider_server, institution, organisation, other_organisation, ida, client
):
    """The very same provider and subject, entered as Southmere's own: it says that it is Ida, and is not believed."""
    assert institution.sign_in(client).status_code == FOUND
    EmailDomainFactory(organisation=other_organisation)
    theirs = Institution.__new__(Institution)
    theirs.address, theirs.provider = (
        provider_server,
        ProviderFactory(organisation=other_organisation, issuer=provider_server, makes_accounts=True),
    )
    with within(other_organisation):
        keep_secret(actor=None, provider=theirs.provider, secret=SECRET)
    theirs.register("http://testserver")
    other = Client()
    assert theirs.sign_in(other).status_code == REFUSED
    assert signed_in(other) is None


def test_a_state_for_one_provider_does_not_count_at_another(institution, other_organisation, ida, client):
    back = institution.visit(institution.start(client))
    other = ProviderFactory(organisation=other_organisation, issuer=institution.address)
    elsewhere = back.replace(f"/{institution.provider.pk}/return", f"/{other.pk}/return")
    assert institution.come_back(client, elsewhere).status_code == LOST


def test_keys_that_change_are_fetched_anew(institution, ida, client):
    assert institution.sign_in(client).status_code == FOUND
    institution.tell(new_key=True)
    assert institution.sign_in(Client()).status_code == FOUND
    # But not at everybody's wish: a key that nobody knows does not have us ask again and again.
    institution.tell(lies={"header": {"kid": "unknown"}})
    asked = f"federation.keys:{institution.provider.pk}"
    assert institution.sign_in(Client()).status_code == REFUSED
    kept = [key for key in cache._cache if asked in key]
    assert len(kept) == 2


def test_a_wrong_secret_signs_nobody_in(institution, ida, client):
    with within(institution.provider.organisation):
        keep_secret(actor=None, provider=institution.provider, secret="another")
    assert institution.sign_in(client).status_code == REFUSED


def test_a_secret_goes_into_the_header_where_the_body_is_not_taken(institution, ida, client):
    plain = "a-secret_as~usual.1"
    with within(institution.provider.organisation):
        keep_secret(actor=None, provider=institution.provider, secret=plain)
    path = f"http://testserver/account/institution/{institution.provider.pk}/return/"
    institution.tell(
        client={"id": "desaga", "secret": plain, "addresses": [path]},
        lies={"metadata": {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}},
    )
    assert institution.sign_in(client).status_code == FOUND


@pytest.mark.parametrize("path", ["large", "elsewhere", "nowhere"])
def test_a_server_that_answers_too_much_or_elsewhere_or_nothing_is_not_asked_further(path, institution, client):
    institution.change(issuer=f"{institution.address}/{path}")
    answer = client.get(f"/account/institution/{institution.provider.pk}/start/")
    assert answer.status_code == REFUSED
    assert "did not answer" in answer.content.decode()


def test_a_provider_that_calls_itself_by_another_name_is_not_used(institution, client):
    institution.change(issuer=f"{institution.address}/")
    assert client.get(f"/account/institution/{institution.provider.pk}/start/").status_code == REFUSED


def test_what_is_switched_off_lets_nobody_in_even_half_way(institution, ida, client):
    back = institution.visit(institution.start(client))
    institution.change(is_on=False)
    assert institution.come_back(client, back).status_code == MISSING
    assert client.get(f"/account/institution/{institution.provider.pk}/start/").status_code == MISSING


def test_no_log_says_whom_it_concerns(institution, ida, client, caplog):
    with caplog.at_level(logging.DEBUG):
        institution.sign_in(client)
        institution.tell(lies={"claims": {"nonce": "another"}})
        back = institution.visit(institution.start(client))
        institution.come_back(client, back)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("desaga")]
    assert ours == [f"sign-in {institution.provider.pk}: not verified: nonce"]
    secrets = (IDA["email"], "Ida", there(back, "code"), there(back, "state"))
    heard = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    assert [line for line in heard if any(secret in line for secret in secrets)] == []


# ---- Showing again that it is oneself


def without_password(user):
    user.set_unusable_password()
    user.save()


def test_who_has_no_password_is_asked_at_the_institution_before_what_changes_how_one_signs_in(institution, ida, client):
    without_password(ida)
    session = requests.Session()
    assert (
        institution.come_back(client, institution.visit(institution.start(client), session=session)).status_code
        == FOUND
    )
    asked = client.get("/account/two-step/totp/activate/")
    assert asked.headers["Location"].startswith("/account/institution/prove/?next=")
    assert client.get("/account/password/set/").headers["Location"].startswith("/account/institution/prove/")
    there_again = client.get(asked.headers["Location"]).headers["Location"]
    assert (there(there_again, "prompt"), there(there_again, "max_age")) == ("login", "0")
    answer = institution.come_back(client, institution.visit(there_again, session=session))
    assert answer.headers["Location"] == "/account/two-step/totp/activate/"
    assert client.get("/account/two-step/totp/activate/").status_code == OK


@pytest.mark.parametrize("claims", [{"auth_time": None}, {"auth_time": 1}, {"auth_time": 4102444800}])
def test_an_old_proof_or_one_without_a_time_does_not_count(claims, institution, ida, client):
    without_password(ida)
    institution.sign_in(client)
    institution.tell(lies={"claims": claims})
    address = client.get("/account/institution/prove/?next=/account/two-step/totp/activate/").headers["Location"]
    assert institution.come_back(client, institution.visit(address)).status_code == REFUSED
    assert client.get("/account/two-step/totp/activate/").status_code == FOUND


def test_somebody_elses_proof_does_not_count(institution, ida, organisation, client):
    RoleAssignmentFactory(organisation=organisation)
    other = member_of(organisation, Role.READER, email="otto@northmoor.example")
    user_email(other)
    institution.tell(people=[{**IDA, "email": other.email, "claims": {}}])
    otto = Client()
    institution.come_back(otto, institution.visit(institution.start(otto), email=other.email))
    without_password(ida)
    institution.sign_in(client)
    address = client.get("/account/institution/prove/").headers["Location"]
    assert institution.come_back(client, institution.visit(address, email=other.email)).status_code == REFUSED
    assert client.get("/account/two-step/totp/activate/").status_code == FOUND


def test_where_nothing_can_prove_it_the_answer_is_no(institution, ida, client):
    without_password(ida)
    institution.sign_in(client)
    institution.change(is_on=False)
    assert client.get("/account/two-step/totp/activate/").status_code == REFUSED


def test_who_belongs_to_two_organisations_connects_one_after_showing_that_it_is_they(
    institution, ida, other_organisation, client
):
    with within(other_organisation, person=ida.person):
        RoleAssignment.objects.create(
            organisation=other_organisation, person=ida.person, role=Role.LEAD, starts_on=timezone.localdate()
        )
    refused = institution.sign_in(client)
    assert (refused.status_code, signed_in(client)) == (REFUSED, None)
    # Nor is she held to a way in that does not open her account.
    institution.change(is_demanded=True)
    client.post("/account/login/", {"login": ida.email, "password": PASSWORD})
    path = f"/account/institution/{institution.provider.pk}/connect/"
    assert client.get(path).headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    there_now = client.get(path).headers["Location"]
    assert institution.come_back(client, institution.visit(there_now)).headers["Location"] == "/account/"
    assert institution.sign_in(Client()).status_code == FOUND
    assert provider_demanded_of(ida) == institution.provider


# ---- The only way in


def test_where_the_institution_demands_it_passwords_open_nothing_but_for_leads(institution, ida, organisation, client):
    def type_password(user):
        browser = Client()
        answer = browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
        return answer.status_code, signed_in(browser) is not None

    lead = member_of(organisation, Role.LEAD, email="lead@northmoor.example")
    guest = member_of(organisation, Role.READER, email="guest@elsewhere.example")
    for user in (lead, guest):
        user_email(user)
    assert type_password(ida) == (FOUND, True)
    institution.change(is_demanded=True)
    assert [type_password(user) for user in (ida, lead, guest)] == [(REFUSED, False), (FOUND, True), (FOUND, True)]
    assert institution.sign_in(client).status_code == FOUND
    # Once ended, neither way is open.
    with within(organisation):
        leaving.end_identity(actor=None, identity=Identity.objects.get())
    assert type_password(ida) == (REFUSED, False)
    assert institution.sign_in(Client()).status_code == REFUSED


def test_whose_account_came_in_by_hand_is_not_held_to_another_organisations_demand(institution, other_organisation):
    user = user_who_can_sign_in(email="someone@southmere.example")
    institution.change(is_demanded=True)
    assert provider_demanded_of(user) is None


# ---- Signing out there


def logout_token(institution, **claims):
    now = int(time.time())
    usual = {
        "iss": institution.address,
        "aud": "desaga",
        "iat": now,
        "exp": now + 120,
        "jti": f"once-{time.time_ns()}",
        "sub": institution.subject(),
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    return {name: value for name, value in {**usual, **claims}.items() if value is not None}


def send_logout(institution, claims, **header):
    token = institution.tell(sign=claims, header=header)["token"]
    return Client(enforce_csrf_checks=True).post(
        f"/account/institution/{institution.provider.pk}/signed-out/", {"logout_token": token}
    )


def test_who_signs_out_there_is_signed_out_here(institution, ida, client):
    institution.sign_in(client)
    assert client.get("/my-work/").status_code == OK
    claims = logout_token(institution)
    assert send_logout(institution, claims).status_code == OK
    assert client.get("/my-work/").status_code == FOUND
    # The same once more is refused, so that nobody signs Ida out again and again.
    assert send_logout(institution, claims).status_code == LOST


WRONG = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "another"},
    "no event": {"events": {}},
    "an ID token": {"events": None, "nonce": "n"},
    "with a nonce": {"nonce": "n"},
    "without a number": {"jti": None},
    "without a subject": {"sub": None},
    "expired": {"exp": 1},
    "old": {"iat": int(time.time()) - 4000},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_logout_that_is_not_right_signs_nobody_out(claims, institution, ida, client):
    institution.sign_in(client)
    client.get("/my-work/")
    assert send_logout(institution, logout_token(institution, **claims)).status_code == LOST
    assert client.get("/my-work/").status_code == OK


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"own_key": True}])
def test_a_logout_that_somebody_else_signed_signs_nobody_out(header, institution, ida, client):
    institution.sign_in(client)
    client.get("/my-work/")
    assert send_logout(institution, logout_token(institution), **header).status_code == LOST
    assert client.get("/my-work/").status_code == OK


def test_a_logout_of_nobody_we_know_is_answered_alike(institution):
    assert send_logout(institution, logout_token(institution, sub="nobody")).status_code == OK
    assert provider_at_the_door(institution.provider.pk) is not None
