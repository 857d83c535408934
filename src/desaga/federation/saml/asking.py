"""Asking an institution who somebody is, and telling institutions who we are."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from .attributes import ASKED_FOR, NAME_FORMAT
from .metadata import Institution
from .names import DS, MD, MDATTR, MDUI, POST, SAML, SAMLP, XML

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SUBJECT_NEEDED = "urn:oasis:names:tc:SAML:profiles:subject-id:req"
SPACES: Any = {None: MD, "ds": DS, "mdui": MDUI, "mdattr": MDATTR, "saml": SAML}


@dataclass(frozen=True, kw_only=True)
class Ourselves:
    """What institutions know us by: the address of our metadata is our entity ID. Key and certificate (PEM) may be empty."""

    entity_id: str
    answers_go_to: str
    key: str = ""
    certificate: str = ""


def request_address(
    institution: Institution,
    ourselves: Ourselves,
    *,
    request_id: str,
    relay_state: str,
    now: datetime,
    anew: bool = False,
) -> str:
    """Where to send a browser so that the institution asks who it is: an AuthnRequest in the HTTP-Redirect binding.

    Signed if we have a key. `anew` demands that the person signs in again there.
    """
    words = {"SAMLRequest": packed(request(institution, ourselves, request_id, now, anew)), "RelayState": relay_state}
    if ourselves.key:
        words["SigAlg"] = RSA_SHA256
        words["Signature"] = signed(ourselves.key, urlencode(words, quote_via=quote))
    joint = "&" if "?" in institution.sign_in_redirect else "?"
    return institution.sign_in_redirect + joint + urlencode(words, quote_via=quote)


def request(institution: Institution, ourselves: Ourselves, request_id: str, now: datetime, anew: bool) -> bytes:
    root = etree.Element(
        f"{{{SAMLP}}}AuthnRequest",
        {
            "ID": request_id,
            "Version": "2.0",
            "IssueInstant": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "Destination": institution.sign_in_redirect,
            "AssertionConsumerServiceURL": ourselves.answers_go_to,
            "ProtocolBinding": POST,
            **({"ForceAuthn": "true"} if anew else {}),
        },
        nsmap={"samlp": SAMLP, "saml": SAML},
    )
    etree.SubElement(root, f"{{{SAML}}}Issuer").text = ourselves.entity_id
    return etree.tostring(root)


def packed(message: bytes) -> str:
    """A message as the redirect binding carries it: deflated, in base64."""
    squeezer = zlib.compressobj(wbits=-15)
    return base64.b64encode(squeezer.compress(message) + squeezer.flush()).decode()


def signed(key: str, words: str) -> str:
    private = serialization.load_pem_private_key(key.encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return base64.b64encode(private.sign(words.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def our_metadata(ourselves: Ourselves, *, name: str) -> bytes:
    """Our own metadata, for federations and institutions' IT services."""
    root = etree.Element(f"{{{MD}}}EntityDescriptor", entityID=ourselves.entity_id, nsmap=SPACES)
    wanted = etree.SubElement(etree.SubElement(root, f"{{{MD}}}Extensions"), f"{{{MDATTR}}}EntityAttributes")
    add_attribute(wanted, SUBJECT_NEEDED, "pairwise-id")
    role = etree.SubElement(
        root,
        f"{{{MD}}}SPSSODescriptor",
        protocolSupportEnumeration=SAMLP,
        WantAssertionsSigned="true",
        AuthnRequestsSigned="true" if ourselves.key else "false",
    )
    shown = etree.SubElement(etree.SubElement(role, f"{{{MD}}}Extensions"), f"{{{MDUI}}}UIInfo")
    add_text(shown, MDUI, "DisplayName", name)
    if ourselves.certificate:
        add_key(role, ourselves.certificate)
    etree.SubElement(
        role,
        f"{{{MD}}}AssertionConsumerService",
        Binding=POST, Location=ourselves.answers_go_to, index="0", isDefault="true",
    )  # fmt: skip
    add_wishes(role, name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def add_wishes(role: etree._Element, name: str) -> None:
    """What we ask institutions to tell of people."""
    service = etree.SubElement(role, f"{{{MD}}}AttributeConsumingService", index="0")
    add_text(service, MD, "ServiceName", name)
    for address, short, needed in ASKED_FOR:
        etree.SubElement(
            service,
            f"{{{MD}}}RequestedAttribute",
            Name=address, NameFormat=NAME_FORMAT, FriendlyName=short, isRequired="true" if needed else "false",
        )  # fmt: skip


def add_attribute(parent: etree._Element, name: str, value: str) -> None:
    attribute = etree.SubElement(parent, f"{{{SAML}}}Attribute", Name=name, NameFormat=NAME_FORMAT)
    etree.SubElement(attribute, f"{{{SAML}}}AttributeValue").text = value


def add_text(parent: etree._Element, space: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{space}}}{name}", {f"{{{XML}}}lang": "en"}).text = text


def add_key(role: etree._Element, certificate: str) -> None:
    """Our certificate, for checking what we sign and for encrypting what we are told."""
    info = etree.SubElement(etree.SubElement(role, f"{{{MD}}}KeyDescriptor"), f"{{{DS}}}KeyInfo")
    data = etree.SubElement(etree.SubElement(info, f"{{{DS}}}X509Data"), f"{{{DS}}}X509Certificate")
    data.text = "".join(line for line in certificate.split("\n") if not line.startswith("-----"))
