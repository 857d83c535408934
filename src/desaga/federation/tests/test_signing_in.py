from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from desaga.accounts.models import User
from desaga.accounts.operations import KnownElsewhere
from desaga.accounts.tests.factories import InvitationFactory, user_who_can_sign_in
from desaga.audit.models import Entry
from desaga.organisations.models import RoleAssignment
from desaga.organisations.operations.people import give_role
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    RoleAssignmentFactory,
    UnitFactory,
    member_of,
)
from desaga.tenancy.context import within

from ..models import Identity, MappedRole
from ..operations import leaving, signing_in
from ..operations.roles import lapse_unconfirmed
from ..operations.signing_in import welcome
from ..states import Operator
from .factories import EmailDomainFactory, ProviderFactory, RoleRuleFactory, arrival

TECHNICIANS = {"groups": ["technicians"]}


@pytest.fixture
def provider(organisation):
    EmailDomainFactory(organisation=organisation)
    return ProviderFactory(organisation=organisation, makes_accounts=True)


@pytest.fixture
def ida(organisation):
    """A reader of Northmoor with an account of her own."""
    return confirmed(member_of(organisation, Role.READER, email="ida@northmoor.example"))


def confirmed(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def roles_of(user, organisation):
    with within(organisation):
        rows = RoleAssignment.objects.filter(current_on(), person=user.person_id)
        return set(rows.order_by().values_list("role", "unit_id"))


def test_an_account_is_found_by_its_address_once_and_by_the_subject_from_then_on(provider, ida):
    assert welcome(provider=provider, arrival=arrival()) == ida
    changed = arrival(email="i.bunsen@northmoor.example")
    assert welcome(provider=provider, arrival=changed) == ida
    with within(provider.organisation):
        assert Identity.objects.count() == 1
        assert Entry.objects.filter(verb="first came in through").count() == 1


REFUSALS = [
    ("no subject", {"subject": ""}, signing_in.NoSubject),
    ("too long a subject", {"subject": "s" * 256}, signing_in.NoSubject),
    ("no address", {"email": ""}, signing_in.AddressNotConfirmed),
    ("unconfirmed", {"email_verified": False}, signing_in.AddressNotConfirmed),
    ("nothing said of it", {"email_verified": None}, signing_in.AddressNotConfirmed),
    ("another domain", {"email": "ida@southmere.example"}, signing_in.ForeignAddress),
    ("a domain below", {"email": "ida@mail.northmoor.example"}, signing_in.ForeignAddress),
    ("a domain that ends alike", {"email": "ida@evil-northmoor.example"}, signing_in.ForeignAddress),
    ("two addresses", {"email": "ida@southmere.example@northmoor.example"}, signing_in.ForeignAddress),
    ("nobody", {"email": "nobody@northmoor.example"}, signing_in.NotKnownHere),
]


@pytest.mark.parametrize(("told", "refusal"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_word_that_does_not_bind_is_refused_and_nothing_is_written(told, refusal, provider, ida):
    before = User.objects.count()
    with pytest.raises(refusal):
        welcome(provider=provider, arrival=arrival(**told))
    with within(provider.organisation):
        assert (Identity.objects.count(), User.objects.count()) == (0, before)


def test_a_provider_that_gives_out_the_addresses_need_not_confirm_them(provider, ida):
    with within(provider.organisation):
        provider.vouches_for_addresses = True
        provider.save()
    assert welcome(provider=provider, arrival=arrival(email_verified=None)) == ida
    with pytest.raises(signing_in.AddressNotConfirmed):
        welcome(provider=provider, arrival=arrival(email_verified=False))


def test_an_unconfirmed_domain_opens_nothing(organisation, ida):
    EmailDomainFactory(organisation=organisation, confirmed_at=None)
    with pytest.raises(signing_in.ForeignAddress):
        welcome(provider=ProviderFactory(organisation=organisation), arrival=arrival())


def test_another_organisations_provider_does_not_open_our_persons_account(provider, ida, other_organisation):
    EmailDomainFactory(organisation=other_organisation)
    theirs = ProviderFactory(organisation=other_organisation, makes_accounts=True)
    with within(other_organisation):
        RoleRuleFactory(provider=theirs)
    welcome(provider=provider, arrival=arrival())
    # The same subject, the same address, and a role besides.
    with pytest.raises(signing_in.ForeignAddress):
        welcome(provider=theirs, arrival=arrival(claims=TECHNICIANS))


def test_who_runs_the_platform_comes_in_by_no_institutions_word(provider, organisation):
    confirmed(member_of(organisation, Role.LEAD, email="ida@northmoor.example", is_platform_administrator=True))
    with pytest.raises(signing_in.NotForThisAccount):
        welcome(provider=provider, arrival=arrival())


def test_a_closed_account_stays_closed(provider, ida):
    welcome(provider=provider, arrival=arrival())
    User.objects.filter(pk=ida.pk).update(is_active=False)
    with pytest.raises(signing_in.NotForThisAccount):
        welcome(provider=provider, arrival=arrival())


def test_an_account_whose_address_was_never_proved_is_not_handed_over(provider, organisation):
    member_of(organisation, Role.READER, email="ida@northmoor.example")
    with pytest.raises(signing_in.AddressOfAnother):
        welcome(provider=provider, arrival=arrival())


def test_an_address_that_was_given_to_somebody_new_does_not_open_the_former_account(provider, ida):
    welcome(provider=provider, arrival=arrival())
    with pytest.raises(signing_in.AddressOfAnother):
        welcome(provider=provider, arrival=arrival(subject="another-ida"))


def test_an_invitation_is_accepted_by_who_has_its_address(provider, organisation):
    InvitationFactory(organisation=organisation, email="ida@northmoor.example", roles=[Role.CHAMPION])
    user = welcome(provider=provider, arrival=arrival())
    assert (user.email, user.has_usable_password(), user.get_full_name()) == (
        "ida@northmoor.example",
        False,
        "Ida Bunsen",
    )
    assert roles_of(user, organisation) == {(Role.CHAMPION, None)}


def test_who_works_here_gets_an_account_if_the_organisation_wants_that(provider, organisation):
    employment = EmploymentFactory(organisation=organisation, work_email="Ida@northmoor.example")
    assert welcome(provider=provider, arrival=arrival()).person_id == employment.person_id


def test_no_account_is_made_unless_the_organisation_wants_that(provider, organisation):
    EmploymentFactory(organisation=organisation, work_email="ida@northmoor.example")
    with within(organisation):
        provider.makes_accounts = False
        provider.save()
        RoleRuleFactory(provider=provider)
    with pytest.raises(signing_in.NotKnownHere):
        welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))


def test_who_works_elsewhere_too_gets_no_account_by_one_organisations_word(provider, organisation, other_organisation):
    employment = EmploymentFactory(organisation=organisation, work_email="ida@northmoor.example")
    with within(other_organisation, person=employment.person):
        RoleAssignment.objects.create(
            organisation=other_organisation, person=employment.person, role=Role.LEAD, starts_on=timezone.localdate()
        )
    with pytest.raises(KnownElsewhere):
        welcome(provider=provider, arrival=arrival())


def test_an_address_of_two_people_opens_nobodys_account(provider, organisation):
    for _ in range(2):
        EmploymentFactory(organisation=organisation, work_email="ida@northmoor.example")
    with pytest.raises(signing_in.NotKnownHere):
        welcome(provider=provider, arrival=arrival())


def test_a_rule_lets_somebody_new_in(provider, organisation):
    RoleRuleFactory(provider=provider)
    user = welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    assert roles_of(user, organisation) == {(Role.TECHNICIAN, None)}
    assert EmailAddress.objects.get(user=user).verified


def test_an_account_that_is_somebodys_elsewhere_too_is_opened_once_its_owner_connects_it(
    provider, organisation, other_organisation
):
    """A lead chooses the provider, and could name any address of the domain: not a way into another organisation."""
    RoleRuleFactory(provider=provider)
    user = confirmed(member_of(other_organisation, Role.LEAD, email="ida@northmoor.example"))
    InvitationFactory(organisation=organisation, email="ida@northmoor.example", roles=[Role.CHAMPION])
    with pytest.raises(signing_in.ConnectFirst):
        welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    assert roles_of(user, organisation) == set()
    signing_in.connect(actor=user, provider=provider, arrival=arrival(claims=TECHNICIANS))
    assert roles_of(user, organisation) == {(Role.TECHNICIAN, None)}
    assert roles_of(user, other_organisation) == {(Role.LEAD, None)}
    assert welcome(provider=provider, arrival=arrival(claims=TECHNICIANS)) == user


def test_one_connects_with_an_address_of_the_domain_and_a_subject_that_is_nobodys(provider, organisation, ida):
    RoleRuleFactory(provider=provider)
    otto = member_of(organisation, Role.READER, email="otto@home.example")
    with pytest.raises(signing_in.ForeignAddress):
        signing_in.connect(actor=otto, provider=provider, arrival=arrival(subject="o", email="otto@home.example"))
    welcome(provider=provider, arrival=arrival())
    with pytest.raises(signing_in.AddressOfAnother):
        signing_in.connect(actor=otto, provider=provider, arrival=arrival())
    told = arrival(subject="otto-1", email="otto@northmoor.example")
    signing_in.connect(actor=otto, provider=provider, arrival=told)
    assert welcome(provider=provider, arrival=told) == otto
    with pytest.raises(signing_in.AddressOfAnother):
        signing_in.connect(actor=otto, provider=provider, arrival=arrival(subject="otto-2"))


def test_who_is_nothing_here_connects_nothing(provider, organisation, other_organisation):
    user = confirmed(member_of(other_organisation, Role.READER, email="ida@northmoor.example"))
    with pytest.raises(signing_in.NotKnownHere):
        signing_in.connect(actor=user, provider=provider, arrival=arrival())
    with within(organisation):
        assert not Identity.objects.exists()


def test_who_is_nothing_here_any_more_is_not_let_in(provider, organisation):
    RoleRuleFactory(provider=provider)
    user = welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    with pytest.raises(signing_in.NotKnownHere):
        welcome(provider=provider, arrival=arrival(claims={"groups": []}))
    # The refusal does not undo what ended.
    assert roles_of(user, organisation) == set()


def test_whose_account_is_nothing_here_is_not_even_linked(provider, organisation, other_organisation):
    confirmed(member_of(other_organisation, Role.READER, email="ida@northmoor.example"))
    with pytest.raises(signing_in.ConnectFirst):
        welcome(provider=provider, arrival=arrival())
    with within(organisation):
        assert not Identity.objects.exists()


def test_mapped_roles_go_with_the_attribute_and_those_given_by_hand_stay(provider, organisation, ida):
    chemistry = UnitFactory(organisation=organisation, name="Chemistry")
    RoleRuleFactory(provider=provider)
    RoleRuleFactory(provider=provider, values=["reading"], role=Role.READER)
    RoleRuleFactory(provider=provider, values=["chem"], operator=Operator.CONTAINS, role=Role.CHAMPION, unit=chemistry)
    by_hand = {(Role.READER, None)}
    everything = arrival(claims={"groups": ["technicians", "reading", "school-of-chemistry"]})
    welcome(provider=provider, arrival=everything)
    assert roles_of(ida, organisation) == {*by_hand, (Role.TECHNICIAN, None), (Role.CHAMPION, chemistry.pk)}
    welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    assert roles_of(ida, organisation) == {*by_hand, (Role.TECHNICIAN, None)}
    welcome(provider=provider, arrival=arrival())
    assert roles_of(ida, organisation) == by_hand
    welcome(provider=provider, arrival=everything)
    assert roles_of(ida, organisation) == {*by_hand, (Role.TECHNICIAN, None), (Role.CHAMPION, chemistry.pk)}


def test_the_only_lead_stays_lead(provider, organisation, ida):
    RoleRuleFactory(provider=provider, role=Role.LEAD, gives_powers=True)
    welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    welcome(provider=provider, arrival=arrival())
    assert roles_of(ida, organisation) == {(Role.READER, None), (Role.LEAD, None)}
    RoleAssignmentFactory(organisation=organisation, role=Role.LEAD)
    welcome(provider=provider, arrival=arrival())
    assert roles_of(ida, organisation) == {(Role.READER, None)}


def test_ending_a_sign_in_ends_the_mapped_roles_and_the_way_in(provider, organisation, ida):
    RoleRuleFactory(provider=provider)
    welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    with within(organisation):
        identity = Identity.objects.get()
        leaving.end_identity(actor=None, identity=identity)
    assert roles_of(ida, organisation) == {(Role.READER, None)}
    for subject in ("ida-1", "ida-2"):
        with pytest.raises((signing_in.IdentityEnded, signing_in.AddressOfAnother)):
            welcome(provider=provider, arrival=arrival(subject=subject, claims=TECHNICIANS))
    with within(organisation):
        leaving.allow_again(actor=None, identity=identity)
    assert welcome(provider=provider, arrival=arrival(subject="ida-2", claims=TECHNICIANS)) == ida
    assert roles_of(ida, organisation) == {(Role.READER, None), (Role.TECHNICIAN, None)}


def test_mapped_roles_lapse_that_no_sign_in_has_confirmed(provider, organisation, ida):
    RoleRuleFactory(provider=provider)
    now = timezone.now()
    welcome(provider=provider, arrival=arrival(claims=TECHNICIANS), now=now - timedelta(days=90))
    with within(organisation):
        assert lapse_unconfirmed(organisation=organisation, now=now) == []
        lapsed = lapse_unconfirmed(organisation=organisation, now=now + timedelta(seconds=1))
        assert [str(mapped.identity.user) for mapped in lapsed] == ["ida@northmoor.example"]
    assert roles_of(ida, organisation) == {(Role.READER, None)}


def test_a_role_given_by_hand_meanwhile_is_not_the_rules_to_end(provider, organisation, ida):
    RoleRuleFactory(provider=provider)
    with within(organisation):
        give_role(actor=None, organisation=organisation, person=ida.person, role=Role.TECHNICIAN)
    welcome(provider=provider, arrival=arrival(claims=TECHNICIANS))
    welcome(provider=provider, arrival=arrival())
    assert roles_of(ida, organisation) == {(Role.READER, None), (Role.TECHNICIAN, None)}
    with within(organisation):
        assert not MappedRole.objects.exists()


def test_an_account_of_no_person_is_not_opened(provider):
    user_who_can_sign_in(email="ida@northmoor.example")
    with pytest.raises(signing_in.NotForThisAccount):
        welcome(provider=provider, arrival=arrival())


def test_secrets_and_who_came_in_are_not_read_by_others(provider, organisation, ida, other_organisation):
    welcome(provider=provider, arrival=arrival())
    for standing, seen in ((organisation, 1), (other_organisation, 0)):
        with within(standing), connection.cursor() as cursor:
            cursor.execute("select count(*) from federation_identity")
            assert cursor.fetchone() == (seen,)
