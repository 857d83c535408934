"""The names of SAML: of namespaces, bindings and algorithms."""

from __future__ import annotations

MD = "urn:oasis:names:tc:SAML:2.0:metadata"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
EC = "http://www.w3.org/2001/10/xml-exc-c14n#"
MDUI = "urn:oasis:names:tc:SAML:metadata:ui"
MDATTR = "urn:oasis:names:tc:SAML:metadata:attribute"
SHIBMD = "urn:mace:shibboleth:metadata:1.0"
XML = "http://www.w3.org/XML/1998/namespace"

REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"

ENTITY_CATEGORY = "http://macedir.org/entity-category"
ENTITY_SUPPORT = "http://macedir.org/entity-category-support"
HIDE_FROM_DISCOVERY = "http://refeds.org/category/hide-from-discovery"
RESEARCH_AND_SCHOLARSHIP = "http://refeds.org/category/research-and-scholarship"

ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
