from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..metadata import (
    BAD_TIME,
    ENDLESS,
    EXPIRED,
    NO_INSTITUTION,
    SEVERAL,
    Institution,
    is_safe,
    read_aggregate,
    read_institution,
)
from ..refusals import MetadataRefused
from .documents import SPACES, alone, entity, federation
from .signing import key

NOW = datetime(2026, 12, 1, tzinfo=UTC)
R_AND_S = "http://refeds.org/category/research-and-scholarship"
HIDE = "http://refeds.org/category/hide-from-discovery"
WEXCOMBE = Institution(
    entity_id="https://idp.wexcombe.example/idp",
    name="University of Wexcombe",
    scopes=("wexcombe.example",),
    sign_in_redirect="https://idp.wexcombe.example/sso",
    certificates=(key().der,),
)


def read(source: io.BytesIO, now: datetime = NOW) -> list[Institution]:
    with read_aggregate(source, certificates=[key("federation").certificate], now=now) as found:
        return list(found.institutions)


def one(data: bytes, now: datetime = NOW) -> Institution:
    return read_institution(io.BytesIO(data), now=now)


def test_an_institution_is_read_from_its_own_metadata():
    assert one(alone()) == WEXCOMBE


def test_a_federation_is_read_with_how_long_it_holds():
    source = federation(entity(), entity("idp.other.example", name="Other"), attributes='cacheDuration="PT6H"')
    with read_aggregate(source, certificates=[key("federation").certificate], now=NOW) as found:
        until = datetime(2026, 12, 12, tzinfo=UTC)
        assert (found.valid_until, found.cache_for) == (until, timedelta(hours=6))
        assert [each.name for each in found.institutions] == ["University of Wexcombe", "Other"]


def test_each_holds_no_longer_than_what_it_stands_in():
    early = entity("idp.early.example", attributes='validUntil="2026-12-05T00:00:00Z"')
    over = entity("idp.over.example", attributes='validUntil="2026-11-05T00:00:00Z"')
    found = read(federation(entity(), early, over))
    assert [(each.valid_until and each.valid_until.day) for each in found] == [12, 5]


def test_categories_keys_and_scopes_are_read():
    both = (key(), key("next"))
    found = one(alone(keys=both, scopes=("A.example", "b.example"), categories=(HIDE,), supports=(R_AND_S,)))
    assert found.certificates == (key().der, key("next").der)
    assert found.scopes == ("a.example", "b.example")
    assert (found.is_hidden, found.supports_research_and_scholarship) == (True, True)
    assert (WEXCOMBE.is_hidden, WEXCOMBE.supports_research_and_scholarship) == (False, False)


@pytest.mark.parametrize(
    ("former", "new"),
    [
        (b"https://idp.wexcombe.example/sso", b"http://idp.wexcombe.example/sso"),
        (b"https://idp.wexcombe.example/sso", b"javascript:alert(1)"),
        (b"SAML:2.0:protocol", b"SAML:1.1:protocol"),
        (b"bindings:HTTP-Redirect", b"bindings:SOAP"),
        (b'use="signing"', b'use="encryption"'),
        (key().der.encode(), b"AAAA"),
        (key().der.encode(), key("short", bits=1024).der.encode()),
        (b"IDPSSODescriptor", b"SPSSODescriptor"),
        (b'entityID="https://idp.wexcombe.example/idp"', b'entityID=""'),
    ],
)
def test_what_nobody_could_sign_in_with_is_no_institution(former, new):
    assert one(alone()) == WEXCOMBE
    with pytest.raises(MetadataRefused) as refused:
        one(alone().replace(former, new))
    assert str(refused.value) == NO_INSTITUTION


def test_patterns_for_scopes_are_left_out():
    assert one(alone().replace(b'regexp="false"', b'regexp="true"')).scopes == ()


def test_a_name_falls_back_on_the_organisation_and_then_on_the_entity():
    named = alone().replace(b"mdui:DisplayName", b"mdui:Keywords")
    organisation = b"<OrganizationDisplayName xml:lang='en'>Wex</OrganizationDisplayName>"
    assert one(named).name == WEXCOMBE.entity_id
    assert one(named.replace(b"</EntityDescriptor>", organisation + b"</EntityDescriptor>")).name == "Wex"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (alone(attributes=f'{SPACES} validUntil="2026-11-01T00:00:00Z"'), EXPIRED),
        (alone(attributes=f'{SPACES} validUntil="soon"'), BAD_TIME),
        (alone(attributes=f'{SPACES} cacheDuration="long"'), BAD_TIME),
        (f"<EntitiesDescriptor {SPACES}>{entity()}{entity('b.example')}</EntitiesDescriptor>".encode(), SEVERAL),
        (f"<EntitiesDescriptor {SPACES}/>".encode(), NO_INSTITUTION),
        (b"<html/>", NO_INSTITUTION),
    ],
)
def test_metadata_of_one_institution_that_is_unusable_is_refused(data, why):
    with pytest.raises(MetadataRefused) as refused:
        one(data)
    assert str(refused.value) == why


@pytest.mark.parametrize(("until", "why"), [("", ENDLESS), ("2026-11-30T23:59:59Z", EXPIRED)])
def test_a_federation_without_an_end_or_after_it_is_refused(until, why):
    with pytest.raises(MetadataRefused) as refused:
        read(federation(entity(), until=until))
    assert str(refused.value) == why


def test_an_institution_may_be_asked_to_sign():
    signed = federation(entity(), until="")
    trusted = [key("federation").certificate]
    assert read_institution(signed, now=NOW, certificates=trusted) == WEXCOMBE
    with pytest.raises(MetadataRefused, match="not signed"):
        read_institution(io.BytesIO(alone()), now=NOW, certificates=trusted)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Institution,
        entity_id=st.text(),
        name=st.text(),
        scopes=st.lists(st.text()).map(tuple),
        certificates=st.lists(st.text()).map(tuple),
        valid_until=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
)
def test_an_institution_is_kept_as_json_and_comes_back(institution):
    assert Institution.from_json(institution.as_json()) == institution


@pytest.mark.parametrize(
    ("location", "safe"),
    [
        ("https://idp.example/sso", True),
        ("http://127.0.0.1:8000/sso", True),
        ("http://localhost/sso", True),
        ("http://idp.example/sso", False),
        ("https://user@idp.example/", False),
        ("https:///sso", False),
        ("https://idp.example/a b", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_safe_addresses_are_used(location, safe):
    assert is_safe(location) == safe
