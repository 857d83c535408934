"""Northmoor's sign-in on a real provider, and a browser that walks there and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from desaga.tenancy.context import within

from ..operations import providers
from .factories import EmailDomainFactory, ProviderFactory
from .provider import PASSWORD

CLIENT, SECRET = "desaga", "our secret: with/odd +signs%"
HOSTS = ("http://testserver",)
IDA = {"email": "ida@northmoor.example", "name": "Ida Bunsen", "claims": {"name": "Ida Bunsen"}}


class RealProvider:
    """A provider in a process of its own; `tell` asks it for something (see `provider.control`)."""

    def __init__(self, address: str) -> None:
        self.address = address

    def tell(self, **asked: Any) -> dict[str, Any]:
        answer = requests.post(f"{self.address}/control/", json=asked, timeout=60)
        answer.raise_for_status()
        return dict(answer.json())

    def subject(self, email: str = str(IDA["email"])) -> str:
        return str(self.tell()["subjects"][email])


class Institution(RealProvider):
    """Northmoor with that provider as its own sign-in, in which Ida is known; `institution.provider` is ours of it."""

    def __init__(self, address: str, organisation: Any, hosts: tuple[str, ...] = HOSTS) -> None:
        super().__init__(address)
        EmailDomainFactory(organisation=organisation)
        self.provider = ProviderFactory(
            organisation=organisation, issuer=address, client_id=CLIENT, makes_accounts=True
        )
        with within(organisation):
            providers.keep_secret(actor=None, provider=self.provider, secret=SECRET)
        self.tell(reset=True)
        self.register(*hosts)
        self.tell(people=[IDA])

    def register(self, *hosts: str) -> None:
        path = f"/account/institution/{self.provider.pk}/return/"
        addresses = [f"{host}{path}" for host in hosts]
        self.tell(client={"id": CLIENT, "secret": SECRET, "addresses": addresses})

    def change(self, **fields: Any) -> None:
        with within(self.provider.organisation):
            for name, value in fields.items():
                setattr(self.provider, name, value)
            self.provider.save()

    def start(self, client: Any, **query: str) -> str:
        """Where our sign-in page sends a browser."""
        return str(client.get(f"/account/institution/{self.provider.pk}/start/", query).headers["Location"])

    def visit(self, address: str, email: str = str(IDA["email"]), session: Any = None) -> str:
        """Sign in there as a person does; answers the address that one is sent back to."""
        session = session or requests.Session()
        page = session.get(address, timeout=60)
        fields = {"csrfmiddlewaretoken": session.cookies.get("provider_csrf"), "next": there(page.url, "next")}
        if "/reauthenticate/" in page.url or "/login/" in page.url:
            fields |= {"login": email, "password": PASSWORD}
            answer = session.post(page.url, data=fields, timeout=60, allow_redirects=False)
            while answer.is_redirect and answer.headers["Location"].startswith("/"):
                answer = session.get(f"{self.address}{answer.headers['Location']}", timeout=60, allow_redirects=False)
            return str(answer.headers["Location"])
        return str(page.url)

    def come_back(self, client: Any, address: str) -> Any:
        return client.get(address.removeprefix(HOSTS[0]))

    def sign_in(self, client: Any, **query: str) -> Any:
        """The whole way: from our page, through the provider, and back."""
        return self.come_back(client, self.visit(self.start(client, **query)))


def there(address: str, name: str) -> str:
    """A word of an address."""
    return parse_qs(urlsplit(address).query).get(name, [""])[0]
