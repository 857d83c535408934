from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.keys.models import ApiKey
from desaga.keys.states import KeyState, Scope
from desaga.keys.tests.factories import make_key
from desaga.organisations.states import Role
from desaga.tenancy.context import within


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def client(client_of, lead):
    return client_of(lead)


def filled(**fields):
    day = timezone.localdate() + timedelta(days=60)
    date = {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}
    return {"name": "Planning office", "scopes": [Scope.PLANS], "submission": str(uuid4()), **date, **fields}


def address(name, organisation, *ids):
    return reverse(f"keys:{name}", args=[organisation.slug, *ids])


def test_a_key_is_shown_once_and_never_kept_by_a_browser(client, organisation):
    form = filled()
    page = client.post(address("make_key", organisation), form)
    words = page.context["words"]
    assert page.status_code == 200
    assert words in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert words[-30:] not in client.get(address("list_keys", organisation)).text
    again = client.post(address("make_key", organisation), form)
    assert "made its key already" in again.text
    assert words not in again.text
    with within(organisation):
        assert ApiKey.objects.count() == 1


def test_a_form_that_lacks_something_says_how_to_mend_it(client, organisation):
    page = client.post(address("make_key", organisation), filled(scopes=[], name="", ends_on_day=""))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"name", "scopes", "ends_on"}
    page = client.post(address("make_key", organisation), filled(scopes=[Scope.PLANS, Scope.PLANS_PUBLIC]))
    assert "Choose one of the two for plans" in page.text


def test_a_name_is_shown_as_words(client, organisation, lead):
    make_key(organisation, actor=lead, name="<script>alert(1)</script>")
    page = client.get(address("list_keys", organisation))
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_key_is_taken_back_on_its_page(client, organisation, lead):
    key, _ = make_key(organisation, actor=lead)
    page = client.get(address("revoke_key", organisation, key.pk))
    assert "Power BI" in page.text
    client.post(address("revoke_key", organisation, key.pk))
    with within(organisation):
        assert ApiKey.objects.get().state == KeyState.REVOKED
    assert "taken back already" in client.post(address("revoke_key", organisation, key.pk), follow=True).text


def test_the_list_costs_the_same_for_three(client, organisation, lead, query_count):
    client.get(address("list_keys", organisation))
    for more in (1, 2):
        for _ in range(more):
            make_key(organisation, actor=lead)
        with query_count(14):
            client.get(address("list_keys", organisation))
