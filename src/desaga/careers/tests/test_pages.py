"""The doors as they are opened: by anybody, by a technician and a school behind their links, by editors, by whoever keeps the reference data."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import keeping
from ..models import EntryVersion, Question, SchoolInterest
from ..queries import answers_shown, book
from ..shipped import shipped
from .factories import answered, asked, begun, confirmed, link_in, open_doors, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def doors(organisation, lead):
    return open_doors(organisation, actor=lead)


@pytest.fixture
def slug(organisation):
    return organisation.slug


def test_a_question_is_asked_without_account_and_leaves_nothing_behind(organisation, slug, doors):
    client = Client()
    answer = client.post(f"/careers/{slug}/ask/", {"words": "Is it cold?", "about": "physical-sciences"})
    assert answer.status_code == 200
    assert "Your question is here" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store" or "no-store" in answer.headers["Cache-Control"]
    assert set(client.cookies) <= {"csrftoken", "__Host-csrftoken"}
    with within(organisation):
        held = Question.objects.get()
    assert (held.words, held.about) == ("Is it cold?", "physical-sciences")


def test_what_tells_who_asks_comes_back_with_a_sentence_and_is_not_kept(organisation, slug, doors):
    answer = Client().post(f"/careers/{slug}/ask/", {"words": "My name is Sam. Is it cold?"})
    assert answer.status_code == 422
    assert "This looks like a name." in answer.content.decode()
    with within(organisation):
        assert Question.objects.count() == 0


def test_programs_fill_in_what_people_do_not_see(organisation, slug, doors):
    assert Client().post(f"/careers/{slug}/ask/", {"words": "Buy?", "nickname": "x"}).status_code == 200
    with within(organisation):
        assert Question.objects.count() == 0


def test_closed_doors_are_not_there(slug, organisation, lead):
    for door in ("ask_question", "begin_interest"):
        assert Client().get(reverse(f"careers:{door}", args=[slug])).status_code == 404
    open_doors(organisation, actor=lead, takes_questions=False)
    assert Client().get(f"/careers/{slug}/ask/").status_code == 404
    assert Client().get(reverse("careers:begin_interest", args=[slug])).status_code == 200


def test_the_form_for_work_experience_asks_nothing_of_a_child(slug, doors):
    page = Client().get(reverse("careers:begin_interest", args=[slug])).content.decode()
    for word in ('name="name"', "tel", "birth", 'name="age"', 'autocomplete="email"'):
        assert word not in page


def test_a_childs_own_address_is_refused_with_a_sentence(organisation, slug, doors):
    answer = Client().post(reverse("careers:begin_interest", args=[slug]), {"email": "sam@gmail.com"})
    assert answer.status_code == 422
    assert "We write to the school alone" in answer.content.decode()


def test_a_school_is_written_to_three_times_a_day_at_most(organisation, slug, doors):
    for _ in range(5):
        assert (
            Client().post(reverse("careers:begin_interest", args=[slug]), {"email": "a@b.sch.example"}).status_code
            == 200
        )
    with within(organisation):
        assert SchoolInterest.objects.count() == 3


def test_a_technician_answers_behind_a_link(organisation, doors, lead, client):
    question = asked(organisation)
    client.force_login(lead)
    told = {"technician": "Ada Quill", "email": "ada@ours.example"}
    client.post(f"/o/{organisation.slug}/careers/questions/{question.pk}/send/", told)
    link = link_in("ada@ours.example", "answer")
    theirs = Client()
    assert "What is hard in your job?" in theirs.get(link).content.decode()
    key = link.partition("key=")[2]
    answer = {"key": key, "answer": "Waiting.", "job": "Glassblower", "agrees": "on", "is_adult": "on"}
    assert theirs.post(link, {**answer, "agrees": ""}).status_code == 422
    young = theirs.post(link, {**answer, "is_adult": ""})
    assert (young.status_code, "people who are 18 or over" in young.content.decode()) == (422, True)
    assert theirs.post(link, answer).status_code == 302
    assert answers_shown().count() == 0
    client.post(f"/o/{organisation.slug}/careers/questions/{question.pk}/publish/")
    assert answers_shown().get().by == "Glassblower"
    assert theirs.get(link).status_code == 404


def test_a_technician_leaves_it_to_somebody_else(organisation, doors, lead):
    from ..operations.questions import send_question

    question = asked(organisation)
    with within(organisation, user=lead):
        send_question(actor=lead, question=question, technician="Ada", email="ada@ours.example")
    link = link_in("ada@ours.example", "answer")
    assert Client().post(link, {"key": link.partition("key=")[2], "pass_on": "yes"}).status_code == 200
    with within(organisation):
        held = Question.objects.get()
    assert (held.state, held.email) == ("waiting", "")
    assert Client().get(link).status_code == 404


def test_a_school_confirms_behind_its_link_and_takes_it_back(organisation, doors):
    begun(organisation)
    link = link_in("office@brook.sch.example", "work-experience")
    school = Client()
    assert "We know nothing of them" in school.get(link).content.decode()
    told = {
        "key": link.partition("key=")[2], "name": "Ms Reed", "position": "Careers leader", "school": "Brook", "pupils": "2", "years": "Year 10",
        "wanted": "July", "wish": "", "fields_of_work": ["arts-and-media"], "arranges": "on",
    }  # fmt: skip
    assert school.post(link, {**told, "arranges": ""}).status_code == 422
    assert school.post(link, told).status_code == 302
    with within(organisation):
        held = SchoolInterest.objects.get()
    assert (held.state, held.school, held.fields) == ("confirmed", "Brook", ["arts-and-media"])
    assert school.post(link, {"key": told["key"], "take_back": "yes"}).status_code == 200
    with within(organisation):
        assert SchoolInterest.objects.count() == 0


def test_a_link_opens_nothing_at_another_organisation(organisation, other_organisation, doors):
    begun(organisation)
    link = link_in("office@brook.sch.example", "work-experience")
    assert Client().get(link.replace(organisation.slug, other_organisation.slug)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("questions", 16), ("schools", 16)])
def test_lists_ask_as_often_for_one_as_for_three(
    organisation, doors, lead, client, django_assert_num_queries, number, page, queries
):
    for _ in range(number):
        published(organisation, actor=lead)
        confirmed(organisation)
    client.force_login(lead)
    client.get(f"/o/{organisation.slug}/careers/{page}/")
    with django_assert_num_queries(queries):
        client.get(f"/o/{organisation.slug}/careers/{page}/")


# ---- Whoever keeps the reference data


@pytest.fixture
def keeper(organisation, monkeypatch):
    monkeypatch.setattr(keeping, "_known", [lambda: organisation.pk])
    return organisation


def test_the_keeper_writes_publishes_and_sees_the_history(keeper, lead, member, client):
    editor, entry = member(Role.EDITOR), f"/o/{keeper.slug}/careers/entries/route/t-level/"
    client.force_login(editor)
    form = client.get(f"{entry}edit/").context["form"]
    told = dict(form.initial) | {
        "how_long": "As long as ever.",
        "why": "As the page says today",
    }
    assert client.post(f"{entry}edit/", told).status_code == 302
    assert client.post(f"{entry}publish/").status_code == 403
    assert book().one("route", "t-level").content["how_long"] == shipped()["route", "t-level"]["how_long"]
    client.force_login(lead)
    client.post(f"{entry}publish/")
    assert book().one("route", "t-level").content["how_long"] == "As long as ever."
    page = client.get(entry).content.decode()
    assert ("As the page says today" in page, "As shipped with Desaga" in page, "Published on" in page) == (
        True,
        True,
        True,
    )


def test_a_figure_without_a_year_is_said_beside_its_field(keeper, lead, client):
    client.force_login(lead)
    address = f"/o/{keeper.slug}/careers/entries/route/t-level/edit/"
    told = dict(client.get(address).context["form"].initial) | {"what": "It costs £9,000.", "figures": "Fee: £9,000"}
    page = client.post(address, told).content.decode()
    assert "write it among the figures, with its year" in page
    assert "is not as the hint says" in page
    with within(keeper):
        assert EntryVersion.objects.count() == 0


def test_a_route_is_added_and_withdrawn(keeper, lead, client):
    client.force_login(lead)
    root = f"/o/{keeper.slug}/careers/entries/"
    told = {
        "name": "Armed forces", "nations": ["wales"], "way": "other", "learns": ["earning"], "from": ["at_18"], "what": "Learn a trade in uniform.",
        "how_long": "It depends.", "needs": "They say.", "leads_to": "A trade.", "sources": "A page | https://a.example/ | 2026-11-29",
    }  # fmt: skip
    assert client.post(f"{root}route/add/", told).status_code == 302
    assert "Armed forces" in client.get(root).content.decode()
    client.post(f"{root}route/armed-forces/publish/")
    assert book().one("route", "armed-forces") is not None
    client.post(f"{root}route/armed-forces/withdraw/")
    client.post(f"{root}route/armed-forces/publish/")
    assert book().one("route", "armed-forces") is None
    assert client.post(f"{root}route/add/", told).status_code == 200


def test_every_page_of_an_entry_opens_for_each_kind(keeper, lead, client):
    client.force_login(lead)
    first = {entry.kind: entry for entries in book().entries.values() for entry in entries[:1]}
    for kind, entry in first.items():
        for rest in ("", "edit/"):
            assert client.get(f"/o/{keeper.slug}/careers/entries/{kind}/{entry.key}/{rest}").status_code == 200
        assert client.get(f"/o/{keeper.slug}/careers/entries/{kind}/add/").status_code == 200
    for wrong in ("nothing/t-level/", "route/nothing/"):
        assert client.get(f"/o/{keeper.slug}/careers/entries/{wrong}").status_code == 404


def test_what_waits_is_in_my_work(organisation, doors, lead, client):
    asked(organisation)
    answered(asked(organisation, "Another?"), actor=lead)
    confirmed(organisation)
    client.force_login(lead)
    page = client.get("/my-work/").content.decode()
    for told in ("1 question", "1 answer", "1 school"):
        assert told in page
