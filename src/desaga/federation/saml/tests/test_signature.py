from __future__ import annotations

import copy
import io
import warnings

import pytest
import xmlsec
from lxml import etree

from ..canonical import HAS_DOCTYPE
from ..names import DS, EXCLUSIVE
from ..refusals import MetadataRefused
from ..signature import CHANGED, NOT_TRUSTED, UNSIGNED, WEAK, copy_signed, pem_certificates
from .documents import aggregate, entity, federation, published
from .signing import Key, key, sign

TRUSTED = key("federation")
HOME = entity()
EVIL = entity("idp.evil.example", name="Evil", keys=(key("thief"),))


def read(data: bytes | io.BytesIO, *certificates: Key) -> bytes:
    source = data if isinstance(data, io.BytesIO) else io.BytesIO(data)
    out = io.BytesIO()
    copy_signed(source, out, [one.certificate for one in certificates or (TRUSTED,)])
    return out.getvalue()


def test_what_was_signed_is_copied_in_its_canonical_form_without_the_signature():
    unsigned = aggregate(HOME)
    assert read(federation(HOME)) == etree.tostring(unsigned, method="c14n", exclusive=True, with_comments=False)


@pytest.mark.parametrize(
    ("method", "digest", "curve"),
    [
        (xmlsec.Transform.RSA_SHA256, xmlsec.Transform.SHA256, False),
        (xmlsec.Transform.RSA_SHA384, xmlsec.Transform.SHA384, False),
        (xmlsec.Transform.RSA_SHA512, xmlsec.Transform.SHA512, False),
        (xmlsec.Transform.ECDSA_SHA256, xmlsec.Transform.SHA256, True),
        (xmlsec.Transform.ECDSA_SHA384, xmlsec.Transform.SHA512, True),
    ],
)
def test_safe_methods_are_read(method, digest, curve):
    with_key = key("other", curve=curve)
    signed = published(sign(aggregate(HOME), with_key, method=method, digest=digest))
    assert b"Wexcombe" in read(signed, with_key)


def test_either_of_two_certificates_will_do_while_a_federation_changes_its_key():
    assert b"Wexcombe" in read(federation(HOME), key("former"), TRUSTED)


def test_prefixes_that_the_signer_lists_as_inclusive_are_heeded():
    root = aggregate(HOME)
    template = xmlsec.template.create(root, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds")
    reference = xmlsec.template.add_reference(template, xmlsec.Transform.SHA256, uri="#_federation")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    last = xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    etree.SubElement(last, f"{{{EXCLUSIVE}}}InclusiveNamespaces", PrefixList="xs #default mdui")
    root.insert(0, template)
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(TRUSTED.private, xmlsec.constants.KeyDataFormatPem)
    context.sign(template)
    assert b'xmlns:xs="' in read(published(root))[:400]


def signed_tree() -> etree._Element:
    return etree.fromstring(federation(HOME).getvalue())


def signature_in(root: etree._Element) -> etree._Element:
    return root.find(f"{{{DS}}}Signature")


def unsigned() -> bytes:
    return published(aggregate(HOME))


def changed() -> bytes:
    return federation(HOME).getvalue().replace(b"University of Wexcombe", b"University of Evil")


def added() -> bytes:
    root = signed_tree()
    root.append(aggregate(EVIL)[1])
    return published(root)


def signature_moved_away() -> bytes:
    root = etree.fromstring(federation(HOME, EVIL).getvalue())
    root.append(signature_in(root))
    return published(root)


def wrapped_around_the_original() -> bytes:
    """An evil root in front; the signed original hides in the signature's Object."""
    root = signed_tree()
    evil = aggregate(EVIL)
    evil.set("ID", "_evil")
    signature = copy.deepcopy(signature_in(root))
    etree.SubElement(signature, f"{{{DS}}}Object").append(root)
    evil.insert(0, signature)
    return published(evil)


def wrapped_with_the_same_id() -> bytes:
    root = signed_tree()
    evil = aggregate(EVIL)
    signature = copy.deepcopy(signature_in(root))
    evil.insert(0, signature)
    evil.append(root)
    return published(evil)


def two_references() -> bytes:
    root = signed_tree()
    info = signature_in(root)[0]
    info.append(copy.deepcopy(info.find(f"{{{DS}}}Reference")))
    return published(root)


def another_transform() -> bytes:
    """A transform that leaves out what it likes would sign nothing."""
    transforms = (xmlsec.Transform.ENVELOPED, xmlsec.Transform.C14N)
    return published(sign(aggregate(HOME), TRUSTED, transforms=transforms))


def with_sha1() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return published(sign(aggregate(HOME), TRUSTED, digest=xmlsec.Transform.SHA1))


def signature_with_sha1() -> bytes:
    return published(sign(aggregate(HOME), TRUSTED, method=xmlsec.Transform.RSA_SHA1))


def comment_in_the_digest() -> bytes:
    root = signed_tree()
    signature_in(root).find(f".//{{{DS}}}DigestValue").insert(0, etree.Comment("x"))
    return published(root).replace(b"University of Wexcombe", b"University of Evil")


def with_a_short_key() -> bytes:
    return federation(HOME, signed_by=key("short", bits=1024)).getvalue()


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        (unsigned, UNSIGNED),
        (changed, CHANGED),
        (added, CHANGED),
        (signature_moved_away, UNSIGNED),
        (wrapped_around_the_original, UNSIGNED),
        (wrapped_with_the_same_id, CHANGED),
        (two_references, NOT_TRUSTED),
        (another_transform, UNSIGNED),
        (with_sha1, WEAK),
        (signature_with_sha1, WEAK),
        (comment_in_the_digest, CHANGED),
    ],
)
def test_attacks_on_the_signature_are_refused(attack, why):
    with pytest.raises(MetadataRefused) as refused:
        read(attack())
    assert str(refused.value) == why


def test_another_key_or_a_short_one_is_refused():
    assert b"Wexcombe" in read(federation(HOME, signed_by=key("thief")), key("thief"))
    with pytest.raises(MetadataRefused, match="not signed with the certificate"):
        read(federation(HOME, signed_by=key("thief")))
    with pytest.raises(MetadataRefused, match="not signed with the certificate"):
        read(with_a_short_key(), key("short", bits=1024))


def test_a_document_type_before_the_signature_is_refused():
    with pytest.raises(MetadataRefused) as refused:
        read(b'<!DOCTYPE x [<!ENTITY a "b">]>' + federation(HOME).getvalue().partition(b"?>")[2])
    assert str(refused.value) == HAS_DOCTYPE


def test_certificates_are_read_from_pem_and_weak_ones_refused():
    both = TRUSTED.certificate + key("former").certificate
    assert pem_certificates(both.decode()) == [TRUSTED.certificate, key("former").certificate]
    with pytest.raises(MetadataRefused, match="not a certificate"):
        pem_certificates("-----BEGIN")
    with pytest.raises(MetadataRefused, match="too short"):
        pem_certificates(key("short", bits=1024).certificate.decode())
