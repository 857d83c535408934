"""Northmoor's sign-in by SAML, and a browser that walks there and back."""

from __future__ import annotations

import io
from typing import Any

import requests
from django.test import Client
from django.utils import timezone
from lxml import html

from desaga.tenancy.context import within

from ..saml.metadata import read_institution
from ..states import Kind
from .factories import EmailDomainFactory, ProviderFactory
from .saml_provider import ENTITY_ID, PASSWORD

OURS = "/account/institution/metadata/"
ANSWER = "/account/institution/answer/"
IDA = {
    "urn:oasis:names:tc:SAML:attribute:pairwise-id": ["k2f9@northmoor.example"],
    "urn:oid:0.9.2342.19200300.100.1.3": ["ida@northmoor.example"],
    "urn:oid:2.16.840.1.113730.3.1.241": ["Ida Bunsen"],
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.9": ["staff@northmoor.example", "technician@northmoor.example"],
}


class SamlInstitution:
    """`provider` is ours of it; `tell` speaks to the real one (see `saml_provider.control`)."""

    def __init__(self, address: str, certificate: str, organisation: Any) -> None:
        self.address, self.certificate = address, certificate
        EmailDomainFactory(organisation=organisation)
        institution = read_institution(io.BytesIO(self.metadata()), now=timezone.now())
        self.provider = ProviderFactory(
            organisation=organisation,
            kind=Kind.SAML,
            issuer=ENTITY_ID,
            client_id="",
            settings={"institution": institution.as_json()},
            makes_accounts=True,
            vouches_for_addresses=True,
        )
        self.tell(reset=True, people={"ida@northmoor.example": IDA})
        self.register(Client().get(OURS).content.decode())

    def metadata(self) -> bytes:
        return requests.get(f"{self.address}/metadata", timeout=60).content

    def tell(self, **told: Any) -> None:
        requests.post(f"{self.address}/control", json=told, timeout=60).raise_for_status()

    def register(self, ours: str) -> None:
        self.tell(service=ours)

    def change(self, **fields: Any) -> None:
        with within(self.provider.organisation):
            for name, value in fields.items():
                setattr(self.provider, name, value)
            self.provider.save()

    def start(self, client: Client, **query: str) -> str:
        return str(client.get(f"/account/institution/{self.provider.pk}/start/", query).headers["Location"])

    def visit(self, address: str, email: str = "ida@northmoor.example") -> dict[str, str]:
        """Sign in there as a person does; answers the form that one is given for us."""
        session = requests.Session()
        page = html.fromstring(session.get(address, timeout=60).text)
        fields = dict(page.forms[0].fields) | {"email": email, "password": PASSWORD}
        answer = html.fromstring(session.post(f"{self.address}/sso", data=fields, timeout=60).text)
        return {**dict(answer.forms[0].fields), "action": answer.forms[0].action}

    def hand_over(self, form: dict[str, str]) -> Any:
        """The form comes from another site, so without our cookies."""
        stranger = Client(enforce_csrf_checks=True)
        said = stranger.post(ANSWER, {name: form[name] for name in ("SAMLResponse", "RelayState")})
        assert not said.cookies
        return said

    def sign_in(self, client: Client, **query: str) -> Any:
        """The whole way: from our page, through the provider, and back."""
        said = self.hand_over(self.visit(self.start(client, **query)))
        return client.get(said.headers["Location"]) if said.status_code == 303 else said
