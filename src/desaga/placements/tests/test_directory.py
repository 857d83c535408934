"""The directory of hosts: found while somebody types, merged with history, and applications keep pointing right."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..countries import COUNTRIES, code_of, name_of
from ..forms.hosts import PlaceForm
from ..models import Application, HostPlace
from ..operations import hosts
from ..queries.hosts import directory, find_places, numbers_of_applications, one_name_each, place_named
from .factories import answers_for, make_application, make_scheme, received, sent, what_is_typed, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def host(name, country="United Kingdom"):
    return {"organisation": name, "country": country, "contact": ""}


def add(organisation, actor, *named):
    with within(organisation, user=actor):
        return [hosts.add_place(actor=actor, organisation=organisation, name=name, country=country) for name, country in named]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code"),
    [("United Kingdom", "GB"), ("wales", "GB"), ("uk", "GB"), ("Czech Republic", "CZ"), ("de", "DE"), ("Atlantis", "")],
)
def test_a_country_has_its_two_letters_however_it_is_written(written, code):
    assert code_of(written) == code
    assert name_of("Atlantis") == "Atlantis"


def test_every_country_of_the_standard_is_there_once():
    assert len(COUNTRIES) == len(set(COUNTRIES.values())) == 249
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)


def test_what_was_sent_points_at_an_entry_under_whichever_name(organisation, scheme):
    first = sent(make_application(scheme, host=host("University of Hostwick")))
    same = sent(make_application(scheme, host=host("university of hostwick", "England")))
    abroad = sent(make_application(scheme, host=host("University of Hostwick", "Norway"), abroad="yes", risk_assessed="yes", visa_checked="yes", insured="yes"))  # fmt: skip
    assert first.host_place == same.host_place != abroad.host_place
    assert (abroad.host_place.country, abroad.host_place.country_code) == ("Norway", "NO")


def test_each_word_is_looked_for_and_other_names_too(organisation, manager):
    stands, double, _ = add(
        organisation, manager, ("University of Hostwick", "United Kingdom"), ("Hostwick Uni", "United Kingdom"), ("Fjord Institute", "Norway")
    )  # fmt: skip
    with within(organisation, user=manager):
        hosts.merge_places(actor=manager, place=double, into=stands)
        assert [(one.place, one.also) for one in find_places("hostwick univ")] == [(stands, "")]
        assert [(one.place, one.also) for one in find_places("wick uni")] == [(stands, "")]
        assert [(one.place, one.also) for one in find_places("Hostwick Uni")] == [(stands, "Hostwick Uni")]
        assert find_places("h") == []
        assert [one.name for one in directory("uni")] == ["University of Hostwick"]


def test_a_merge_keeps_applications_pointing_right_and_can_be_taken_back(organisation, scheme, manager):
    one = received(make_application(scheme, host=host("University of Hostwick")))
    other = received(make_application(scheme, host=host("Hostwick Uni")))
    with within(organisation, user=manager):
        stands, double = one.host_place, other.host_place
        hosts.merge_places(actor=manager, place=double, into=stands)
        other = Application.objects.get(pk=other.pk)
        assert other.host == "Hostwick Uni", "what was written stays"
        assert other.host_place.standing == stands
        readable = Application.objects.all()
        assert numbers_of_applications([stands], readable) == {stands.pk: 2}
        assert place_named("hostwick uni", "UK") == stands, "who types the old name is led to the one that stands"
        assert one_name_each()["hostwick uni"] == "university of hostwick"
        third = add(organisation, manager, ("The University of Hostwick", "United Kingdom"))[0]
        hosts.merge_places(actor=manager, place=stands, into=third)
        assert {place.standing for place in HostPlace.objects.all()} == {third}, "no chain is longer than one"
        back = hosts.take_merge_back(actor=manager, place=HostPlace.objects.get(pk=double.pk))
        assert numbers_of_applications([third, back], readable) == {third.pk: 1, back.pk: 1}
        with pytest.raises(hosts.NotMerged):
            hosts.take_merge_back(actor=manager, place=back)


def test_what_cannot_be_merged_is_refused(organisation, manager):
    one, two, three = add(organisation, manager, ("Aa", "Norway"), ("Bb", "Norway"), ("Cc", "Norway"))
    with within(organisation, user=manager):
        with pytest.raises(hosts.NotWithItself):
            hosts.merge_places(actor=manager, place=one, into=one)
        hosts.merge_places(actor=manager, place=one, into=two)
        for pair in ({"place": one, "into": three}, {"place": three, "into": one}):
            with pytest.raises(hosts.MergedAlready):
                hosts.merge_places(actor=manager, **pair)
        with pytest.raises(hosts.KnownAlready):
            hosts.add_place(actor=manager, organisation=organisation, name=" bb ", country="Norway")


# ---- Pages


def at(name, application, *more):
    return reverse(f"placements:{name}", args=[application.organisation.slug, application.scheme.slug, application.reference, *more])  # fmt: skip


def test_an_applicant_finds_a_host_without_script(organisation, scheme, manager, client_of):
    from desaga.accounts.models import User

    stands = add(organisation, manager, ("University of Hostwick", "United Kingdom"))[0]
    application = make_application(scheme, host=host(""))
    browser = client_of(User.objects.get(person=application.applicant_id))
    address = at("write_part", application, "placement")
    page = browser.get(address)
    typed = {f"mark_{one.question.key}": one.mark for one in page.context["asked"]}
    sent_form = typed | {
        "host_organisation": "hostwick",
        "host_country": "",
        "host_contact": "Bea",
        "find_host": "host",
    }
    answer = browser.post(address, sent_form)
    assert answer["Location"] == f"{address}?find=host#found_host"
    found = browser.get(answer["Location"]).text
    assert f'name="choose_host" value="host-{stands.pk}"' in found
    page = browser.get(address)
    typed = {f"mark_{one.question.key}": one.mark for one in page.context["asked"]}
    browser.post(address, typed | {"host_organisation": "hostwick", "host_contact": "Bea", "choose_host": f"host-{stands.pk}"})  # fmt: skip
    assert what_is_typed(application)["host"] == {"organisation": "University of Hostwick", "country": "United Kingdom", "contact": "Bea"}  # fmt: skip


def test_the_page_asks_by_itself_and_shows_nothing_of_another_organisation(
    organisation, other_organisation, scheme, manager, client_of
):
    from desaga.accounts.models import User

    add(organisation, manager, ("University of Hostwick", "United Kingdom"))
    add(other_organisation, with_role(other_organisation, Role.SCHEME_MANAGER, "Ola Other"), ("Hostwick Elsewhere", "Norway"))  # fmt: skip
    application = make_application(scheme)
    browser = client_of(User.objects.get(person=application.applicant_id))
    page = browser.get(at("find_hosts", application, "placement", "host"), {"host_organisation": "hostwick"}).text
    assert "University of Hostwick, United Kingdom" in page
    assert "Elsewhere" not in page
    assert browser.get(at("find_hosts", application, "placement", "title")).status_code == 404
    nothing = browser.get(at("find_hosts", application, "placement", "host"), {"host_organisation": "nowhere"}).text
    assert "added when you send" in nothing


def test_a_scheme_manager_merges_on_the_page(organisation, scheme, manager, client_of, django_assert_num_queries):
    received(make_application(scheme, host=host("University of Hostwick")))
    received(make_application(scheme, host=host("Hostwick University")))
    with within(organisation):
        stands, double = (
            HostPlace.objects.get(name=name) for name in ("University of Hostwick", "Hostwick University")
        )
    browser = client_of(manager)
    merge = reverse("placements:merge_host_place", args=[organisation.slug, double.pk])
    assert f'href="?into={stands.pk}"' in browser.get(merge).text, "what looks alike is offered"
    assert "stands for both" in browser.get(merge, {"into": stands.pk}).text
    browser.post(merge, {"into": stands.pk})
    page = browser.get(reverse("placements:list_host_places", args=[organisation.slug]))
    assert [(str(place), number) for place, number in page.context["places"]] == [("University of Hostwick, United Kingdom", 2)]  # fmt: skip
    assert "Also Hostwick University" in page.text
    assert browser.get(merge).status_code == 404, "it is merged already"
    browser.post(reverse("placements:take_merge_back", args=[organisation.slug, double.pk]))
    page = browser.get(
        reverse("placements:list_host_places", args=[organisation.slug]), {"country": "GB", "q": "hostwick"}
    )
    assert len(page.context["places"]) == 2


def test_the_directory_costs_the_same_however_long_it_is(organisation, manager, client_of, django_assert_num_queries):
    address = reverse("placements:list_host_places", args=[organisation.slug])
    browser = client_of(manager)
    add(organisation, manager, ("Aa", "Norway"))
    browser.get(address)
    counts = []
    for more in ([], [("Bb", "Norway"), ("Cc", "Sweden")]):
        add(organisation, manager, *more)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_answers_of_the_factories_are_what_a_page_would_send():
    assert set(answers_for()["host"]) == {"organisation", "country", "contact"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("https://ror.org/024MRXD33", "024mrxd33"), ("024mrxd33", "024mrxd33"), ("", ""), ("123", None)]
)
def test_a_ror_number_is_taken_as_people_paste_it(typed, kept):
    form = PlaceForm({"name": "University of Leeds", "country": "United Kingdom", "ror": typed})
    assert form.is_valid() is (kept is not None)
    assert kept is None or form.cleaned_data["ror"] == kept
