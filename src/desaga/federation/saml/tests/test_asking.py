from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from ..asking import our_metadata, request_address
from .signing import key
from .test_answers import HERE, WEXCOMBE, WITH_KEY

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def ask(ourselves=HERE, **choices):
    return request_address(WEXCOMBE, ourselves, request_id="_1.x", relay_state="s t&=", now=NOW, **choices)


def test_a_request_goes_to_the_institution_and_says_where_to_answer():
    parts = urlsplit(ask(anew=True))
    words = parse_qs(parts.query)
    assert (parts.netloc, parts.path, words["RelayState"]) == ("idp.wexcombe.example", "/sso", ["s t&="])
    root = etree.fromstring(zlib.decompress(base64.b64decode(words["SAMLRequest"][0]), -15))
    assert dict(root.attrib) == {
        "ID": "_1.x",
        "Version": "2.0",
        "IssueInstant": "2026-12-01T09:00:00Z",
        "Destination": "https://idp.wexcombe.example/sso",
        "AssertionConsumerServiceURL": HERE.answers_go_to,
        "ProtocolBinding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        "ForceAuthn": "true",
    }
    assert root[0].text == HERE.entity_id
    assert OneLogin_Saml2_XML.validate_xml(root, "saml-schema-protocol-2.0.xsd") is not None
    assert not isinstance(OneLogin_Saml2_XML.validate_xml(root, "saml-schema-protocol-2.0.xsd"), str)


def test_a_request_is_signed_if_we_have_a_key():
    signed, _, signature = urlsplit(ask(WITH_KEY)).query.partition("&Signature=")
    public = x509.load_pem_x509_certificate(key("desaga").certificate).public_key()
    value = base64.b64decode(unquote(signature))
    public.verify(value, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        public.verify(
            value, signed.replace("RelayState=s", "RelayState=x").encode(), padding.PKCS1v15(), hashes.SHA256()
        )


@pytest.mark.parametrize("ourselves", [HERE, WITH_KEY])
def test_our_metadata_fits_the_schema(ourselves):
    data = our_metadata(ourselves, name="Desaga")
    root = OneLogin_Saml2_XML.validate_xml(data, "saml-schema-metadata-2.0.xsd")
    assert not isinstance(root, str)
    assert root.get("entityID") == HERE.entity_id
    assert (b"X509Certificate" in data) == bool(ourselves.key)
