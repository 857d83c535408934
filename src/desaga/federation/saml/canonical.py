"""Exclusive canonical XML, without comments, of a stream: https://www.w3.org/TR/xml-exc-c14n/.

A federation's metadata is one signed document of hundreds of megabytes. libxml2 canonicalises trees only, which would take
gigabytes; this takes one pass and the memory of the deepest element. Its tests hold it against libxml2.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import IO
from xml.sax import SAXException  # nosec B406
from xml.sax.handler import ContentHandler  # nosec B406
from xml.sax.xmlreader import AttributesImpl  # nosec B406

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from .names import DS, XML
from .refusals import MetadataRefused

NOT_XML = "This is not well-formed XML. Take the metadata again from where it is published, as a file, unchanged."
HAS_DOCTYPE = "This file declares a document type or entities. Metadata has none; we read no file that does."
CHUNK = 1 << 16

TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"})


def canonicalise(
    source: IO[bytes],
    write: Callable[[bytes], object],
    *,
    inclusive: Collection[str] = (),
    without_signature: bool = False,
) -> None:
    """Write the canonical form of a document's root element.

    `inclusive` are the prefixes of an InclusiveNamespaces list. `without_signature` leaves out a signature that stands
    directly in the root, as the enveloped-signature transform does. A document type, and what is not well-formed, is refused.
    """
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(Canonical(write, inclusive, without_signature))
    try:
        # Begun even if there is nothing: closing then finds that there is no root.
        parser.feed(b"")
        while chunk := source.read(CHUNK):
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise MetadataRefused(HAS_DOCTYPE) from error
    except (SAXException, ValueError, LookupError) as error:
        raise MetadataRefused(NOT_XML) from error


class Canonical(ContentHandler):
    """Hears of elements with the prefixes they were written with, and writes them canonically."""

    def __init__(self, write: Callable[[bytes], object], inclusive: Collection[str], without_signature: bool) -> None:
        super().__init__()
        self.write = write
        self.inclusive = ["" if prefix == "#default" else prefix for prefix in inclusive]
        self.without_signature = without_signature
        #: For each open element: the namespaces in scope, and those that the output has declared.
        self.scopes: list[dict[str, str]] = [{"": "", "xml": XML}]
        self.declared: list[dict[str, str]] = [{"": "", "xml": XML}]
        self.skipping = 0

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:
        spaces, plain = parted(dict(attrs.items()))
        scope = self.scopes[-1] | spaces if spaces else self.scopes[-1]
        prefix, _, local = name.rpartition(":")
        if self.skipping or self.leaves_out(scope, prefix, local):
            self.skipping += 1
            return
        keyed = sorted((space_of(scope, key), key.rpartition(":")[2], key) for key in plain)
        used = {prefix, *(key.rpartition(":")[0] for key in plain if ":" in key)}
        new = self.newly_declared(scope, used)
        self.scopes.append(scope)
        self.declared.append(self.declared[-1] | new if new else self.declared[-1])
        written = [f"<{name}"]
        written += [f' xmlns{":" if key else ""}{key}="{new[key].translate(VALUE)}"' for key in sorted(new)]
        written += [f' {key}="{plain[key].translate(VALUE)}"' for _, _, key in keyed]
        self.put("".join(written) + ">")

    def leaves_out(self, scope: Mapping[str, str], prefix: str, local: str) -> bool:
        inside_root = len(self.scopes) == 2
        return self.without_signature and inside_root and local == "Signature" and scope.get(prefix) == DS

    def newly_declared(self, scope: Mapping[str, str], used: Collection[str]) -> dict[str, str]:
        """The namespaces that this element must declare: those that it uses, and the inclusive ones in scope."""
        missing = [prefix for prefix in used if prefix not in scope]
        if missing:
            raise MetadataRefused(NOT_XML)
        wanted = {*used, *(prefix for prefix in self.inclusive if prefix in scope)}
        return {prefix: scope[prefix] for prefix in wanted if self.declared[-1].get(prefix) != scope[prefix]}

    def endElement(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self.scopes.pop()
        self.declared.pop()
        self.put(f"</{name}>")

    def characters(self, content: str) -> None:
        if not self.skipping:
            self.put(content.translate(TEXT))

    def processingInstruction(self, target: str, data: str) -> None:
        if len(self.scopes) > 1 and not self.skipping:
            self.put(f"<?{target} {data}?>" if data else f"<?{target}?>")

    def put(self, text: str) -> None:
        self.write(text.encode())


def parted(attrs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """An element's namespace declarations, by prefix, and its other attributes."""
    spaces: dict[str, str] = {}
    plain: dict[str, str] = {}
    for key, value in attrs.items():
        if key == "xmlns":
            spaces[""] = value
        elif key.startswith("xmlns:"):
            spaces[key[6:]] = value
        else:
            plain[key] = value
    return spaces, plain


def space_of(scope: Mapping[str, str], name: str) -> str:
    """The namespace of an attribute: none without a prefix."""
    prefix = name.rpartition(":")[0]
    if not prefix:
        return ""
    if prefix not in scope:
        raise MetadataRefused(NOT_XML)
    return scope[prefix]
