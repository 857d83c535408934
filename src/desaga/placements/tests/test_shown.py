"""What a scheme's page shows of others: past awards with consent, hosts that offer places; and that it is gone when they take it back."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import as_wished, first_name_of
from ..models import Application, Award, FundPublication, HostOffer, HostOfferLink, PastAward
from ..operations import hosting, telling_of
from ..operations.sharing import NotReportedYet, NotTheirs
from ..private_awards import delete_host_links
from ..queries import shown
from .awarding import afresh, agreed, applicant_of, letters_to, reported
from .factories import make_applicant, make_scheme, with_role
from .fund import make_year, offer_told, published


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def award(scheme, manager):
    award = agreed(scheme, actor=manager)
    reported(award)
    return afresh(award)


def address(scheme, name, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def agreed_to(award, wish="named", sentence="We recover our helium now.", name="Ines Field"):
    user = applicant_of(award)
    with within(award.organisation, user=user):
        return telling_of.agree_to_be_told(award=award, sentence=sentence, wish=wish, name=name, actor=user)


def put_on_page(past, manager):
    with within(past.organisation, user=manager):
        return telling_of.put_on_page(past=past, actor=manager)


# ---- Past awards


@pytest.mark.parametrize(
    ("wish", "name", "words"),
    [("named", "Ines Field", "my name as “Ines Field”"), ("first_name", "Ines", "my name as “Ines”"), ("unnamed", "", "nothing of my name")],
)  # fmt: skip
def test_one_is_told_of_as_one_wishes_and_the_words_are_kept(award, wish, name, words):
    past = agreed_to(award, wish, name=name or "Not to be kept")
    assert (past.name, past.home, past.host) == (name, "University of Farfield", "University of Hostwick")
    assert (past.country, past.discipline, past.published_at) == ("United Kingdom", "Physical sciences", None)
    assert f"what my placement was about, my employer, my host, the year, my sentence below, and {words}." in past.words
    with within(award.organisation):
        event = award.application.events.filter(kind="told_agreed").get()
    assert event.words == past.words


@pytest.mark.parametrize(
    ("name", "first"),
    [("Dr Ines Field", "Ines"), ("Prof. Dr. Ines Field", "Ines"), ("Ines", "Ines"), ("Ms I. Field", "I."), ("Dr", "Dr"), ("", "")],
)  # fmt: skip
def test_a_title_is_no_first_name(name, first):
    assert first_name_of(name) == first
    assert as_wished("first_name", name) == first


def test_the_consent_shows_the_name_that_will_be_public_and_it_can_be_written_otherwise(scheme, award, client_of):
    with within(scheme.organisation):
        Application.objects.filter(pk=award.application_id).update(name="Dr Ines Field")
    page, client = address(scheme, "agree_told", award.application.reference), client_of(applicant_of(award))
    text = unescape(client.get(page).text)
    assert [f"my name as “{name}”" in text for name in ("Dr Ines Field", "Ines", "Dr")] == [True, True, False]
    told = {"sentence": "We recover our helium.", "named": "Dr Ines Field", "first_name": "Ines"}
    again = client.post(page, {**told, "wish": "first_name", "first_name": " "})
    assert "Write the name that is to stand there." in again.text
    client.post(page, {**told, "wish": "named", "named": " Ines  Field-Lund "})
    with within(scheme.organisation):
        past = PastAward.objects.get(withdrawn_at=None)
    assert past.name == "Ines Field-Lund"
    assert "my name as “Ines Field-Lund”" in past.words
    assert "Ines Field-Lund" in unescape(client.get(page).text), "what one agreed to stands there when one comes again"


def test_who_is_to_be_named_says_how(award):
    with pytest.raises(telling_of.SayHow):
        agreed_to(award, name="  ")


def test_nobody_else_agrees_and_not_before_the_report(scheme, manager, award):
    early, other = agreed(scheme, actor=manager), make_applicant(scheme, "Ola Other")
    with within(scheme.organisation, user=applicant_of(early)), pytest.raises(NotReportedYet):
        telling_of.agree_to_be_told(award=early, sentence="x", wish="named", actor=applicant_of(early))
    with within(scheme.organisation, user=other), pytest.raises(NotTheirs):
        telling_of.agree_to_be_told(award=award, sentence="x", wish="named", actor=other)
    with within(scheme.organisation, user=other), pytest.raises(NotTheirs):
        telling_of.take_back_told(award=award, actor=other)


def test_it_is_on_the_page_once_looked_at_and_off_it_when_taken_back(scheme, manager, award, client_of):
    page = address(scheme, "show_open_scheme")
    past = agreed_to(award)
    assert "We recover our helium now." not in client_of(None).get(page).text
    staff = client_of(manager)
    assert "We recover our helium now." in staff.get(address(scheme, "list_told")).text
    staff.post(address(scheme, "put_on_page", past.pk))
    assert "We recover our helium now." in client_of(None).get(page).text
    mine = client_of(applicant_of(award))
    reference = award.application.reference
    assert "What the page may tell" in mine.get(award.application.get_absolute_url()).text.replace(
        "what the", "What the"
    )
    mine.post(address(scheme, "take_back_told", reference))
    assert "We recover our helium now." not in client_of(None).get(page).text
    with within(scheme.organisation):
        kept = PastAward.objects.get()
    assert (kept.sentence, kept.name, kept.title, bool(kept.withdrawn_at)) == ("", "", "", True)
    assert "my sentence below, and my name as “…”. I can take this back" in kept.words


def test_nobody_reads_one_that_is_not_on_the_page_whatever_they_ask(scheme, award, manager):
    past = agreed_to(award)
    with within():
        assert list(shown.awards_told(scheme)) == []
    put_on_page(past, manager)
    with within():
        assert [one.title for one in shown.awards_told(scheme)] == ["Cryogenics at another facility"]


def test_the_consent_asked_anew_is_looked_at_anew(award, manager):
    put_on_page(agreed_to(award), manager)
    again = agreed_to(award, "unnamed", "Another sentence.")
    assert (again.published_at, again.name) == (None, "")
    with within(award.organisation):
        assert PastAward.objects.filter(withdrawn_at=None).count() == 1


def test_taking_back_takes_it_out_of_a_published_report_too(scheme, manager, award):
    budget = make_year(scheme, actor=manager, states=["closed"] * 20)
    with within(scheme.organisation, user=manager):
        told = Award.objects.exclude(pk=award.pk).first()
        past = PastAward.objects.create(
            organisation=scheme.organisation, award=told, scheme=scheme, wish="unnamed", words="As read.", year=2025,
            consented_at=timezone.now(), published_at=timezone.now(), title="Told of", sentence="It went well.",
        )  # fmt: skip
    published(budget, actor=manager)
    with within(scheme.organisation, user=manager):
        assert "Told of" in str(FundPublication.objects.get().content)
        telling_of.take_off_page(past=past, actor=manager)
        publication = FundPublication.objects.get()
        assert "Told of" not in str(publication.content)
        assert (publication.published_at, publication.files.count()) == (None, 0)


def test_past_awards_are_searched_and_narrowed(scheme, manager, award, client_of):
    put_on_page(agreed_to(award), manager)
    page = address(scheme, "list_past_awards")
    client = client_of(None)
    found = {
        query: "Cryogenics at another facility" in client.get(f"{page}?{query}").text
        for query in ("", "q=cryogenics+hostwick", "q=lasers", "country=United+Kingdom", "discipline=Physical+sciences", "year=1999")
    }  # fmt: skip
    assert found == {"": True, "q=cryogenics+hostwick": True, "q=lasers": False, "country=United+Kingdom": True, "discipline=Physical+sciences": True, "year=1999": True}  # fmt: skip


def test_it_is_asked_when_the_report_is_sent(scheme, manager, client_of):
    award = agreed(scheme, actor=manager)
    reference, client = award.application.reference, client_of(applicant_of(award))
    told = {"did": "I ran two liquefiers.", "learnt": "How to find a leak.", "changed": "We recover it.", "send": "yes"}
    answer = client.post(address(scheme, "write_report", reference), told)
    assert answer["Location"] == address(scheme, "agree_told", reference)
    assert "Not now" in client.get(answer["Location"]).text
    client.post(answer["Location"], {"sentence": "We recover our helium now.", "wish": "unnamed"})
    with within(scheme.organisation):
        assert PastAward.objects.get().sentence == "We recover our helium now."


# ---- Hosts


def posted(**more):
    until = timezone.localdate() + timedelta(days=100)
    told = offer_told(email="hugo@kestrel.example", speaks="on", **more)
    return told | {"until_day": until.day, "until_month": until.month, "until_year": until.year}


def test_a_host_says_that_it_offers_a_place_and_takes_it_back(scheme, manager, client_of):
    anybody, page = client_of(None), address(scheme, "show_open_scheme")
    assert "your offer is here" in anybody.post(address(scheme, "say_offer"), posted()).text
    assert "Two weeks beside our liquefier." not in anybody.get(page).text
    with within(scheme.organisation):
        offer = HostOffer.objects.get()
    staff = client_of(manager)
    assert "hugo@kestrel.example" in staff.get(address(scheme, "list_offers")).text
    staff.post(address(scheme, "show_offer", offer.pk))
    shown_now = anybody.get(page).text
    assert "Two weeks beside our liquefier." in shown_now
    assert "hugo@kestrel.example" not in shown_now
    (mail,) = letters_to("hugo@kestrel.example")
    link = next(word for word in mail.text.split() if "/by-link/host/?key=" in word)
    link = link[link.index("/placements/") :]
    assert anybody.get(link).status_code == 200
    key = link.partition("?key=")[2]
    anybody.post(link, posted(offers="One week in spring.", key=key))
    assert "One week in spring." not in anybody.get(page).text
    staff.post(address(scheme, "show_offer", offer.pk))
    assert "One week in spring." in anybody.get(page).text
    anybody.post(link, {"withdraw": "yes", "key": key})
    assert "One week in spring." not in anybody.get(page).text
    assert "Your offer is taken back" in anybody.get(link).text
    assert anybody.get(f"{link}x").status_code == 404


def test_an_offer_of_a_day_that_is_past_is_not_shown(scheme, manager, client_of):
    with within(scheme.organisation, user=manager):
        hosting.record_offer(scheme=scheme, actor=manager, **offer_told())
        HostOffer.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert "Kestrel Low" not in client_of(None).get(address(scheme, "list_host_offers")).text


def test_a_declined_host_reads_why(scheme, manager, client_of):
    with within(scheme.organisation):
        offer = hosting.say_offer(scheme=scheme, email="hugo@kestrel.example", **offer_told())
    client_of(manager).post(address(scheme, "decline_offer", offer.pk), {"words": "We need a page of your own."})
    assert "We need a page of your own." in letters_to("hugo@kestrel.example")[-1].text
    with within(scheme.organisation):
        assert (HostOffer.objects.get().state, HostOfferLink.objects.count()) == ("declined", 1)


def test_whoever_said_so_is_forgotten_when_the_offer_is_over(scheme):
    with within(scheme.organisation):
        offer = hosting.say_offer(scheme=scheme, email="hugo@kestrel.example", **offer_told())
        later = timezone.now() + timedelta(days=400)
        assert delete_host_links(scheme.organisation, timezone.now(), dry=False) == {"addresses and keys of hosts": 0}
        assert delete_host_links(scheme.organisation, later, dry=False) == {"addresses and keys of hosts": 1}
        assert HostOffer.objects.get() == offer


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("list_past_awards", 12), ("list_host_offers", 11)])
def test_the_lists_cost_the_same_at_one_and_three(
    scheme, manager, award, client_of, query_count, name, queries, number
):
    with within(scheme.organisation, user=manager):
        for at in range(number):
            hosting.record_offer(scheme=scheme, actor=manager, **offer_told(name=f"Host {at}"))
    put_on_page(agreed_to(award), manager)
    client = client_of(None)
    client.get(address(scheme, name))
    with query_count(queries):
        client.get(address(scheme, name))
