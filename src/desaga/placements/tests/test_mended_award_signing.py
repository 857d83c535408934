"""Three people sign an agreement: the technician signs for nobody else, and who was named by them alone is marked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..operations import agreements, awards
from ..queries import awards as queries
from .awarding import PARTIES, accepted, afresh, applicant_of, key_to, link_to, offered
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def parties(**told):
    return {party: {**PARTIES[party], "email": told.get(party, PARTIES[party]["email"])} for party in PARTIES}


def test_no_two_sign_at_one_mailbox_whatever_its_name(scheme, manager):
    award = offered(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        own = award.application.email
        name, _, house = own.partition("@")
        for told in (
            {"home": own.upper()},
            {"host": f"{name}@physics.{house}"},
            {"home": "a.b@gmail.com", "host": "ab+host@googlemail.com"},
        ):
            with pytest.raises(agreements.OneSignsForTwo):
                awards.accept_award(award=award, parties=parties(**told), actor=user)
        # Another address of the applicant's is theirs too.
        user.emailaddress_set.create(email="private@home.example", verified=True)
        with pytest.raises(agreements.OneSignsForTwo):
            awards.accept_award(award=award, parties=parties(host="private@home.example"), actor=user)
        assert afresh(award).application.state == "offered"


def test_a_link_is_not_sent_on_to_another_of_the_three(scheme, manager):
    award = accepted(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=manager):
        user.emailaddress_set.create(email="private@home.example", verified=True)
        host = queries.agreement_waiting(award).signatures.get(party="host")
        for email in ("private@home.example", "mona.manager+x@farfield.example"):
            with pytest.raises(agreements.OneSignsForTwo):
                agreements.send_again(signature=host, actor=manager, email=email)


def test_whoever_was_awarded_signs_for_nobody_else(client, scheme, manager):
    award = accepted(scheme, actor=manager)
    user = applicant_of(award)
    organisation = scheme.organisation
    with within(organisation, user=user):
        waiting = queries.agreement_waiting(award)
        key = key_to("mona.manager@farfield.example", "sign/")
        link = queries.letter_opened(organisation, key, *agreements.LINKS)
        with pytest.raises(agreements.SignsForAnother):
            agreements.sign(link=link, name="Mona Manager", seen=waiting.digest, agrees=True, actor=user)
    client.force_login(user)
    path = link_to("mona.manager@farfield.example", "sign/").partition("?")[0]
    page = client.post(path, {"key": key, "seen": waiting.digest, "name": "Mona Manager", "agrees": "yes"})
    assert page.status_code == 422
    own = key_to(award.application.email, "sign/")
    page = client.post(path, {"key": own, "seen": waiting.digest, "name": award.application.name, "agrees": "yes"})
    assert page.status_code == 302


def test_who_was_named_by_the_technician_alone_is_marked(client, scheme, manager):
    award = offered(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        awards.accept_award(award=award, parties=parties(home="else@farfield.example"), actor=user)
        waiting = queries.agreement_waiting(award)
        assert queries.named_by_technician(afresh(award), waiting) == {"home", "host"}
    client.force_login(manager)
    args = [scheme.organisation.slug, scheme.slug, award.application.reference]
    assert "named by the technician" in client.get(reverse("placements:show_award", args=args)).content.decode()
