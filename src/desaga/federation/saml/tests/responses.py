"""An institution that answers: honestly, or with one thing wrong."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import xmlsec
from lxml import etree

from .signing import RSA_SHA256, SHA256, Key, key, sign

SPACES = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
SPACES += 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
IDA = {
    "urn:oasis:names:tc:SAML:attribute:pairwise-id": ["k2f9@wexcombe.example"],
    "urn:oid:0.9.2342.19200300.100.1.3": ["ida@wexcombe.example"],
    "urn:oid:2.16.840.1.113730.3.1.241": ["Ida Bunsen"],
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.9": ["staff@wexcombe.example", "member@wexcombe.example"],
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.7": ["https://wexcombe.example/technicians"],
}


@dataclass(frozen=True, kw_only=True)
class Response:
    """What the response says; `None` leaves it out."""

    request_id: str | None
    address: str
    audience: str | None
    issuer: str = "https://idp.wexcombe.example/idp"
    now: datetime
    with_key: Key = field(default_factory=key)
    attributes: Mapping[str, list[str]] = field(default_factory=lambda: IDA)
    name_id: str = "k2f9-persistent"
    name_format: str = PERSISTENT
    assertion_id: str = "_assertion1"
    status: str = SUCCESS
    destination: str | None = "same"
    recipient: str | None = "same"
    confirms: str | None = "same"
    method: str = BEARER
    confirmed_for: timedelta | None = timedelta(minutes=5)
    lasts: timedelta = timedelta(minutes=5)
    begins: timedelta = timedelta(minutes=-1)
    signed_in: timedelta = timedelta(minutes=-1)
    signs_assertion: bool = True
    signs_response: bool = False
    algorithm: object = RSA_SHA256
    digest: object = SHA256

    def but(self, **changes: object) -> Response:
        return replace(self, **changes)

    def tree(self) -> etree._Element:
        root = etree.fromstring(self.text())
        if self.signs_assertion:
            assertion = root.find("{*}Assertion")
            sign(assertion, self.with_key, method=self.algorithm, digest=self.digest, at=1)
        if self.signs_response:
            sign(root, self.with_key, method=self.algorithm, digest=self.digest, at=1)
        return root

    def encoded(self) -> str:
        return encoded(self.tree())

    def text(self) -> str:
        confirmation = attribute("NotOnOrAfter", self.confirmed_for and self.time(self.confirmed_for))
        confirmation += attribute("Recipient", same(self.recipient, self.address))
        confirmation += attribute("InResponseTo", same(self.confirms, self.request_id))
        restriction = (
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>"
        )
        return (
            f'<samlp:Response {SPACES} ID="_response1" Version="2.0" IssueInstant="{self.time()}"'
            f"{attribute('Destination', same(self.destination, self.address))}"
            f"{attribute('InResponseTo', self.request_id)}>"
            f"<saml:Issuer>{self.issuer}</saml:Issuer>"
            f'<samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>'
            f'<saml:Assertion ID="{self.assertion_id}" Version="2.0" IssueInstant="{self.time()}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer>"
            f'<saml:Subject><saml:NameID Format="{self.name_format}">{self.name_id}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{self.method}"><saml:SubjectConfirmationData{confirmation}/>'
            "</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{self.time(self.begins)}" NotOnOrAfter="{self.time(self.lasts)}">'
            f"{restriction if self.audience else ''}</saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{self.time(self.signed_in)}" SessionIndex="_session1"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"{self.statement()}</saml:Assertion></samlp:Response>"
        )

    def statement(self) -> str:
        written = "".join(map(self.attribute, self.attributes))
        return f"<saml:AttributeStatement>{written}</saml:AttributeStatement>" if written else ""

    def attribute(self, name: str) -> str:
        values = "".join(
            f'<saml:AttributeValue xsi:type="xs:string">{value}</saml:AttributeValue>'
            for value in self.attributes[name]
        )
        return f'<saml:Attribute Name="{name}" NameFormat="{URI}">{values}</saml:Attribute>'

    def time(self, after: timedelta = timedelta()) -> str:
        return f"{self.now.astimezone(UTC) + after:%Y-%m-%dT%H:%M:%SZ}"


def same(value: str | None, usual: str | None) -> str | None:
    return usual if value == "same" else value


def attribute(name: str, value: str | None) -> str:
    return f' {name}="{value}"' if value is not None else ""


def encoded(root: etree._Element) -> str:
    return base64.b64encode(etree.tostring(root)).decode()


def encrypted(root: etree._Element, for_key: Key) -> etree._Element:
    """The response with its assertion encrypted for whom the certificate is."""
    assertion = root.find("{*}Assertion")
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(for_key.certificate, xmlsec.constants.KeyDataFormatCertPem))
    data = xmlsec.template.encrypted_data_create(
        root, xmlsec.Transform.AES256, type=xmlsec.constants.TypeEncElement, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    wrapped = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession)
    done = context.encrypt_xml(data, assertion)
    wrapper = etree.Element("{urn:oasis:names:tc:SAML:2.0:assertion}EncryptedAssertion", nsmap=root.nsmap)
    done.getparent().replace(done, wrapper)
    wrapper.append(done)
    return root
