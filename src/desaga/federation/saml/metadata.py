"""What metadata says of an institution's sign-in: https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Any
from urllib.parse import urlsplit

import isodate
from cryptography import x509
from lxml import etree

from .canonical import NOT_XML
from .names import (
    DS,
    ENTITY_CATEGORY,
    ENTITY_SUPPORT,
    HIDE_FROM_DISCOVERY,
    MD,
    MDATTR,
    MDUI,
    REDIRECT,
    RESEARCH_AND_SCHOLARSHIP,
    SAML,
    SAMLP,
    SHIBMD,
    XML,
)
from .refusals import MetadataRefused
from .signature import SAFE, copy_signed, copy_unsigned, is_strong

Element = etree._Element

MOST_ENTITIES = 100_000
LONGEST_NAME, LONGEST_ID = 200, 500
#: How much may be kept in memory before a temporary file takes it.
IN_MEMORY = 8 << 20

EXPIRED = "This metadata has expired. Take it anew from where it is published."
ENDLESS = (
    "This metadata does not say until when it holds, so an old copy could be passed off as new. Ask its publisher."
)
NO_INSTITUTION = "There is no institution in this metadata that signs people in with SAML 2.0."
SEVERAL = "There are several institutions in this metadata. Hand in that of one alone."
TOO_MANY = "There are more entities in this metadata than we read."
BAD_TIME = "This metadata holds a time that we cannot read."


@dataclass(frozen=True, kw_only=True)
class Institution:
    """One identity provider. Addresses are https; certificates are DER in base64, each of which may sign."""

    entity_id: str
    name: str
    scopes: tuple[str, ...] = ()
    sign_in_redirect: str = ""
    certificates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    valid_until: datetime | None = None

    @property
    def is_hidden(self) -> bool:
        """Asks not to be shown where people choose their institution."""
        return HIDE_FROM_DISCOVERY in self.categories

    @property
    def supports_research_and_scholarship(self) -> bool:
        """Says that it tells name, address and a lasting identifier to services of REFEDS' category."""
        return RESEARCH_AND_SCHOLARSHIP in self.supports

    def is_valid(self, now: datetime) -> bool:
        return self.valid_until is None or now < self.valid_until

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"valid_until": self.valid_until and self.valid_until.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Institution:
        until = kept["valid_until"]
        lists = {key: tuple(value) for key, value in kept.items() if isinstance(value, list)}
        return cls(**{**kept, **lists, "valid_until": until and datetime.fromisoformat(until)})


@dataclass(frozen=True)
class Aggregate:
    """A federation's metadata that has been checked. The institutions are read one by one, once."""

    valid_until: datetime
    cache_for: timedelta | None
    institutions: Iterator[Institution]


@contextmanager
def read_aggregate(source: IO[bytes], *, certificates: Sequence[bytes], now: datetime) -> Iterator[Aggregate]:
    """A federation's signed metadata. Refused unless signed with one of the certificates (PEM), and in force.

    Entities that are not usable are left out: other kinds, without an https address for the redirect binding or a good certificate, expired.
    """
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:
        copy_signed(source, kept, certificates)
        kept.seek(0)
        until, cache_for = validity_of_root(kept)
        if until is None:
            raise MetadataRefused(ENDLESS)
        if until <= now:
            raise MetadataRefused(EXPIRED)
        kept.seek(0)
        yield Aggregate(until, cache_for, institutions(kept, now))


def read_institution(source: IO[bytes], *, now: datetime, certificates: Sequence[bytes] = ()) -> Institution:
    """The one institution of a document that somebody has handed in. With certificates it must be signed."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:
        if certificates:
            copy_signed(source, kept, certificates)
        else:
            copy_unsigned(source, kept)
        kept.seek(0)
        until, _ = validity_of_root(kept)
        if until is not None and until <= now:
            raise MetadataRefused(EXPIRED)
        kept.seek(0)
        found = list(institutions(kept, now, most=2))
    if len(found) > 1:
        raise MetadataRefused(SEVERAL)
    if not found:
        raise MetadataRefused(NO_INSTITUTION)
    return found[0]


def validity_of_root(source: IO[bytes]) -> tuple[datetime | None, timedelta | None]:
    for _, root in etree.iterparse(source, events=("start",), **SAFE):
        if root.tag not in {f"{{{MD}}}EntitiesDescriptor", f"{{{MD}}}EntityDescriptor"}:
            raise MetadataRefused(NO_INSTITUTION)
        return moment(root.get("validUntil")), duration(root.get("cacheDuration"))
    raise MetadataRefused(NOT_XML)


def institutions(source: IO[bytes], now: datetime, most: int = MOST_ENTITIES) -> Iterator[Institution]:
    """The institutions of a canonical document, each forgotten before the next is read."""
    count = 0
    try:
        for _, entity in etree.iterparse(source, events=("end",), tag=f"{{{MD}}}EntityDescriptor", **SAFE):
            count += 1
            if count > MOST_ENTITIES:
                raise MetadataRefused(TOO_MANY)
            found = institution_of(entity)
            if found is not None and found.is_valid(now):
                yield found
                most -= 1
            if not most:
                return
            forget(entity)
    except etree.XMLSyntaxError as error:
        raise MetadataRefused(NOT_XML) from error


def forget(entity: Element) -> None:
    entity.clear()
    parent = entity.getparent()
    while parent is not None and entity.getprevious() is not None:
        del parent[0]


def institution_of(entity: Element) -> Institution | None:
    """The entity as an institution that signs people in; None if it is none, or cannot be used."""
    roles = [role for role in entity.findall(f"{{{MD}}}IDPSSODescriptor") if SAMLP in protocols(role)]
    entity_id = entity.get("entityID", "")
    if len(roles) != 1 or not entity_id or len(entity_id) > LONGEST_ID:
        return None
    role = roles[0]
    found = Institution(
        entity_id=entity_id,
        name=name_of(entity, role)[:LONGEST_NAME],
        scopes=tuple(scopes(entity, role)),
        sign_in_redirect=sign_in_address(role),
        certificates=tuple(certificates_of(role)),
        categories=tuple(entity_attributes(entity, ENTITY_CATEGORY)),
        supports=tuple(entity_attributes(entity, ENTITY_SUPPORT)),
        valid_until=earliest(entity, role),
    )
    return found if found.certificates and found.sign_in_redirect else None


def protocols(role: Element) -> list[str]:
    return role.get("protocolSupportEnumeration", "").split()


def name_of(entity: Element, role: Element) -> str:
    """What people call it: the display name in English, or else in any language, or else the organisation's, or the entity ID."""
    shown = role.findall(f"{{{MD}}}Extensions/{{{MDUI}}}UIInfo/{{{MDUI}}}DisplayName")
    organisation = list(entity.iter(f"{{{MD}}}OrganizationDisplayName"))
    for names in (shown, organisation):
        words = [(not name.get(f"{{{XML}}}lang", "").startswith("en"), text_of(name)) for name in names]
        for _, text in sorted((word for word in words if word[1]), key=lambda word: word[0]):
            return text
    return entity.get("entityID", "")


def scopes(entity: Element, role: Element) -> Iterator[str]:
    """The domains that its scoped attributes may end in. Patterns are left out: each could mean more than was meant."""
    for place in (entity, role):
        for scope in place.findall(f"{{{MD}}}Extensions/{{{SHIBMD}}}Scope"):
            if scope.get("regexp", "false") in {"false", "0"} and text_of(scope):
                yield text_of(scope).lower()


def sign_in_address(role: Element) -> str:
    """Where browsers are sent, in the redirect binding; empty where there is no safe address."""
    for place in role.findall(f"{{{MD}}}SingleSignOnService"):
        location = place.get("Location", "")
        if place.get("Binding") == REDIRECT and is_safe(location):
            return location
    return ""


def is_safe(location: str) -> bool:
    """An https address; http only on this machine, where tests run a provider."""
    try:
        parts = urlsplit(location)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username is not None or not host or any(letter.isspace() for letter in location):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def certificates_of(role: Element) -> Iterator[str]:
    """What it may sign with: each of them, so that a new key can be announced before the old one goes."""
    for key in role.findall(f"{{{MD}}}KeyDescriptor"):
        if key.get("use", "signing") == "signing":
            for written in key.iter(f"{{{DS}}}X509Certificate"):
                der = "".join(text_of(written).split())
                if is_good_certificate(der):
                    yield der


def is_good_certificate(der: str) -> bool:
    try:
        return is_strong(x509.load_der_x509_certificate(base64.b64decode(der, validate=True)).public_key())
    except (binascii.Error, ValueError, TypeError):
        return False


def entity_attributes(entity: Element, name: str) -> Iterator[str]:
    path = f"{{{MD}}}Extensions/{{{MDATTR}}}EntityAttributes/{{{SAML}}}Attribute"
    for attribute in entity.findall(path):
        if attribute.get("Name") == name:
            yield from map(text_of, attribute.findall(f"{{{SAML}}}AttributeValue"))


def earliest(entity: Element, role: Element) -> datetime | None:
    """Until when it holds: no longer than what it stands in."""
    places = [role, entity, *entity.iterancestors()]
    moments = [moment(place.get("validUntil")) for place in places]
    return min((found for found in moments if found is not None), default=None)


def text_of(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        found = isodate.parse_datetime(written.strip())
    except (ValueError, isodate.ISO8601Error) as error:
        raise MetadataRefused(BAD_TIME) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def duration(written: str | None) -> timedelta | None:
    if written is None:
        return None
    try:
        found = isodate.parse_duration(written.strip())
    except (ValueError, isodate.ISO8601Error, OverflowError) as error:
        raise MetadataRefused(BAD_TIME) from error
    return found if isinstance(found, timedelta) else found.totimedelta(start=datetime.now(UTC))
