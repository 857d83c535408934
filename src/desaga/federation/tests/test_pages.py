"""What leads, those who run Desaga, and everybody at the door see and do."""

from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UserFactory, member_of
from desaga.tenancy.context import within

from ..models import EmailDomain, Identity, Provider, RoleRule
from ..operations.signing_in import link_account
from .factories import EmailDomainFactory, ProviderFactory, RoleRuleFactory, furnish_sign_in

OK, FOUND, MISSING = 200, 302, 404
# Queries that each list makes.
LISTED, SHOWN, PEOPLE, DOOR, DOMAINS = 15, 15, 16, 7, 15
HERE = "/o/northmoor/sign-in/"
SECRET = "never to be shown again"


@pytest.fixture
def lead(organisation, client_of):
    return client_of(member_of(organisation, Role.LEAD, email="lead@northmoor.example"))


@pytest.fixture
def platform(db, client_of):
    return client_of(UserFactory(is_platform_administrator=True))


def words_of(answer):
    return unescape(answer.content.decode())


FIELDS = {
    "name": "Northmoor sign-in",
    "issuer": "http://127.0.0.1:9/northmoor",
    "client_id": "desaga",
    "secret": SECRET,
    "scopes": "groups",
    "confirm_within_days": "30",
}


def test_a_lead_sets_a_sign_in_up(lead, organisation):
    made = lead.post(f"{HERE}add/openid-connect/", FIELDS)
    with within(organisation):
        provider = Provider.objects.get()
    assert made.headers["Location"] == f"{HERE}{provider.pk}/"
    assert (provider.settings, provider.confirm_within_days, provider.is_on) == (
        {"scopes": "groups", "asks_nightly": False},
        30,
        False,
    )
    for path in ("", "edit/"):
        page = words_of(lead.get(f"{HERE}{provider.pk}/{path}"))
        assert SECRET not in page
    shown = words_of(lead.get(f"{HERE}{provider.pk}/"))
    assert f"http://testserver/account/institution/{provider.pk}/return/" in shown
    assert f"http://testserver/account/institution/{provider.pk}/signed-out/" in shown
    lead.post(f"{HERE}{provider.pk}/edit/", {**FIELDS, "secret": "", "name": "Another name"})
    with within(organisation):
        assert [str(one) for one in Provider.objects.all()] == ["Another name"]


@pytest.mark.parametrize(
    "issuer", ["http://sign-in.northmoor.example", "ftp://x", "northmoor", "https://", "https://a:b@c.example/"]
)
def test_an_issuer_that_is_no_address_is_refused_and_what_was_typed_stays(issuer, lead, organisation):
    answer = lead.post(f"{HERE}add/openid-connect/", {**FIELDS, "issuer": issuer})
    assert answer.context["form"].errors["issuer"] == [
        "The address must begin with https:// and name a server on the internet."
    ]
    assert "Northmoor sign-in" in words_of(answer)
    with within(organisation):
        assert not Provider.objects.exists()


def test_a_server_inside_the_network_is_not_asked(lead, settings):
    settings.SIGN_IN_ON_LOOPBACK = False
    for host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:10.0.0.1]"):
        answer = lead.post(f"{HERE}add/openid-connect/", {**FIELDS, "issuer": f"https://{host}/"})
        assert list(answer.context["form"].errors) == ["issuer"], host
    settings.SIGN_IN_INTERNAL = True
    assert lead.post(f"{HERE}add/openid-connect/", {**FIELDS, "issuer": "https://10.0.0.1/"}).status_code == FOUND


def test_switching_on_needs_a_confirmed_domain(lead, platform, organisation):
    lead.post(f"{HERE}add/openid-connect/", FIELDS)
    with within(organisation):
        provider = Provider.objects.get()
    one = f"{HERE}{provider.pk}/"
    refused = lead.post(f"{one}on/", follow=True)
    assert "a confirmed e-mail domain" in words_of(refused)
    lead.post(f"{HERE}domains/add/", {"name": "northmoor.example"})
    with within(organisation):
        domain = EmailDomain.objects.get()
    assert lead.post(f"/account/domains/{domain.pk}/confirm/").status_code == MISSING
    assert "northmoor.example" in words_of(platform.get("/account/domains/"))
    said = platform.post(f"/account/domains/{domain.pk}/confirm/", follow=True)
    assert "northmoor.example is confirmed for Northmoor University." in words_of(said)
    for path, state in (
        ("on", (True, False)),
        ("only-way", (True, True)),
        ("one-way", (True, False)),
        ("off", (False, False)),
    ):
        assert lead.get(f"{one}{path}/").status_code == OK
        lead.post(f"{one}{path}/")
        with within(organisation):
            provider.refresh_from_db()
        assert (provider.is_on, provider.is_demanded) == state
    lead.post(f"{one}remove/")
    assert lead.get(one).status_code == MISSING


def test_two_that_name_the_same_domain_are_told_apart_by_those_who_run_desaga(
    platform, organisation, other_organisation
):
    EmailDomainFactory(organisation=organisation, name="shared.example")
    other = EmailDomainFactory(organisation=other_organisation, name="shared.example", confirmed_at=None)
    said = platform.post(f"/account/domains/{other.pk}/confirm/", follow=True)
    assert "This domain has been confirmed for another organisation." in words_of(said)


@pytest.fixture
def provider(organisation, lead):
    return furnish_sign_in(organisation, user_who_can_sign_in_here(organisation, "ida@northmoor.example"))


def user_who_can_sign_in_here(organisation, email):
    user = member_of(organisation, Role.READER, email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_a_rule_is_added_tried_and_removed(lead, provider, organisation):
    one = f"{HERE}{provider.pk}/"
    fields = {"attribute": "groups", "operator": "one_of", "values": "lab\r\n\r\n workshop ", "role": Role.READER}
    assert lead.post(f"{one}rules/add/", fields).status_code == FOUND
    refused = lead.post(f"{one}rules/add/", {**fields, "role": Role.LEAD})
    assert "Tick that a rule may give this role." in words_of(refused)
    tried = lead.post(f"{one}try/", {"claims": '{"groups": ["workshop"]}'})
    assert [(o.rule.role, o.wins, o.why) for o in tried.context["found"]] == [
        (Role.READER, True, "groups holds “workshop”."),
        (Role.TECHNICIAN, False, "groups holds nothing that fits."),
    ]
    with within(organisation):
        rule = RoleRule.objects.get(role=Role.READER)
    assert rule.values == ["lab", "workshop"]
    lead.post(f"{one}rules/{rule.pk}/remove/")
    with within(organisation):
        assert not RoleRule.objects.filter(role=Role.READER).exists()


@pytest.mark.parametrize("typed", ["groups: lab", "[1]", "{" * 20_000, '{"a": NaN'])
def test_what_is_not_json_is_answered_with_how_to_mend_it(typed, lead, provider):
    answer = lead.post(f"{HERE}{provider.pk}/try/", {"claims": typed})
    assert list(answer.context["form"].errors) == ["claims"]


def test_a_lead_sees_who_came_in_ends_it_and_allows_it_again(lead, provider, organisation):
    listed = words_of(lead.get(f"{HERE}{provider.pk}/people/"))
    assert "Technician" in listed
    with within(organisation):
        identity = Identity.objects.get()
    lead.post(f"{HERE}{provider.pk}/people/{identity.pk}/end/")
    listed = words_of(lead.get(f"{HERE}{provider.pk}/people/"))
    assert "Ended by the lead" in listed
    with within(organisation):
        assert not RoleAssignment.objects.filter(role=Role.TECHNICIAN).exists()
    lead.post(f"{HERE}{provider.pk}/people/{identity.pk}/allow/")
    with within(organisation):
        assert not Identity.objects.exists()


# ---- At the door


def test_an_institution_is_found_by_address_or_by_name(client, organisation, other_organisation):
    EmailDomainFactory(organisation=organisation)
    ours = ProviderFactory(organisation=organisation)
    ProviderFactory(organisation=other_organisation, is_on=False)
    door = "/account/institution/"

    def found(words):
        return [provider.pk for provider in client.get(door, {"q": words}).context["page_obj"]]

    assert [
        found(words) for words in ("ida@northmoor.example", "north univ", "", "southmere", "x@southmere.example")
    ] == [
        [ours.pk],
        [ours.pk],
        [ours.pk],
        [],
        [],
    ]
    linked = words_of(client.get(door, {"q": "north", "next": "/my-work/"}))
    assert f"/account/institution/{ours.pk}/start/?next=/my-work/" in linked
    assert "evil" not in words_of(client.get(door, {"next": "https://evil.example"}))
    assert "Sign in with your institution" in words_of(client.get("/account/login/"))


def test_an_address_that_nobody_looks_after_is_answered_as_one_without_sign_in(client, organisation):
    EmailDomainFactory(organisation=organisation)
    answers = {
        words_of(client.get("/account/institution/", {"q": f"ida@{domain}"})).replace(domain, "")
        for domain in ("northmoor.example", "southmere.example")
    }
    assert len({answer.split("</form>")[-1] for answer in answers}) == 1


# ---- Lists cost the same however long they are


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_of_a_lead_make_as_many_queries_however_long(rows, lead, organisation, query_count):
    for number in range(rows):
        provider = ProviderFactory(organisation=organisation, issuer=f"https://{number}.example")
        EmailDomainFactory(organisation=organisation, name=f"{number}.example")
    for number in range(rows):
        RoleRuleFactory(provider=provider)
        user = user_who_can_sign_in_here(organisation, f"a{number}@northmoor.example")
        with within(organisation, user=user):
            link_account(provider=provider, user=user, subject=str(number), now=timezone.now())
    lead.get(HERE)
    with query_count(LISTED):
        lead.get(HERE)
    with query_count(SHOWN):
        lead.get(f"{HERE}{provider.pk}/")
    with query_count(PEOPLE):
        lead.get(f"{HERE}{provider.pk}/people/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_door_makes_as_many_queries_however_many_institutions(rows, client, platform, query_count):
    for _ in range(rows):
        organisation = OrganisationFactory()
        ProviderFactory(organisation=organisation)
        EmailDomainFactory(organisation=organisation, confirmed_at=None)
    client.get("/account/institution/")
    with query_count(DOOR):
        client.get("/account/institution/")
    platform.get("/account/domains/")
    with query_count(DOMAINS):
        platform.get("/account/domains/")
