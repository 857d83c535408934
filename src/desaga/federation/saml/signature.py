"""Whether metadata was signed with a key that its reader trusts. Only what was signed is handed on.

The profile is that of the SAML standard (saml-metadata-2.0-os, 3): one signature in the root, one reference to the root, the
transforms "enveloped signature" and "exclusive canonicalisation" alone. Everything else is refused, so that there is nothing to
wrap. https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import io
import re
from collections.abc import Sequence
from typing import IO, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from .canonical import HAS_DOCTYPE, NOT_XML, canonicalise
from .names import DS, EC, ENVELOPED, EXCLUSIVE
from .refusals import MetadataRefused

Element = etree._Element

#: Where the signature must stand: near the beginning, as SAML's schemas want it.
HEAD = 1 << 18
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
SMALLEST_RSA = 2048
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": hashlib.sha256,
    f"{MORE}sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}
METHODS: dict[str, tuple[type, hashes.HashAlgorithm]] = {
    f"{MORE}rsa-sha256": (rsa.RSAPublicKey, hashes.SHA256()),
    f"{MORE}rsa-sha384": (rsa.RSAPublicKey, hashes.SHA384()),
    f"{MORE}rsa-sha512": (rsa.RSAPublicKey, hashes.SHA512()),
    f"{MORE}ecdsa-sha256": (ec.EllipticCurvePublicKey, hashes.SHA256()),
    f"{MORE}ecdsa-sha384": (ec.EllipticCurvePublicKey, hashes.SHA384()),
    f"{MORE}ecdsa-sha512": (ec.EllipticCurvePublicKey, hashes.SHA512()),
}

UNSIGNED = "This metadata is not signed, or not in the way of the SAML standard. Ask its publisher for the signed file."
WEAK = "This metadata is signed with a method that is no longer safe, such as SHA-1. Ask its publisher for a file signed with SHA-256."
NOT_TRUSTED = "This metadata was not signed with the certificate that we were given for it."
CHANGED = "This metadata was changed after it was signed."


def copy_signed(source: IO[bytes], into: IO[bytes], certificates: Sequence[bytes]) -> None:
    """Copy what was signed with one of the certificates (PEM), in its canonical form. What `into` holds counts only once this returns.

    A certificate's dates are not asked: whoever gave it here trusts its key, as is usual for metadata
    (https://docs.oasis-open.org/security/saml/Post2.0/sstc-metadata-iop.html).
    """
    root_id, signature = signature_at_the_head(source)
    signed_info = only(signature, "SignedInfo")
    signed = etree.tostring(
        signed_info, method="c14n", exclusive=True, with_comments=False,
        inclusive_ns_prefixes=exclusive_method(only(signed_info, "CanonicalizationMethod")),
    )  # fmt: skip
    # From here on only what the key stands for is read.
    info = etree.fromstring(signed, strict_parser())
    method = chosen(METHODS, only(info, "SignatureMethod"))
    value = decoded(only(signature, "SignatureValue"))
    if not any(is_signed_by(certificate, method, value, signed) for certificate in certificates):
        raise MetadataRefused(NOT_TRUSTED)
    copy_referred(source, into, only(info, "Reference"), root_id)


def copy_referred(source: IO[bytes], into: IO[bytes], reference: Element, root_id: str | None) -> None:
    if reference.get("URI") not in {"", root_id and f"#{root_id}"}:
        raise MetadataRefused(UNSIGNED)
    digest = chosen(DIGESTS, only(reference, "DigestMethod"))()

    def write(data: bytes) -> None:
        digest.update(data)
        into.write(data)

    source.seek(0)
    canonicalise(source, write, inclusive=prefixes(reference), without_signature=True)
    if not hmac.compare_digest(digest.digest(), decoded(only(reference, "DigestValue"))):
        raise MetadataRefused(CHANGED)


def copy_unsigned(source: IO[bytes], into: IO[bytes]) -> None:
    """Copy a document that somebody vouches for by handing it in, through the same careful reader."""
    source.seek(0)
    canonicalise(source, into.write)


def signature_at_the_head(source: IO[bytes]) -> tuple[str | None, Element]:
    """The root's ID, and its signature: first in metadata, second, after the issuer, in assertions."""
    source.seek(0)
    head = source.read(HEAD)
    if DOCTYPE.search(head.replace(b"\x00", b"")):
        raise MetadataRefused(HAS_DOCTYPE)
    try:
        for _, element in etree.iterparse(io.BytesIO(head), events=("end",), **SAFE):
            root = element.getroottree().getroot()
            if element.getparent() is not root:
                continue
            if element.tag == f"{{{DS}}}Signature":
                return root.get("ID"), element
            if root.index(element):
                break
    except etree.XMLSyntaxError as error:
        raise MetadataRefused(UNSIGNED if b"<" in head else NOT_XML) from error
    raise MetadataRefused(UNSIGNED)


SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def strict_parser() -> etree.XMLParser:
    return etree.XMLParser(**SAFE)


def only(parent: Element, name: str) -> Element:
    """The one child of this name."""
    found = parent.findall(f"{{{DS}}}{name}")
    if len(found) != 1:
        raise MetadataRefused(UNSIGNED)
    return found[0]


def chosen(known: dict[str, Any], element: Element) -> Any:
    try:
        return known[element.get("Algorithm", "")]
    except KeyError:
        raise MetadataRefused(WEAK) from None


def prefixes(reference: Element) -> list[str]:
    """The inclusive prefixes of a reference that has the two allowed transforms, in their order."""
    transforms = only(reference, "Transforms").findall(f"{{{DS}}}Transform")
    if [transform.get("Algorithm") for transform in transforms] != [ENVELOPED, EXCLUSIVE]:
        raise MetadataRefused(UNSIGNED)
    return exclusive_method(transforms[1])


def exclusive_method(element: Element) -> list[str]:
    """The InclusiveNamespaces of an exclusive canonicalisation; any other method is refused."""
    if element.get("Algorithm") != EXCLUSIVE:
        raise MetadataRefused(UNSIGNED)
    listed = element.find(f"{{{EC}}}InclusiveNamespaces")
    return [] if listed is None else listed.get("PrefixList", "").split()


def decoded(element: Element) -> bytes:
    try:
        return base64.b64decode("".join("".join(map(str, element.itertext())).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MetadataRefused(UNSIGNED) from error


def is_signed_by(certificate: bytes, method: tuple[type, hashes.HashAlgorithm], value: bytes, signed: bytes) -> bool:
    kind, algorithm = method
    key = x509.load_pem_x509_certificate(certificate).public_key()
    if not isinstance(key, kind) or not is_strong(key):
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(dss(value), signed, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    return True


def is_strong(key: object) -> bool:
    """RSA of 2048 bits or more, or an elliptic curve."""
    return isinstance(key, ec.EllipticCurvePublicKey) or (
        isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA
    )


def dss(value: bytes) -> bytes:
    """XML signatures write r and s one after the other; https://www.w3.org/TR/xmldsig-core1/#sec-ECDSA."""
    half = len(value) // 2
    return encode_dss_signature(int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))


def pem_certificates(text: str) -> list[bytes]:
    """The certificates of a PEM text, checked; refused where there is none or one is unusable."""
    try:
        found = x509.load_pem_x509_certificates(text.encode())
    except ValueError as error:
        raise MetadataRefused(
            "This is not a certificate in PEM form. It begins with -----BEGIN CERTIFICATE-----."
        ) from error
    if not all(is_strong(certificate.public_key()) for certificate in found):
        raise MetadataRefused(
            "The certificate's key is too short to be safe. It takes RSA of 2048 bits, or an elliptic curve."
        )
    return [certificate.public_bytes(serialization.Encoding.PEM) for certificate in found]


def pem_of(der: str) -> bytes:
    """A certificate as metadata writes it, DER in base64, as PEM."""
    certificate = x509.load_der_x509_certificate(base64.b64decode(der))
    return certificate.public_bytes(serialization.Encoding.PEM)
