import pytest

from desaga.audit.models import Entry
from desaga.organisations.operations.people import RoleForTheWhole
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory, member_of
from desaga.tenancy.context import within

from ..models import EmailDomain, Provider, ProviderSecret
from ..operations import providers
from ..operations.signing_in import welcome
from ..queries import provider_at_the_door, providers_by_name, providers_for_address, secret_of
from ..states import Kind, Operator
from .factories import EmailDomainFactory, ProviderFactory, arrival

SECRET = "never to be shown again"


@pytest.fixture
def lead(organisation):
    return member_of(organisation, Role.LEAD)


def made(organisation, lead, **fields):
    usual = {"kind": Kind.OIDC, "name": "Northmoor", "issuer": "https://sign-in.northmoor.example", "client_id": "us"}
    return providers.add_provider(actor=lead, organisation=organisation, **{**usual, **fields})


def test_a_secret_is_locked_away_and_is_in_no_entry_of_the_audit(tenant, lead):
    provider = made(tenant, lead, secret=SECRET)
    assert secret_of(provider) == SECRET
    assert SECRET not in ProviderSecret.objects.get().encrypted
    providers.change_provider(actor=lead, provider=provider, secret="another one", name="Northmoor sign-in")
    assert secret_of(provider) == "another one"
    said = [(entry.verb, str(entry.changes) + entry.note) for entry in Entry.objects.all()]
    assert sorted(verb for verb, _ in said) == ["added", "changed", "changed", "changed"]
    assert [words for _, words in said if SECRET in words or "another one" in words] == []


def test_a_sign_in_is_switched_on_when_a_domain_is_confirmed(tenant, lead):
    provider = made(tenant, lead)
    domain = providers.add_domain(actor=lead, organisation=tenant, name=" @Northmoor.Example ")
    assert domain.name == "northmoor.example"
    with pytest.raises(providers.NotReady):
        providers.switch_on(actor=lead, provider=provider)
    with pytest.raises(providers.NotOn):
        providers.demand(actor=lead, provider=provider, is_demanded=True)
    providers.confirm_domain(actor=lead, domain=domain)
    assert providers.switch_on(actor=lead, provider=provider).is_on
    assert providers.demand(actor=lead, provider=provider, is_demanded=True).is_demanded
    with pytest.raises(providers.DomainOpensSignIn):
        providers.remove_domain(actor=lead, domain=domain)
    off = providers.switch_off(actor=lead, provider=provider)
    assert (off.is_on, off.is_demanded) == (False, False)
    providers.remove_domain(actor=lead, domain=domain)
    assert not EmailDomain.objects.exists()


@pytest.mark.parametrize(
    "name", ["", "northmoor", "north moor.example", "-a.example", "a..example", "a.1", "é.example"]
)
def test_what_is_no_domain_is_refused(name, tenant, lead):
    with pytest.raises(providers.NotADomain):
        providers.add_domain(actor=lead, organisation=tenant, name=name)


def test_a_domain_is_confirmed_for_one_organisation_alone(organisation, other_organisation, lead):
    EmailDomainFactory(organisation=other_organisation, name="shared.example")
    with within(organisation):
        domain = providers.add_domain(actor=lead, organisation=organisation, name="shared.example")
        with pytest.raises(providers.DomainThere):
            providers.add_domain(actor=lead, organisation=organisation, name="shared.example")
    with pytest.raises(providers.DomainElsewhere):
        providers.confirm_domain(actor=lead, domain=domain)


RULES = [
    ({"role": Role.LEAD}, providers.PowerfulRole),
    ({"role": Role.HR_DATA_STEWARD}, providers.PowerfulRole),
    ({"role": Role.PROJECT_OFFICER}, providers.PowerfulRole),
    ({"values": [" "]}, providers.RuleWithoutValues),
    ({"operator": Operator.CONTAINS, "values": ["ab"]}, providers.RuleTooWide),
]


@pytest.mark.parametrize(("fields", "refusal"), RULES)
def test_a_rule_that_gives_too_much_is_refused(fields, refusal, tenant, lead):
    usual = {"attribute": "groups", "operator": Operator.EQUALS, "values": ["lab"], "role": Role.READER}
    with pytest.raises(refusal):
        providers.add_rule(actor=lead, provider=made(tenant, lead), **{**usual, **fields})


def test_a_rule_is_for_a_unit_only_where_the_role_can_be(tenant, lead):
    provider, unit = made(tenant, lead), UnitFactory(organisation=tenant)
    fields = {"actor": lead, "provider": provider, "attribute": "groups", "operator": "equals", "values": ["a", "a"]}
    with pytest.raises(RoleForTheWhole):
        providers.add_rule(**fields, role=Role.READER, unit=unit)
    rule = providers.add_rule(**fields, role=Role.CHAMPION, unit=unit)
    assert (str(rule), rule.values) == ("groups is “a”: Champion", ["a"])
    assert providers.add_rule(**fields, role=Role.LEAD, gives_powers=True).role == Role.LEAD


def test_where_people_came_in_another_issuer_is_another_sign_in(organisation, lead):
    EmailDomainFactory(organisation=organisation)
    provider = ProviderFactory(organisation=organisation, makes_accounts=True)
    member_of(organisation, Role.READER)
    with within(organisation):
        providers.add_rule(
            actor=lead, provider=provider, attribute="a", operator="equals", values=["b"], role=Role.READER
        )
    welcome(provider=provider, arrival=arrival(claims={"a": "b"}))
    with within(organisation):
        with pytest.raises(providers.ProviderUsed):
            providers.change_provider(actor=lead, provider=provider, issuer="https://evil.example")
        providers.switch_off(actor=lead, provider=provider)
        with pytest.raises(providers.ProviderUsed):
            providers.remove_provider(actor=lead, provider=provider)


def test_a_sign_in_that_nobody_used_is_removed_with_all_that_belongs_to_it(tenant, lead):
    provider = made(tenant, lead, secret=SECRET)
    with pytest.raises(providers.ProviderThere):
        made(tenant, lead)
    providers.remove_provider(actor=lead, provider=provider)
    assert not Provider.objects.exists()
    assert not ProviderSecret.objects.exists()


def test_before_anybody_is_known_only_what_is_on_and_confirmed_is_read(organisation, other_organisation):
    EmailDomainFactory(organisation=organisation)
    EmailDomainFactory(organisation=other_organisation, confirmed_at=None)
    on = ProviderFactory(organisation=organisation, name="Northmoor")
    off = ProviderFactory(organisation=other_organisation, name="Southmere", is_on=False)
    theirs = ProviderFactory(organisation=other_organisation, name="Southmere two", issuer="https://two.example")
    assert (provider_at_the_door(on.pk), provider_at_the_door(off.pk)) == (on, None)
    assert providers_for_address("Ida@NORTHMOOR.example") == [on]
    assert providers_for_address("ida@southmere.example") == []
    assert providers_for_address("nonsense") == []
    assert list(providers_by_name("south")) == [theirs]
    assert list(providers_by_name("")) == [on, theirs]
