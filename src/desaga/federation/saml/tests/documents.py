"""Metadata as federations publish it, of invented institutions."""

from __future__ import annotations

import io

from lxml import etree

from .signing import Key, key, sign

BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP"
SPACES = """xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance\""""


def entity(
    host: str = "idp.wexcombe.example",
    *,
    name: str = "University of Wexcombe",
    scopes: tuple[str, ...] = ("wexcombe.example",),
    keys: tuple[Key, ...] = (),
    categories: tuple[str, ...] = (),
    supports: tuple[str, ...] = (),
    address: str = "",
    attributes: str = "",
) -> str:
    """One identity provider's EntityDescriptor, without its namespaces."""
    keys = keys or (key(),)
    listed = "".join(
        f'<saml:Attribute Name="http://macedir.org/{kind}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">'
        + "".join(f"<saml:AttributeValue xsi:type='xs:string'>{value}</saml:AttributeValue>" for value in values)
        + "</saml:Attribute>"
        for kind, values in (("entity-category", categories), ("entity-category-support", supports))
        if values
    )
    written = "".join(
        f'<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n{one.der}\n'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>"
        for one in keys
    )
    address = address or f"https://{host}/sso"
    return f"""<EntityDescriptor entityID="https://{host}/idp" {attributes}>
  <Extensions>{f"<mdattr:EntityAttributes>{listed}</mdattr:EntityAttributes>" if listed else ""}</Extensions>
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <Extensions>{"".join(f'<shibmd:Scope regexp="false">{scope}</shibmd:Scope>' for scope in scopes)}
      <mdui:UIInfo><mdui:DisplayName xml:lang="cy">Prifysgol</mdui:DisplayName>
      <mdui:DisplayName xml:lang="en">{name}</mdui:DisplayName></mdui:UIInfo></Extensions>
    {written}
    <SingleLogoutService Binding="{BINDINGS}-Redirect" Location="{address}/out"/>
    <SingleSignOnService Binding="{BINDINGS}-POST" Location="{address}/post"/>
    <SingleSignOnService Binding="{BINDINGS}-Redirect" Location="{address}"/>
  </IDPSSODescriptor>
</EntityDescriptor>"""


def alone(**choices: object) -> bytes:
    """One institution's metadata, unsigned, as its IT service hands it over."""
    return entity(**{"attributes": SPACES, **choices}).encode()


def aggregate(*entities: str, until: str = "2026-12-12T00:00:00Z", attributes: str = "") -> etree._Element:
    valid = f'validUntil="{until}"' if until else ""
    text = f'<EntitiesDescriptor {SPACES} ID="_federation" Name="https://federation.example" {valid} {attributes}>'
    return etree.fromstring(text + "\n  <!-- published daily -->\n" + "\n".join(entities) + "\n</EntitiesDescriptor>")


def published(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def federation(*entities: str, signed_by: Key | None = None, **choices: str) -> io.BytesIO:
    """A federation's signed metadata, as a file."""
    return io.BytesIO(published(sign(aggregate(*entities, **choices), signed_by or key("federation"))))
