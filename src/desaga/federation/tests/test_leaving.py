"""When a provider no longer knows somebody: asked every night with the token that it gave, over HTTP, for real."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Identity
from ..operations.leaving import ask_after_everybody
from ..tasks import look_after, look_after_all
from .factories import RoleRuleFactory
from .institution import IDA

OK, FOUND, REFUSED = 200, 302, 403
TECHNICIAN = {**IDA, "claims": {"groups": ["technicians"]}}


@pytest.fixture
def inside(institution, client):
    """Ida has come in through a provider that gave a token to ask after her, and is a technician by a rule."""
    RoleRuleFactory(provider=institution.provider)
    institution.change(settings={"asks_nightly": True})
    institution.tell(people=[TECHNICIAN])
    assert institution.sign_in(client).status_code == FOUND
    assert client.get("/my-work/").status_code == OK
    return client


def identity_of(institution):
    with within(institution.provider.organisation):
        return Identity.objects.get()


def test_the_token_is_locked_away(institution, inside):
    kept = identity_of(institution).refresh_token
    assert kept.startswith("gAAAA")


def test_who_is_still_there_stays_night_after_night(institution, organisation, inside):
    tokens = set()
    for _ in range(3):
        assert ask_after_everybody(organisation=organisation) == []
        tokens.add(identity_of(institution).refresh_token)
    # The provider gives another token each time; the former no longer counts.
    assert len(tokens) == 3
    assert inside.get("/my-work/").status_code == OK


def test_who_is_gone_there_loses_sessions_and_mapped_roles_here_at_once(institution, organisation, inside):
    institution.tell(people=[{**TECHNICIAN, "active": False}])
    assert [str(identity.user) for identity in ask_after_everybody(organisation=organisation)] == [IDA["email"]]
    assert inside.get("/my-work/").status_code == FOUND
    assert identity_of(institution).gone_because == "refused"
    assert identity_of(institution).refresh_token == ""
    with within(organisation):
        assert not RoleAssignment.objects.filter(role=Role.TECHNICIAN).exists()
        assert Entry.objects.filter(verb="ended", note="The provider no longer knows the account").count() == 1
    assert ask_after_everybody(organisation=organisation) == []


def test_whom_the_provider_knows_again_comes_in_again(institution, organisation, inside):
    institution.tell(people=[{**TECHNICIAN, "active": False}])
    ask_after_everybody(organisation=organisation)
    institution.tell(people=[TECHNICIAN])
    assert institution.sign_in(Client()).status_code == FOUND
    assert identity_of(institution).gone_at is None


def test_a_provider_that_does_not_answer_says_nothing(institution, organisation, inside):
    institution.tell(people=[{**TECHNICIAN, "active": False}])
    cache.clear()
    institution.change(issuer=f"{institution.address}/nowhere")
    assert ask_after_everybody(organisation=organisation) == []
    assert inside.get("/my-work/").status_code == OK


def test_the_nightly_work_lets_unconfirmed_roles_lapse_and_says_whose(institution, organisation, inside):
    look_after_all(0)
    with within(organisation):
        institution.provider.identities.get().mapped_roles.update(confirmed_at=timezone.now() - timedelta(days=91))
    look_after(organisation=organisation, actor=None)
    with within(organisation):
        assert not RoleAssignment.objects.filter(role=Role.TECHNICIAN).exists()
        assert list(Entry.objects.filter(verb="let roles lapse in").values_list("note", flat=True)) == [
            "Ida Bunsen, Technician"
        ]
