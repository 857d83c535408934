from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.keys import operations, queries
from desaga.keys.models import ApiKey
from desaga.keys.states import KeyState, Scope
from desaga.keys.tests.factories import make_key
from desaga.organisations.sentences import sentence_of
from desaga.organisations.states import Role
from desaga.tenancy.context import within

TODAY = timezone.localdate


@pytest.fixture
def lead(tenant, member):
    return member(Role.LEAD)


def make(lead, organisation, **fields):
    given = {
        "name": "Power BI",
        "scopes": [Scope.PLANS],
        "ends_on": TODAY() + timedelta(days=30),
        "submission": uuid4(),
    }
    return operations.make_key(actor=lead, organisation=organisation, **(given | fields))


def test_a_key_is_kept_without_its_words(lead, tenant):
    key, words = make(lead, tenant, name="  Power \n BI ")
    assert words.startswith(f"desaga_{tenant.pk}_{key.prefix}")
    kept = [str(value) for row in (*ApiKey.objects.all(), *Entry.objects.all()) for value in row.__dict__.values()]
    secret = words[-34:]
    assert not [value for value in kept if secret in value]
    assert (key.name, key.last_day, key.state) == ("Power BI", TODAY() + timedelta(days=30), KeyState.HOLDS)


def test_making_and_taking_back_are_written_down_as_sentences(lead, tenant):
    key, _ = make(lead, tenant)
    operations.revoke_key(actor=lead, key=key)
    told = [sentence_of(entry)[0] for entry in Entry.objects.filter(thing_kind="keys.apikey").order_by("pk")]
    name = lead.get_full_name()
    assert told == [f"{name} made the key “Power BI”", f"{name} took back the key “Power BI”"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"scopes": []}, operations.NothingOpened),
        ({"scopes": ["plans:write"]}, operations.NothingOpened),
        ({"scopes": [Scope.PLANS, Scope.PLANS_PUBLIC]}, operations.OneReadingOfPlans),
        ({"scopes": [Scope.FIGURES, Scope.FIGURES_PUBLIC]}, operations.OneReadingOfFigures),
        ({"ends_on": TODAY() + timedelta(days=400)}, operations.EndsTooLate),
        ({"ends_on": TODAY()}, operations.EndsBeforeItBegins),
        ({"ends_on": TODAY() - timedelta(days=3)}, operations.EndsBeforeItBegins),
    ],
)
def test_what_is_refused(fields, refusal, lead, tenant):
    with pytest.raises(refusal):
        make(lead, tenant, **fields)
    assert ApiKey.objects.count() == 0


@pytest.mark.parametrize("days", [1, 365])
def test_the_first_and_the_last_day_that_a_key_may_end(days, lead, tenant):
    key, _ = make(lead, tenant, ends_on=TODAY() + timedelta(days=days))
    assert key.last_day == TODAY() + timedelta(days=days)


def test_the_same_form_sent_twice_makes_one_key(lead, tenant):
    submission = uuid4()
    make(lead, tenant, submission=submission)
    with pytest.raises(operations.KeyMadeAlready):
        make(lead, tenant, submission=submission)
    assert ApiKey.objects.count() == 1


def test_a_key_is_taken_back_once(lead, tenant):
    key, _ = make(lead, tenant)
    operations.revoke_key(actor=lead, key=key)
    with pytest.raises(operations.KeyIsTakenBack):
        operations.revoke_key(actor=lead, key=key)


def test_only_a_key_that_holds_is_found_by_its_words(organisation):
    key, words = make_key(organisation)
    now = timezone.now()
    assert queries.key_presented(words) == key
    assert queries.key_presented(words[:-1] + ("a" if words[-1] != "a" else "b")) is None
    assert queries.key_presented(words, now=key.expires_at) is None
    with within(organisation):
        operations.revoke_key(actor=None, key=key, now=now)
    assert queries.key_presented(words) is None


def test_a_key_that_names_another_organisation_is_not_found(organisation, other_organisation):
    _, words = make_key(organisation)
    assert queries.key_presented(words.replace(f"_{organisation.pk}_", f"_{other_organisation.pk}_")) is None
    with within(other_organisation):
        assert ApiKey.objects.count() == 0
        assert ApiKey._base_manager.count() == 0


def test_use_is_noted_once_a_minute(organisation):
    key, _ = make_key(organisation)
    now = timezone.now()
    with within(organisation):
        moments = [now, now + timedelta(seconds=30), now + timedelta(seconds=61)]
        noted = [operations.note_use(key=ApiKey.objects.get(), now=moment) for moment in moments]
        assert noted == [True, False, True]
        # Two requests at once: the one that read the row before the other wrote it writes nothing.
        assert operations.note_use(key=key, now=now + timedelta(seconds=62)) is False
        assert ApiKey.objects.get().last_used_at == moments[-1]


def test_the_database_holds_to_a_year_and_to_known_scopes(organisation):
    key, _ = make_key(organisation)
    with within(organisation):
        for fields in ({"expires_at": key.made_at + timedelta(days=367)}, {"scopes": []}, {"scopes": ["plans:write"]}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ApiKey.objects.update(**fields)


def test_the_lead_is_told_of_a_key_in_use_that_ends_soon(organisation, member):
    lead, reader = member(Role.LEAD), member(Role.READER)
    key, _ = make_key(organisation, actor=lead)
    from desaga.keys.waiting import ending_keys

    with within(organisation, user=lead):
        operations.note_use(key=key)
        assert list(ending_keys(lead, organisation)) == []
        ApiKey.objects.update(expires_at=timezone.now() + timedelta(days=5))
        assert [(item.verb, item.thing) for item in ending_keys(lead, organisation)] == [
            ("Replace", "the key “Power BI”, with which a program reads")
        ]
        assert list(ending_keys(reader, organisation)) == []
