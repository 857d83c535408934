"""Signing in by SAML, at an institution in a process of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
import time_machine
from django.test import Client
from django.utils import timezone

from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.tenancy.context import within, within_platform

from .. import queries
from ..fetching import BadAddress
from ..models import Identity, SamlAnswer
from ..operations import federations
from ..saml.tests.signing import key
from ..tasks import look_after
from .factories import RoleRuleFactory
from .saml_institution import ANSWER, IDA, OURS, SamlInstitution
from .test_signing_in import confirmed

OK, FOUND, SEE_OTHER, LOST, REFUSED = 200, 302, 303, 400, 403
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
PAIRWISE = "urn:oasis:names:tc:SAML:attribute:pairwise-id"


@pytest.fixture
def ida(organisation):
    return confirmed(member_of(organisation, Role.READER, email="ida@northmoor.example"))


def is_in(client):
    return client.get("/my-work/").status_code == OK


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_person_signs_in_and_goes_on_to_where_they_wanted_to_be(saml_institution, ida, client):
    answer = saml_institution.sign_in(client, next="/account/details/")
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, "/account/details/")
    assert is_in(client)
    with within(saml_institution.provider.organisation):
        assert Identity.objects.get().subject == "pairwise-id:k2f9@northmoor.example"
        assert SamlAnswer.objects.get().content == {}


def test_nobody_is_sent_to_another_server(saml_institution, ida, client):
    assert saml_institution.sign_in(client, next="https://evil.example/").headers["Location"] == "/"


def test_attributes_give_roles_and_take_them_back(saml_institution, ida, client):
    rule = RoleRuleFactory(
        provider=saml_institution.provider,
        attribute="eduPersonScopedAffiliation",
        values=["technician@northmoor.example"],
        role=Role.TECHNICIAN,
    )
    saml_institution.sign_in(client)
    with within(saml_institution.provider.organisation):
        assert RoleAssignment.objects.filter(person=ida.person, role=rule.role).exists()
    saml_institution.tell(people={"ida@northmoor.example": {name: IDA[name] for name in (MAIL, PAIRWISE)}})
    saml_institution.sign_in(Client())
    with within(saml_institution.provider.organisation):
        assert not RoleAssignment.objects.filter(person=ida.person, role=rule.role).exists()


def test_an_answer_counts_only_in_the_browser_that_asked(saml_institution, ida, client):
    said = saml_institution.hand_over(saml_institution.visit(saml_institution.start(client)))
    victim = Client()
    assert victim.get(said.headers["Location"]).status_code == LOST
    # Nor in one that has asked itself.
    saml_institution.start(victim)
    assert victim.get(said.headers["Location"]).status_code == LOST
    assert not is_in(victim)
    client.get(said.headers["Location"])
    assert is_in(client)


def test_an_answer_cannot_be_swapped_for_another(saml_institution, ida, client):
    """The key of an answer to another's request, in a browser with a state of its own."""
    theirs = saml_institution.hand_over(saml_institution.visit(saml_institution.start(Client())))
    ours = saml_institution.visit(saml_institution.start(client))
    key_of_theirs = theirs.headers["Location"].partition("answer=")[2]
    path = f"/account/institution/{saml_institution.provider.pk}/return/"
    answer = client.get(path, {"state": ours["RelayState"], "answer": key_of_theirs})
    assert (answer.status_code, "does not belong to this sign-in" in text_of(answer)) == (REFUSED, True)
    assert not is_in(client)


def test_an_answer_is_believed_once(saml_institution, ida, client):
    form = saml_institution.visit(saml_institution.start(client))
    said = saml_institution.hand_over(form)
    assert said.status_code == SEE_OTHER
    again = saml_institution.hand_over(form)
    assert (again.status_code, "used before" in text_of(again)) == (LOST, True)
    client.get(said.headers["Location"])
    client.post("/account/logout/")
    assert client.get(said.headers["Location"]).status_code == LOST
    assert not is_in(client)


def test_what_nobody_came_to_fetch_is_forgotten_at_night(saml_institution, ida, client):
    organisation = saml_institution.provider.organisation
    saml_institution.hand_over(saml_institution.visit(saml_institution.start(client)))
    with within(organisation):
        assert SamlAnswer.objects.get().content["claims"]["mail"] == ["ida@northmoor.example"]
    look_after.run(organisation_id=organisation.pk, actor_id=None)
    with within(organisation):
        assert SamlAnswer.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        look_after.run(organisation_id=organisation.pk, actor_id=None)
    with within(organisation):
        assert SamlAnswer.objects.count() == 0


WRONG = {
    "unsigned": {"signs_assertion": False},
    "unasked for": {"request_id": None},
    "another's request": {"request_id": "_1.2.abc.def"},
    "another audience": {"audience": "https://elsewhere.example/"},
    "another issuer": {"issuer": "https://idp.evil.example/idp"},
    "another recipient": {"recipient": "https://elsewhere.example/"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_answer_signs_nobody_in(wrong, saml_institution, ida, client, caplog):
    saml_institution.tell(but=wrong)
    assert saml_institution.sign_in(client).status_code == LOST
    assert not is_in(client)
    assert "an answer was refused" in caplog.text
    assert "ida@" not in caplog.text
    assert "Bunsen" not in caplog.text
    saml_institution.tell(but={})
    saml_institution.sign_in(client)
    assert is_in(client)


def test_an_answer_that_comes_too_late_signs_nobody_in(saml_institution, ida, client):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        address = saml_institution.start(client)
    answer = saml_institution.hand_over(saml_institution.visit(address))
    assert (answer.status_code, "too long ago" in text_of(answer)) == (LOST, True)


def test_an_answer_for_one_organisation_opens_nothing_in_another(saml_institution, saml_server, ida, client):
    """Both trust the same institution; each answer is for the one that asked."""
    other = SamlInstitution(*saml_server, OrganisationFactory(slug="southmere"))
    form = saml_institution.visit(saml_institution.start(client))
    said = saml_institution.hand_over(form)
    path = said.headers["Location"].replace(f"/{saml_institution.provider.pk}/return", f"/{other.provider.pk}/return")
    assert client.get(path).status_code == LOST
    assert not is_in(client)


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({MAIL: ["ida@southmere.example"]}, "is not one of its own"),
        ({MAIL: []}, "did not confirm your e-mail address"),
        ({PAIRWISE: ["k2f9@southmere.example"]}, "did not say who you are"),
    ],
)
def test_what_is_not_the_institutions_own_signs_nobody_in(attributes, why, saml_institution, ida, client):
    transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    saml_institution.tell(people={"ida@northmoor.example": {**IDA, **attributes}}, but={"name_format": transient})
    answer = saml_institution.sign_in(client)
    assert (answer.status_code, why in text_of(answer)) == (REFUSED, True)
    assert not is_in(client)


def test_metadata_that_was_handed_in_holds_as_long_as_it_says(saml_institution, ida, client):
    kept = saml_institution.provider.settings["institution"]
    until = (timezone.now() + timedelta(days=1)).isoformat()
    saml_institution.change(settings={"institution": {**kept, "valid_until": until}})
    saml_institution.sign_in(client)
    assert is_in(client)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        answer = Client().get(f"/account/institution/{saml_institution.provider.pk}/start/")
    assert "has expired, so we cannot trust it" in text_of(answer)


def test_an_institution_that_does_not_know_us_answers_nothing(saml_institution, client):
    saml_institution.tell(services={})
    assert saml_institution.start(client).startswith(saml_institution.address)
    with pytest.raises(IndexError):
        saml_institution.visit(saml_institution.start(client))


def test_our_metadata_and_the_door_for_answers(client, db):
    assert client.get(OURS).headers["Content-Type"] == "application/samlmetadata+xml"
    assert client.get(ANSWER).status_code == 405
    assert client.post(ANSWER).status_code == LOST


TWO_STEP = "/account/two-step/totp/activate/"


def prove(saml_institution, client):
    """To where one needs to show again who one is, through the institution."""
    asked = client.get(TWO_STEP).headers["Location"]
    assert asked.startswith("/account/institution/prove/")
    said = saml_institution.hand_over(saml_institution.visit(client.get(asked).headers["Location"]))
    return client.get(said.headers["Location"])


@pytest.fixture
def ida_without_password(ida):
    ida.set_unusable_password()
    ida.save()
    return ida


def test_whoever_has_no_password_shows_at_the_institution_again_who_they_are(
    saml_institution, ida_without_password, client
):
    saml_institution.sign_in(client)
    assert prove(saml_institution, client).headers["Location"] == TWO_STEP
    assert client.get(TWO_STEP).status_code == OK


@pytest.mark.parametrize("seconds", [-600, 600])
def test_an_old_proof_or_one_of_the_future_does_not_count(seconds, saml_institution, ida_without_password, client):
    saml_institution.sign_in(client)
    saml_institution.tell(but={"signed_in": seconds})
    answer = prove(saml_institution, client)
    assert (answer.status_code, "did not ask you to sign in anew" in text_of(answer)) == (REFUSED, True)
    assert client.get(TWO_STEP).status_code == FOUND


def test_a_lead_tries_a_sign_in_that_is_off(saml_institution, organisation, client):
    saml_institution.change(is_on=False)
    client.force_login(member_of(organisation, Role.LEAD))
    begin = f"/o/{organisation.slug}/sign-in/{saml_institution.provider.pk}/try/there/"
    said = saml_institution.hand_over(saml_institution.visit(client.get(begin).headers["Location"]))
    page = client.get(said.headers["Location"], follow=True)
    assert page.context["told"]["pairwise-id"] == ["k2f9@northmoor.example"]
    with within(organisation):
        assert not Identity.objects.exists()


@pytest.fixture
def federation(saml_server, db):
    address, certificate = saml_server
    requests.post(f"{address}/control", json={"until": ""}, timeout=60)
    return federations.trust_federation(
        actor=None, name="UK federation", address=f"{address}/federation", certificates=certificate
    )


def test_a_federation_is_read_and_its_institution_signs_in(saml_institution, federation, ida, client):
    saml_institution.change(settings={"federation": federation.pk})
    answer = client.get(f"/account/institution/{saml_institution.provider.pk}/start/")
    assert "no longer among those" in text_of(answer)
    assert [one.name for one in federations.read_due_federations()] == ["UK federation"]
    assert queries.institutions_listed().count() == 31
    assert [str(found) for found in queries.institutions_found("northmoor univ")] == ["University of Northmoor"]
    saml_institution.sign_in(client)
    assert is_in(client)
    # It is not due again.
    assert federations.read_due_federations() == []


def test_a_federation_that_cannot_be_read_keeps_what_it_had_until_that_expires(
    saml_institution, federation, ida, client
):
    saml_institution.change(settings={"federation": federation.pk})
    now = timezone.now()
    federations.read_due_federations(now=now)
    saml_institution.tell(until="2020-01-01T00:00:00Z")
    federations.read_due_federations(now=now + timedelta(hours=13))
    federation.refresh_from_db()
    assert federation.problem == "This metadata has expired. Take it anew from where it is published."
    assert federation.due_at == now + timedelta(hours=14)
    saml_institution.sign_in(client)
    assert is_in(client)
    with time_machine.travel(now + timedelta(days=8)):
        answer = Client().get(f"/account/institution/{saml_institution.provider.pk}/start/")
    assert "has expired, so we cannot trust it" in text_of(answer)


def test_a_federation_signed_by_another_key_changes_nothing(federation):
    federations.read_due_federations()
    federation.refresh_from_db()
    with within_platform():
        federation.certificates = key("thief").certificate.decode()
        federation.save()
    federations.read_federation(federation=federation, now=timezone.now())
    assert "not signed with the certificate" in federation.problem
    assert queries.institutions_listed().count() == 31


def test_who_left_a_federation_is_no_longer_in_it(federation):
    federations.read_due_federations()
    federation.refresh_from_db()
    with within_platform():
        federation.read_at = timezone.now() + timedelta(hours=1)
        federation.save()
    assert list(queries.institutions_listed()) == []


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ({"certificates": "none"}, federations.BadCertificate),
        ({"address": "http://example.org/"}, BadAddress),
        ({"name": "UK federation"}, federations.FederationThere),
    ],
)
def test_a_federation_is_trusted_only_with_all_it_takes(choices, refusal, federation):
    usual = {"name": "Another", "address": federation.address, "certificates": federation.certificates}
    with pytest.raises(refusal):
        federations.trust_federation(actor=None, **{**usual, **choices})
