"""Whether an institution's answer is genuine, new, and meant for us: SAML 2.0 core, and the Web Browser SSO profile (4.1.4.3),
https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf.

python3-saml reads it first, strictly and against the schema. Then only the bytes that the signature of the assertion stands for are
read, as metadata is, and everything that counts is asked of those once more: the library lets some of it be absent or similar.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from .metadata import Institution, moment
from .names import POST, REDIRECT, SAML, SAMLP
from .refusals import AnswerRefused, MetadataRefused
from .signature import SAFE, copy_signed, pem_of

if TYPE_CHECKING:
    from .asking import Ourselves

Element = etree._Element

LARGEST = 512 * 1024
#: How far clocks may be apart.
LEEWAY = timedelta(minutes=2)
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
NOT_VERIFIED = (
    "What your institution’s sign-in sent could not be verified, so you are not signed in. Try once more; if it happens again, "
    "tell the lead of your organisation."
)
TURNED_AWAY = "Your institution did not sign you in. Try once more, or sign in in another way."


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an institution says of somebody, verified. Attributes are under the names that they were sent with.

    `expires_at` is until when this very answer could be believed, and must not be believed twice.
    """

    assertion_id: str
    name_id: str
    name_format: str
    attributes: dict[str, list[str]]
    signed_in_at: datetime
    expires_at: datetime


def in_response_to(encoded: str) -> str:
    """Which request an answer claims to be to. Nothing is verified yet."""
    return opened(encoded).get("InResponseTo", "")


def check_answer(
    encoded: str, institution: Institution, ourselves: Ourselves, *, request_id: str, now: datetime
) -> Answer:
    """The verified content of a response in the POST binding that answers our request. Raises `AnswerRefused`."""
    refuse_failure(opened(encoded))
    document = read_by_library(encoded, institution, ourselves, request_id)
    destination = document.get("Destination")
    if destination is not None and destination != ourselves.answers_go_to:
        raise refused("destination")
    assertion = signed_assertion(document, institution)
    refuse_other_than(assertion, "issuer", "Issuer", institution.entity_id)
    refuse_other_than(assertion, "audience", "Conditions/AudienceRestriction/Audience", ourselves.entity_id)
    statement = find(assertion, "AuthnStatement")
    name = found[0] if (found := assertion.findall(path("Subject/NameID"))) else None
    return Answer(
        assertion_id=assertion.get("ID", ""),
        name_id=text(name) if name is not None else "",
        name_format=name.get("Format", "") if name is not None else "",
        attributes=attributes(assertion),
        signed_in_at=time_of(statement, "AuthnInstant"),
        expires_at=valid_until(assertion, ourselves, request_id, now),
    )


def opened(encoded: str) -> Element:
    if len(encoded) > LARGEST:
        raise refused("too large")
    try:
        data = base64.b64decode(encoded, validate=False)
        if b"<!" in data:
            raise refused("doctype, comment or CDATA")
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
    except (ValueError, etree.XMLSyntaxError) as error:
        raise refused("not XML") from error
    if root is None or root.tag != f"{{{SAMLP}}}Response":
        raise refused("not a response")
    return root


def refuse_failure(response: Element) -> None:
    code = response.find(f"{{{SAMLP}}}Status/{{{SAMLP}}}StatusCode")
    if code is None or code.get("Value") != SUCCESS:
        raise AnswerRefused(TURNED_AWAY, because="status")


def read_by_library(encoded: str, institution: Institution, ourselves: Ourselves, request_id: str) -> Element:
    """The document, decrypted where it was encrypted, once python3-saml believes it."""
    # Reading it takes long, and only those who sign in through SAML need it.
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    parts = urlsplit(ourselves.answers_go_to)
    asked: dict[str, Any] = {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }
    try:
        answer = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(library_settings(institution, ourselves)), encoded)
        answer.is_valid(asked, request_id=request_id, raise_exceptions=True)
    # The library and what it builds upon raise what they like; whatever it is, the answer is not believed.
    except Exception as error:
        raise refused(f"{type(error).__name__} {getattr(error, 'code', '')}".strip()) from error
    document: Element = answer.decrypted_document if answer.encrypted else answer.document
    return document


def library_settings(institution: Institution, ourselves: Ourselves) -> dict[str, Any]:
    return {
        "strict": True,
        "debug": False,
        "sp": {
            "entityId": ourselves.entity_id,
            "assertionConsumerService": {"url": ourselves.answers_go_to, "binding": POST},
            "x509cert": ourselves.certificate,
            "privateKey": ourselves.key,
        },
        "idp": {
            "entityId": institution.entity_id,
            "singleSignOnService": {"url": institution.sign_in_redirect, "binding": REDIRECT},
            "x509certMulti": {"signing": list(institution.certificates)},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": False,
            "wantAttributeStatement": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
        },
    }


def signed_assertion(document: Element, institution: Institution) -> Element:
    """The one assertion, made anew of the bytes that its own signature stands for."""
    found = list(document.iter(f"{{{SAML}}}Assertion"))
    if len(found) != 1 or found[0].getparent() is not document:
        raise refused("number of assertions")
    out = io.BytesIO()
    try:
        certificates = [pem_of(der) for der in institution.certificates]
        copy_signed(io.BytesIO(etree.tostring(found[0], with_tail=False)), out, certificates)
    except MetadataRefused as error:
        raise refused("signature") from error
    return etree.fromstring(out.getvalue(), etree.XMLParser(**SAFE))


def valid_until(assertion: Element, ourselves: Ourselves, request_id: str, now: datetime) -> datetime:
    """Until when the answer may be believed: as a bearer's, at our address, to our request, within its conditions."""
    conditions = find(assertion, "Conditions")
    ends = [time_of(each, "NotOnOrAfter") for each in [conditions] if each.get("NotOnOrAfter")]
    for confirmation in assertion.findall(path("Subject/SubjectConfirmation")):
        data = confirmation.find(path("SubjectConfirmationData"))
        if confirmation.get("Method") != BEARER or data is None or not data.get("NotOnOrAfter"):
            continue
        if data.get("Recipient") == ourselves.answers_go_to and data.get("InResponseTo") == request_id:
            ends.append(time_of(data, "NotOnOrAfter"))
            break
    else:
        raise refused("subject confirmation")
    if conditions.get("NotBefore") and now + LEEWAY < time_of(conditions, "NotBefore"):
        raise refused("too early")
    if min(ends) + LEEWAY <= now:
        raise refused("too late")
    return min(ends) + LEEWAY


def attributes(assertion: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for attribute in assertion.findall(path("AttributeStatement/Attribute")):
        values = [text(value) for value in attribute.findall(path("AttributeValue"))]
        found.setdefault(attribute.get("Name", ""), []).extend(value for value in values if value)
    return found


def refuse_other_than(assertion: Element, what: str, names: str, wanted: str) -> None:
    """What must be said, and said to the letter, wherever it is said."""
    found = [text(element) for element in assertion.findall(path(names))]
    if found == [wanted] or (what == "audience" and wanted in found):
        return
    raise refused(what)


def find(element: Element, names: str) -> Element:
    found = element.find(path(names))
    if found is None:
        raise refused(f"no {names}")
    return found


def path(names: str) -> str:
    return "/".join(f"{{{SAML}}}{name}" for name in names.split("/"))


def text(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def time_of(element: Element, name: str) -> datetime:
    try:
        found = moment(element.get(name))
    except MetadataRefused:
        found = None
    if found is None:
        raise refused(name)
    return found


def refused(because: str) -> AnswerRefused:
    return AnswerRefused(NOT_VERIFIED, because=because)
