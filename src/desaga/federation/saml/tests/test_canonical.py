from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ..canonical import HAS_DOCTYPE, NOT_XML, canonicalise
from ..names import DS
from ..refusals import MetadataRefused

PREFIXES = ("", "a", "b")
SPACES = ("urn:one", "urn:two", "urn:three")
TEXTS = st.text(st.sampled_from("xé€𝄞 \t\n\"'"), max_size=6) | st.sampled_from(
    ["&amp;", "&lt;", "&gt;", "&#13;", "&#10;", "<![CDATA[<&>]]>", "<!-- no -->", "<?pi some data?>", "<?pi?>"]
)


@st.composite
def elements(draw, depth=0, bound=frozenset()):
    """An element with namespaces declared, redeclared, unused and undeclared."""
    declared = {
        prefix: draw(st.sampled_from(SPACES if prefix else (*SPACES, "")))
        for prefix in PREFIXES
        if prefix not in bound and prefix and depth == 0 or draw(st.booleans())
    }
    bound = bound | {prefix for prefix in declared if prefix}
    names = [f"{prefix}:n" if prefix else "n" for prefix in ("", *sorted(bound))]
    attributes = {}
    if draw(st.booleans()):
        attributes = {
            draw(st.sampled_from(names)): draw(st.sampled_from(["v", "&quot;&amp;", "&#9;é&#10;&#13;", " ", "xml"]))
        }
    if draw(st.booleans()):
        attributes["xml:lang"] = "en"
    written = {f"xmlns:{prefix}" if prefix else "xmlns": space for prefix, space in declared.items()} | attributes
    start = "".join(f' {key}="{value}"' for key, value in written.items())
    inside = draw(TEXTS) if depth == 2 else "".join(draw(st.lists(TEXTS | elements(depth + 1, bound), max_size=2)))
    name = draw(st.sampled_from(names))
    return f"<{name}{start}>{inside}</{name}>"


def ours(text: str, **choices: object) -> bytes:
    out = io.BytesIO()
    canonicalise(io.BytesIO(text.encode()), out.write, **choices)
    return out.getvalue()


def libxml2s(text: str, inclusive: list[str]) -> bytes:
    root = etree.fromstring(text.encode())
    return etree.tostring(
        root, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=inclusive or None
    )


# Documents are large to draw, and a busy machine is slow.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@patiently
@given(elements(), st.sets(st.sampled_from(["a", "b"])))
def test_the_canonical_form_is_that_of_libxml2(text, inclusive):
    assert ours(text, inclusive=inclusive) == libxml2s(text, sorted(inclusive))


@patiently
@given(elements())
def test_canonicalising_again_changes_nothing(text):
    once = ours(text)
    assert ours(once.decode()) == once


def test_the_default_namespace_can_be_listed_as_inclusive():
    text = '<a:r xmlns="urn:one" xmlns:a="urn:two"><a:e xmlns=""/><e/></a:r>'
    assert ours(text) == b'<a:r xmlns:a="urn:two"><a:e></a:e><e xmlns="urn:one"></e></a:r>'
    assert ours(text, inclusive=["#default"]) == (
        b'<a:r xmlns="urn:one" xmlns:a="urn:two"><a:e xmlns=""></a:e><e></e></a:r>'
    )


def test_a_signature_in_the_root_is_left_out_and_one_deeper_stays():
    text = f'<r xmlns:d="{DS}"> <d:Signature><x>1</x></d:Signature> <e><d:Signature>2</d:Signature></e></r>'
    assert ours(text, without_signature=True) == (
        f'<r>  <e><d:Signature xmlns:d="{DS}">2</d:Signature></e></r>'.encode()
    )


BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB, HAS_DOCTYPE),
        (OUTSIDE, HAS_DOCTYPE),
        ('<!DOCTYPE r SYSTEM "https://elsewhere.example/r.dtd"><r/>', HAS_DOCTYPE),
        ("<r>", NOT_XML),
        ("", NOT_XML),
        ("words", NOT_XML),
        ("<r/><r/>", NOT_XML),
        ("<p:r/>", NOT_XML),
        ('<r p:a="1"/>', NOT_XML),
        ('<?xml version="1.0" encoding="no-such"?><r/>', NOT_XML),
    ],
)
def test_what_is_no_plain_xml_is_refused(text, why):
    with pytest.raises(MetadataRefused, match=f"^{why}$".replace(".", r"\.")):
        ours(text)
