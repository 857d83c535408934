from __future__ import annotations

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..forms import months_of_age
from ..models import ConsentAnswer, ConsentEvent, ConsentKey
from .factories import GUARDIAN, anew, given_consent, in_days, letters, make_consent, page

UNTIL = in_days(400)
DATE = {"until_day": UNTIL.day, "until_month": UNTIL.month, "until_year": UNTIL.year}


def written(organisation):
    with within(organisation):
        return [model.objects.count() for model in (ConsentAnswer, ConsentEvent, ConsentKey)]


def test_opening_the_link_writes_nothing_and_each_tick_counts(organisation, client):
    consent = make_consent(organisation)
    before, address = written(organisation), page(consent)
    opened = client.get(address)
    assert written(organisation) == before
    assert opened.status_code == 200
    assert "You keep the rights in your words and pictures" in opened.text
    assert "checked" not in opened.text
    path, key = address.split("?key=")
    sent = {"key": key, "name": "Ada Quill", "what": ["name", "quote"], "where": ["site"], "verdict": "yes"}
    assert client.post(path, sent).status_code == 302
    assert (anew(consent).what, anew(consent).where) == (["name", "quote"], ["site"])
    assert "said yes to: name, quotation" in client.get(address).text
    assert client.post(path, sent | {"what": ["image"]}).status_code == 302
    assert anew(consent).what == ["name", "quote"]


def test_whoever_says_that_they_are_under_18_has_a_parent_asked_too(organisation, client):
    """Whoever asked may not have known. Both are needed then, and it ends when they come of age."""
    consent = make_consent(organisation)
    path, key = page(consent).split("?key=")
    assert "I am under 18" in client.get(page(consent)).text
    months = [value for value, _ in months_of_age(timezone.localdate())]
    young = {
        "key": key,
        "verdict": "young",
        "of_age": months[3],
        "guardian_name": "Orla Fenn",
        "guardian_email": GUARDIAN,
    }
    for wrong in ({"guardian_email": ""}, {"of_age": ""}, {"guardian_email": consent.email}):
        assert client.post(path, young | wrong).status_code == 422
    assert letters(GUARDIAN) == []
    assert client.post(path, young).status_code == 302
    held = anew(consent)
    assert (held.is_under_18, held.guardian_email, held.until.isoformat()) == (True, GUARDIAN, months[3])
    shown = client.get(page(consent)).text
    assert ("Orla Fenn is asked too" in shown, "I am under 18" in shown) == (True, False)
    assert client.post(path, young).status_code == 422
    yes = {"name": "Kit", "what": ["name"], "where": ["site"], "verdict": "yes"}
    client.post(path, yes | {"key": key})
    assert anew(consent).state == "asked"
    theirs, guardians = page(consent, to=GUARDIAN).split("?key=")
    client.post(theirs, yes | {"key": guardians})
    assert anew(consent).state == "given"


def test_a_no_needs_no_tick_and_a_yes_does(organisation, client):
    consent = make_consent(organisation)
    path, key = page(consent).split("?key=")
    trouble = client.post(path, {"key": key, "name": "Ada", "what": ["name"], "verdict": "yes"})
    assert trouble.status_code == 422
    assert "Tick at least one" in trouble.text
    client.post(path, {"key": key, "name": "Ada", "what": ["name"], "where": ["site"], "verdict": "no"})
    assert anew(consent).state == "refused"


def test_the_kept_link_shows_every_use_before_and_withdraws(organisation, client):
    consent = given_consent(organisation)
    address = page(consent, "kept")
    before = written(organisation)
    assert "Take it back, and take it all down" in client.get(address).text
    assert written(organisation) == before
    path, key = address.split("?key=")
    client.post(path, {"key": key, "words": ""})
    assert anew(consent).state == "withdrawn"
    assert "You have taken it back" in client.get(address).text


@pytest.mark.parametrize("opens", ["answer", "kept"])
def test_a_link_opens_only_its_own_page_in_its_own_organisation(organisation, other_organisation, client, opens):
    consent = given_consent(organisation)
    path, key = page(consent, opens).split("?key=")
    other = "kept" if opens == "answer" else "answer"
    assert client.get(path, {"key": key}).status_code == 200
    assert client.get(path.replace(opens, other), {"key": key}).status_code == 404
    assert client.get(path.replace("northmoor", "southmere"), {"key": key}).status_code == 404
    assert client.post(path.replace("northmoor", "southmere"), {"key": key}).status_code == 404
    assert anew(consent).state == "given"


def test_an_ended_link_opens_nothing(organisation, client):
    consent = make_consent(organisation)
    address = page(consent)
    with within(organisation):
        ConsentKey.objects.update(expires_at=consent.asked_at)
    assert client.get(address).status_code == 404


def test_the_editor_asks_and_finds_it_in_the_list(organisation, member, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    told = {
        "name": "Bo Lund",
        "email": "bo@lund.example",
        "about": "A poster",
        "what": ["image"],
        "where": ["print"],
        **DATE,
    }
    answered = client.post("/o/northmoor/consents/ask/", told)
    assert answered.status_code == 302, answered.context["form"].errors
    assert "Bo Lund" in client.get("/o/northmoor/consents/?state=asked&where=print&q=lund").text
    assert "No consent fits" in client.get("/o/northmoor/consents/?state=given").text
    young = client.post("/o/northmoor/consents/ask/", told | {"is_under_18": "on"})
    assert young.status_code == 200
    assert set(young.context["form"].errors) == {"of_age", "guardian_name", "guardian_email"}


def test_a_colleague_is_known_by_their_address(organisation, member, client_of):
    from desaga.organisations.models import Employment

    with within(organisation):
        employment = Employment.objects.get()
        employment.work_email = "known@northmoor.example"
        employment.save()
    told = {
        "name": "As they like",
        "email": "Known@northmoor.example",
        "about": "A story",
        "what": ["name"],
        "where": ["site"],
        **DATE,
    }
    client_of(member(Role.LEAD)).post("/o/northmoor/consents/ask/", told)
    with within(organisation):
        from ..models import Consent

        assert Consent.objects.get().person_id == employment.person_id


def test_others_open_nothing(organisation, other_organisation, member, client_of):
    consent = given_consent(organisation)
    address = f"/o/northmoor/consents/{consent.pk}/"
    assert client_of(member(Role.LEAD)).get(address).status_code == 200
    assert client_of(member(Role.TECHNICIAN)).get(address).status_code == 403
    stranger = client_of(member(Role.LEAD, organisation=other_organisation))
    assert stranger.get(address).status_code == 404
    assert stranger.get(address.replace("northmoor", "southmere")).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(organisation, member, client_of, query_count):
    client = client_of(member(Role.LEAD))
    make_consent(organisation)
    client.get("/o/northmoor/consents/")
    with query_count(15):
        client.get("/o/northmoor/consents/")
    for name in "BC":
        given_consent(organisation, name=name, email=f"{name}@c.example")
    with query_count(15):
        assert len(client.get("/o/northmoor/consents/").context["rows"]) == 3
