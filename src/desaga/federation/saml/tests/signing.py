"""Keys, and documents signed with them by xmlsec: another hand than the one that checks them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

RSA_SHA256 = xmlsec.Transform.RSA_SHA256
SHA256 = xmlsec.Transform.SHA256


@dataclass(frozen=True)
class Key:
    """A key with a certificate of its own, both PEM."""

    private: bytes
    certificate: bytes

    @property
    def der(self) -> str:
        """The certificate as metadata writes it."""
        return "".join(self.certificate.decode().splitlines()[1:-1])


@functools.cache
def key(name: str = "institution", *, bits: int = 2048, curve: bool = False) -> Key:
    secret = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=20_000))
        .sign(secret, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return Key(private, certificate.public_bytes(serialization.Encoding.PEM))


def sign(
    element: etree._Element,
    with_key: Key,
    *,
    method: object = RSA_SHA256,
    digest: object = SHA256,
    transforms: tuple[object, ...] = (xmlsec.Transform.ENVELOPED, xmlsec.Transform.EXCL_C14N),
    at: int = 0,
) -> etree._Element:
    """Put a signature over the element into it, `at` the place of its children."""
    template = xmlsec.template.create(element, xmlsec.Transform.EXCL_C14N, method, ns="ds")
    uri = f"#{element.get('ID')}" if element.get("ID") else ""
    reference = xmlsec.template.add_reference(template, digest, uri=uri)
    for transform in transforms:
        xmlsec.template.add_transform(reference, transform)
    element.insert(at, template)
    if uri:
        xmlsec.tree.add_ids(element, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(with_key.private, xmlsec.constants.KeyDataFormatPem)
    context.sign(template)
    return element
