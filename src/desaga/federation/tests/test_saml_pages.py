"""How a lead adds a sign-in by SAML."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of
from desaga.tenancy.context import within, within_platform

from .. import queries
from ..models import Federation, Provider
from ..saml.tests.documents import alone
from ..saml.tests.signing import key
from .factories import EmailDomainFactory, FederatedInstitutionFactory, FederationFactory

FIND = "/o/northmoor/sign-in/add/saml/"
HAND_IN = f"{FIND}metadata/"
QUERIES = 15
USUAL = {"name": "Northmoor", "confirm_within_days": "90"}


@pytest.fixture
def lead(organisation, client):
    user = member_of(organisation, Role.LEAD)
    client.force_login(user)
    return user


def text_of(answer):
    return " ".join(answer.content.decode().split())


def provider_of(organisation):
    with within(organisation):
        return Provider.objects.get()


def test_an_institution_is_chosen_from_a_federation(organisation, lead, client):
    with within_platform():
        institution = FederatedInstitutionFactory(name="University of Northmoor")
        FederatedInstitutionFactory(name="Northmoor, hidden", is_hidden=True)
    page = client.get(FIND, {"q": "northmoor"})
    assert [str(found) for found in page.context["page_obj"]] == ["University of Northmoor"]
    address = f"{FIND}{institution.pk}/"
    assert 'value="University of Northmoor"' in text_of(client.get(address))
    client.post(address, USUAL)
    provider = provider_of(organisation)
    assert (provider.kind, provider.issuer) == ("saml", institution.entity_id)
    assert provider.settings == {"federation": institution.federation_id}
    page = text_of(client.get(f"/o/northmoor/sign-in/{provider.pk}/"))
    assert "/account/institution/metadata/" in page
    assert "UK federation, read" in page


def test_metadata_is_pasted_or_handed_in_as_a_file(organisation, lead, client):
    supports = ("http://refeds.org/category/research-and-scholarship",)
    client.post(HAND_IN, {**USUAL, "metadata": alone(supports=supports).decode()})
    provider = provider_of(organisation)
    assert "Research and Scholarship" in text_of(client.get(f"/o/northmoor/sign-in/{provider.pk}/"))
    with within(organisation):
        assert queries.institution_of(provider).name == "University of Wexcombe"
    change = f"/o/northmoor/sign-in/{provider.pk}/edit/"
    file = SimpleUploadedFile("new.xml", alone(keys=(key(), key("next"))))
    client.post(change, {**USUAL, "name": "Changed", "file": file})
    client.post(change, {**USUAL, "name": "Changed again"})
    provider = provider_of(organisation)
    assert (provider.name, len(queries.institution_of(provider).certificates)) == ("Changed again", 2)
    assert "2 certificates" in text_of(client.get(f"/o/northmoor/sign-in/{provider.pk}/"))


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ("", "Paste the metadata, or choose the file that holds it."),
        ("<html/>", "There is no institution in this metadata"),
        ("not XML", "This is not well-formed XML."),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares a document type"),
    ],
)
def test_metadata_that_cannot_be_used_is_refused_and_stays_on_the_page(metadata, why, organisation, lead, client):
    page = client.post(HAND_IN, {**USUAL, "metadata": metadata})
    assert why in text_of(page)
    assert page.context["form"]["metadata"].value() == metadata
    with within(organisation):
        assert not Provider.objects.exists()


def test_it_is_switched_on_once_a_domain_is_confirmed(organisation, lead, client):
    client.post(HAND_IN, {**USUAL, "metadata": alone().decode()})
    provider = provider_of(organisation)
    client.post(f"/o/northmoor/sign-in/{provider.pk}/on/")
    assert not provider_of(organisation).is_on
    EmailDomainFactory(organisation=organisation)
    client.post(f"/o/northmoor/sign-in/{provider.pk}/on/")
    assert provider_of(organisation).is_on


def queries_of(client):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(FIND).status_code == 200
    return len(found)


def test_the_list_takes_as_many_queries_for_three_as_for_one(organisation, lead, client):
    with within_platform():
        FederatedInstitutionFactory()
    client.get(FIND)
    one = queries_of(client)
    with within_platform():
        FederatedInstitutionFactory.create_batch(2)
    assert queries_of(client) == one == QUERIES


def test_without_a_federation_the_metadata_is_asked_for(organisation, lead, client):
    assert "reads no federation’s metadata" in text_of(client.get(FIND))


def test_those_who_run_desaga_trust_a_federation(tmp_path, db, capsys):
    file = tmp_path / "federation.pem"
    file.write_bytes(key("federation").certificate)
    call_command("trust_federation", "UK federation", "http://127.0.0.1:9/metadata.xml", str(file))
    assert Federation.objects.get().certificates == key("federation").certificate.decode()
    call_command("read_federations")
    assert "UK federation: The server did not answer as it should." in capsys.readouterr().out
    with pytest.raises(CommandError, match="of this name"):
        call_command("trust_federation", "UK federation", "http://127.0.0.1:9/metadata.xml", str(file))


def test_nobody_but_the_platform_changes_what_federations_say(db):
    with within_platform():
        federation = FederationFactory()
    assert Federation.objects.filter(pk=federation.pk).update(address="https://evil.example/") == 0
    with within_platform():
        assert Federation.objects.filter(pk=federation.pk).update(address="https://other.example/") == 1
