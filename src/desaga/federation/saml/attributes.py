"""What institutions tell of people: names of attributes, and which values count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .answers import Answer
from .metadata import Institution

NAME_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
OID = "urn:oid:1.3.6.1.4.1.5923.1"
CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
PAIRWISE_ID = "urn:oasis:names:tc:SAML:attribute:pairwise-id"
SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"

#: The names that people use for what is sent under an address. Anything else keeps the name that it was sent under.
SHORT = {
    PAIRWISE_ID: "pairwise-id",
    SUBJECT_ID: "subject-id",
    "urn:oid:0.9.2342.19200300.100.1.3": "mail",
    "urn:oid:2.16.840.1.113730.3.1.241": "displayName",
    "urn:oid:2.5.4.42": "givenName",
    "urn:oid:2.5.4.4": "sn",
    f"{OID}.1.1.1": "eduPersonAffiliation",
    f"{OID}.1.1.6": "eduPersonPrincipalName",
    f"{OID}.1.1.7": "eduPersonEntitlement",
    f"{OID}.1.1.9": "eduPersonScopedAffiliation",
    f"{OID}.5.1.1": "isMemberOf",
    f"{CLAIM}/emailaddress": "mail",
    f"{CLAIM}/givenname": "givenName",
    f"{CLAIM}/surname": "sn",
    "http://schemas.microsoft.com/identity/claims/displayname": "displayName",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups": "groups",
}
#: What ends in a domain that must be the institution's own: one may not speak for the people of another.
SCOPED = ("pairwise-id", "subject-id", "eduPersonPrincipalName", "eduPersonScopedAffiliation")
#: By what somebody is known for good, the best first.
SUBJECTS = ("pairwise-id", "subject-id", "eduPersonPrincipalName")
#: Address, name, whether signing in needs it.
ASKED_FOR = (
    (PAIRWISE_ID, "pairwise-id", True),
    ("urn:oid:0.9.2342.19200300.100.1.3", "mail", True),
    ("urn:oid:2.16.840.1.113730.3.1.241", "displayName", False),
    (f"{OID}.1.1.9", "eduPersonScopedAffiliation", False),
    (f"{OID}.1.1.7", "eduPersonEntitlement", False),
)


def told(answer: Answer, institution: Institution) -> dict[str, list[str]]:
    """What the institution says, under short names. Scoped values outside its scopes are left out."""
    found: dict[str, list[str]] = {}
    for name, values in answer.attributes.items():
        short = SHORT.get(name, name)
        kept = [value for value in values if short not in SCOPED or in_scope(value, institution.scopes)]
        if kept:
            found[short] = [*found.get(short, []), *kept]
    return found


def in_scope(value: str, scopes: Sequence[str]) -> bool:
    local, _, scope = value.rpartition("@")
    return bool(local) and "@" not in local and scope.lower() in scopes


def subject_of(answer: Answer, claims: Mapping[str, Any]) -> str:
    """The lasting name of somebody, with the kind of name; empty where the institution gave none.

    A transient name is another each time, and an e-mail address passes from one person to the next: they do not count.
    """
    for kind in SUBJECTS:
        values = claims.get(kind, [])
        if len(values) == 1:
            return f"{kind}:{values[0]}"
    if answer.name_format == PERSISTENT and answer.name_id:
        return f"persistent:{answer.name_id}"
    return ""


def name_of(claims: Mapping[str, Any]) -> str:
    """What somebody is called."""
    shown = claims.get("displayName")
    parts = [claims.get(part, [""])[0] for part in ("givenName", "sn")]
    return str(shown[0]) if shown else " ".join(filter(None, parts))
