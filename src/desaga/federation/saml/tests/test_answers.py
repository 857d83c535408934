from __future__ import annotations

import base64
import copy
import warnings
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
import xmlsec
from lxml import etree

from ..answers import NOT_VERIFIED, TURNED_AWAY, Answer, check_answer, in_response_to
from ..asking import Ourselves
from ..attributes import name_of, subject_of, told
from ..metadata import Institution
from ..names import DS, SAML
from ..refusals import AnswerRefused
from .responses import IDA, Response, encoded, encrypted
from .signing import key, sign

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
REQUEST = "_7.asked"
HERE = Ourselves(
    entity_id="https://desaga.example/account/institution/metadata/",
    answers_go_to="https://desaga.example/account/institution/answer/",
)
WITH_KEY = Ourselves(
    entity_id=HERE.entity_id,
    answers_go_to=HERE.answers_go_to,
    key=key("desaga").private.decode(),
    certificate=key("desaga").certificate.decode(),
)
WEXCOMBE = Institution(
    entity_id="https://idp.wexcombe.example/idp",
    name="University of Wexcombe",
    scopes=("wexcombe.example",),
    sign_in_redirect="https://idp.wexcombe.example/sso",
    certificates=(key("next").der, key().der),
)
HONEST = Response(request_id=REQUEST, address=HERE.answers_go_to, audience=HERE.entity_id, now=NOW)
ASSERTION = f"{{{SAML}}}Assertion"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def check(answer: Response | etree._Element | str, ourselves: Ourselves = HERE, now: datetime = NOW) -> Answer:
    text = answer if isinstance(answer, str) else answer.encoded() if isinstance(answer, Response) else encoded(answer)
    return check_answer(text, WEXCOMBE, ourselves, request_id=REQUEST, now=now)


def test_an_honest_answer_is_believed():
    answer = check(HONEST)
    assert answer == Answer(
        assertion_id="_assertion1",
        name_id="k2f9-persistent",
        name_format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        attributes=IDA,
        signed_in_at=NOW - timedelta(minutes=1),
        expires_at=NOW + timedelta(minutes=7),
    )
    assert check(HONEST.but(signs_response=True)) == answer
    assert in_response_to(HONEST.encoded()) == REQUEST


def test_an_encrypted_answer_is_believed_if_we_have_the_key():
    secret = encrypted(HONEST.tree(), key("desaga"))
    assert secret.find(f".//{ASSERTION}") is None
    assert check(secret, WITH_KEY) == check(HONEST)
    with pytest.raises(AnswerRefused):
        check(secret)
    with pytest.raises(AnswerRefused):
        check(encrypted(HONEST.but(signs_assertion=False).tree(), key("desaga")), WITH_KEY)


WRONG = {
    "unsigned": {"signs_assertion": False},
    "only the message signed": {"signs_assertion": False, "signs_response": True},
    "another's key": {"with_key": key("thief")},
    "another audience": {"audience": "https://elsewhere.example/"},
    "no audience": {"audience": None},
    "an audience that begins alike": {"audience": HERE.entity_id + "x"},
    "another issuer": {"issuer": "https://idp.evil.example/idp"},
    "another recipient": {"recipient": "https://elsewhere.example/answer/"},
    "a recipient that holds ours": {"recipient": "https://evil.example/?" + HERE.answers_go_to},
    "no recipient": {"recipient": None},
    "another destination": {"destination": "https://elsewhere.example/answer/"},
    "a destination that begins alike": {"destination": HERE.answers_go_to + "more/"},
    "an answer to another request": {"request_id": "_8.asked"},
    "unasked for": {"request_id": None},
    "confirming another request": {"confirms": "_8.asked"},
    "confirming no request": {"confirms": None},
    "confirmed without an end": {"confirmed_for": None},
    "confirmation over": {"confirmed_for": timedelta(minutes=-3)},
    "conditions over": {"lasts": timedelta(minutes=-6)},
    "not yet": {"begins": timedelta(minutes=3)},
    "not the bearer's": {"method": "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_an_answer_with_one_thing_wrong_is_refused(wrong):
    with pytest.raises(AnswerRefused) as refusal:
        check(HONEST.but(**wrong))
    assert str(refusal.value) == NOT_VERIFIED


def test_who_was_turned_away_there_is_told_so():
    with pytest.raises(AnswerRefused) as refusal:
        check(HONEST.but(status="urn:oasis:names:tc:SAML:2.0:status:Responder"))
    assert str(refusal.value) == TURNED_AWAY


@pytest.mark.parametrize(
    "weak", [{"algorithm": xmlsec.Transform.RSA_SHA1}, {"digest": xmlsec.Transform.SHA1}], ids=["method", "digest"]
)
def test_sha1_is_refused(weak):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = HONEST.but(**weak).encoded()
    with pytest.raises(AnswerRefused):
        check(answer)


def evil(root: etree._Element) -> etree._Element:
    """A copy of the assertion in which somebody else comes in, without a signature."""
    assertion = copy.deepcopy(root.find(ASSERTION))
    assertion.remove(assertion.find(f"{{{DS}}}Signature"))
    assertion.set("ID", "_evil")
    for value in assertion.iter(f"{{{SAML}}}NameID", f"{{{SAML}}}AttributeValue"):
        value.text = value.text.replace("ida", "lead").replace("k2f9", "lead")
    return assertion


# The eight ways of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky and others, USENIX Security 2012), table 3.
# https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky
def xsw1(root):
    """The signed message hides in its own signature; the message around it is another."""
    whole, signature = copy.deepcopy(root), root.find(f"{{{DS}}}Signature")
    whole.remove(whole.find(f"{{{DS}}}Signature"))
    root.set("ID", "_evil")
    root.replace(root.find(ASSERTION), evil(root))
    etree.SubElement(signature, f"{{{DS}}}Object").append(whole)


def xsw2(root):
    """The signed message stands beside its signature, in another message."""
    whole = copy.deepcopy(root)
    whole.remove(whole.find(f"{{{DS}}}Signature"))
    root.set("ID", "_evil")
    root.replace(root.find(ASSERTION), evil(root))
    root.insert(1, whole)


def xsw3(root):
    root.insert(list(root).index(root.find(ASSERTION)), evil(root))


def xsw4(root):
    """The signed assertion within the other."""
    original, other = root.find(ASSERTION), evil(root)
    root.replace(original, other)
    other.append(original)


def xsw5(root):
    """The other has the signature, the signed one stands behind it."""
    original, other = root.find(ASSERTION), evil(root)
    other.insert(1, original.find(f"{{{DS}}}Signature"))
    root.replace(original, other)
    root.append(original)


def xsw6(root):
    """The signed one within the signature that the other has."""
    original, other = root.find(ASSERTION), evil(root)
    signature = original.find(f"{{{DS}}}Signature")
    other.insert(1, signature)
    root.replace(original, other)
    signature.append(original)


def xsw7(root):
    """The other within extensions, where the schema lets anything be."""
    extensions = etree.Element("{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
    extensions.append(evil(root))
    root.insert(1, extensions)


def xsw8(root):
    """The signed one within an object of the signature that the other has."""
    original, other = root.find(ASSERTION), evil(root)
    signature = original.find(f"{{{DS}}}Signature")
    other.insert(1, signature)
    root.replace(original, other)
    etree.SubElement(signature, f"{{{DS}}}Object").append(original)


@pytest.mark.parametrize("wrap", [xsw1, xsw2, xsw3, xsw4, xsw5, xsw6, xsw7, xsw8])
def test_another_assertion_wrapped_around_the_signed_one_is_refused(wrap):
    root = HONEST.but(signs_response=wrap in (xsw1, xsw2)).tree()
    assert check(root).name_id == "k2f9-persistent"
    wrap(root)
    with pytest.raises(AnswerRefused):
        check(root)


def changed(former: bytes, new: bytes) -> str:
    data = base64.b64decode(HONEST.encoded())
    assert former in data
    return base64.b64encode(data.replace(former, new)).decode()


@pytest.mark.parametrize(
    "text",
    [
        changed(b"ida@wexcombe.example", b"lead@wexcombe.example"),
        changed(b"ida@wexcombe.example", b"ida@wexcombe.example<!---->.evil.example"),
        changed(b"<samlp:Response", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><samlp:Response'),
        changed(b"<samlp:Status>", b"<samlp:Status>&x;"),
        changed(b"samlp:Response", b"samlp:LogoutResponse"),
        changed(b'ID="_response1"', b'ID="_assertion1"'),
        "",
        "not base64 ä",
        "PHI+",
        "A" * 600_000,
    ],
)
def test_what_was_tampered_with_or_is_no_answer_is_refused(text):
    with pytest.raises(AnswerRefused) as refusal:
        check(text)
    assert str(refusal.value) == NOT_VERIFIED


def test_a_comment_cannot_shorten_who_somebody_is():
    """As in CVE-2017-11427: the institution signs a name in which a comment stands; canonical XML leaves it out."""
    root = HONEST.but(name_id="ida@wexcombe.example.evil", signs_assertion=False).tree()
    name = root.find(f".//{{{SAML}}}NameID")
    name.text, comment = "ida@wexcombe.example", etree.Comment("")
    comment.tail = ".evil"
    name.append(comment)
    sign(root.find(ASSERTION), key(), at=1)
    with pytest.raises(AnswerRefused):
        check(root)
    name.remove(comment)
    name.text = "ida@wexcombe.example.evil"
    assert check(root).name_id == "ida@wexcombe.example.evil"


def test_clocks_may_differ_a_little():
    assert check(HONEST.but(begins=timedelta(seconds=90))).name_id == "k2f9-persistent"


def test_attributes_have_short_names():
    assert told(check(HONEST), WEXCOMBE) == {
        "pairwise-id": ["k2f9@wexcombe.example"],
        "mail": ["ida@wexcombe.example"],
        "displayName": ["Ida Bunsen"],
        "eduPersonScopedAffiliation": ["staff@wexcombe.example", "member@wexcombe.example"],
        "eduPersonEntitlement": ["https://wexcombe.example/technicians"],
    }


def saying(**attributes: list[str]) -> Answer:
    return check(HONEST.but(attributes=attributes))


def test_nobody_speaks_for_the_people_of_another():
    scoped = ["staff@wexcombe.example", "staff@evil.example", "staff@x@wexcombe.example", "@wexcombe.example", "staff"]
    answer = saying(eduPersonScopedAffiliation=scoped, eduPersonPrincipalName=["lead@evil.example"])
    assert told(answer, WEXCOMBE) == {"eduPersonScopedAffiliation": ["staff@wexcombe.example"]}


@pytest.mark.parametrize(
    ("attributes", "name_format", "subject"),
    [
        (
            {"pairwise-id": ["p@wexcombe.example"], "subject-id": ["s@wexcombe.example"]},
            "",
            "pairwise-id:p@wexcombe.example",
        ),
        ({"subject-id": ["s@wexcombe.example"]}, "", "subject-id:s@wexcombe.example"),
        ({"eduPersonPrincipalName": ["e@wexcombe.example"]}, "", "eduPersonPrincipalName:e@wexcombe.example"),
        ({"pairwise-id": ["p@evil.example"]}, "persistent", "persistent:k2f9-persistent"),
        ({"pairwise-id": ["p@wexcombe.example", "q@wexcombe.example"]}, "persistent", "persistent:k2f9-persistent"),
        ({}, "persistent", "persistent:k2f9-persistent"),
        ({}, "transient", ""),
        ({"pairwise-id": ["p@evil.example"]}, "transient", ""),
    ],
)
def test_somebody_is_known_by_the_best_lasting_name(attributes, name_format, subject):
    kind = f"urn:oasis:names:tc:SAML:2.0:nameid-format:{name_format or 'transient'}"
    answer = check(HONEST.but(attributes=attributes, name_format=kind))
    assert subject_of(answer, told(answer, WEXCOMBE)) == subject


def test_somebody_is_called_what_the_institution_calls_them():
    assert name_of({"displayName": ["Ida Bunsen"], "givenName": ["I."]}) == "Ida Bunsen"
    assert name_of({"givenName": ["Ida"], "sn": ["Bunsen"]}) == "Ida Bunsen"
    assert name_of({}) == ""
