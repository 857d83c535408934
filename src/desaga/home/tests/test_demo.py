"""The demo's world: complete, loaded once, and only where it is asked for."""

import pytest
from django.contrib.auth import authenticate
from django.db import transaction

from desaga.governance.models import BudgetLine
from desaga.governance.queries import budget_summary, champion_coverage, groups_of
from desaga.home.demo.load import NotTheDemo, load_demo
from desaga.home.demo.world import HERE, sign_ins, world
from desaga.organisations.models import ConsortiumMembership, Organisation, RoleAssignment, Unit
from desaga.organisations.states import Role
from desaga.plans.models import ImportedDocument, Plan
from desaga.tenancy.context import within


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for all that look at it, and undone when they are done."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEMO", "1")
        yield load_demo()
        transaction.set_rollback(True)


def test_every_role_has_a_sign_in():
    held = {
        role
        for organisation in world()["organisations"]
        for person in organisation["people"]
        for role in person["roles"]
    }
    assert held == set(Role.values)


def test_every_document_is_shipped():
    files = {document["file"] for document in world()["documents"]}
    assert files == {path.name for path in HERE.iterdir() if path.suffix in {".txt", ".xlsx", ".docx", ".pdf"}}


@pytest.mark.parametrize(("demo_says", "environment"), [("", "development"), ("0", "development"), ("1", "production")])
def test_demo_is_refused_where_it_is_not_asked_for(monkeypatch, demo_says, environment):
    monkeypatch.setenv("DEMO", demo_says)
    monkeypatch.setenv("DESAGA_ENVIRONMENT", environment)
    with pytest.raises(NotTheDemo):
        load_demo()


def test_loaded_organisations_have_units_roles_and_members(demo):
    wexcombe, westmarch = Organisation.objects.get(slug="wexcombe"), Organisation.objects.get(slug="westmarch")
    with within(wexcombe):
        assert Unit.objects.filter(has_technical_workforce=True, kind="faculty").count() == 3
        assert RoleAssignment.objects.count() == 15
    with within(westmarch):
        assert sorted(membership.member.slug for membership in ConsortiumMembership.objects.all()) == [
            "ashlar",
            "wexcombe",
        ]


def test_loading_again_adds_nothing(demo):
    load_demo()
    assert Organisation.objects.filter(slug__in=["wexcombe", "ashlar", "nftp", "westmarch"]).count() == 4
    with within(Organisation.objects.get(slug="wexcombe")):
        assert RoleAssignment.objects.count() == 15


def test_printed_sign_in_works(demo):
    what, email, password = sign_ins()[0]
    assert what == "Lead, Wexcombe"
    assert authenticate(None, username=email, password=password).email == "lead@wexcombe.example"


def test_loaded_plans_come_from_the_documents_and_a_faculty(demo):
    found = {}
    for slug in ("ashlar", "wexcombe"):
        with within(Organisation.objects.get(slug=slug)):
            found |= {plan.title: (plan.state, plan.actions.count()) for plan in Plan.objects.all()}
    assert found == {
        "Action plan 2022 to 2025": ("closed", 16),
        "Action plan 2025 to 2028": ("active", 19),
        "Technician Commitment action plan 2025 to 2027": ("active", 25),
        "Faculty of Engineering: Technician Commitment action plan 2025 to 2027": ("active", 4),
    }


def test_one_document_waits_to_be_looked_at(demo):
    with within(Organisation.objects.get(slug="wexcombe")):
        waiting = ImportedDocument.objects.get(state="read")
        assert (waiting.name, waiting.rows.count()) == ("wexcombe-engineering-plan-2026-27.pdf", 15)


def test_the_demo_is_governed_with_a_gap_and_money_left(demo):
    found = {}
    for slug in ("ashlar", "wexcombe"):
        organisation = Organisation.objects.get(slug=slug)
        with within(organisation):
            year = BudgetLine.objects.order_by("-year")[0].year
            groups, budgets = groups_of(organisation), [budget_summary(organisation, one) for one in (year - 1, year)]
            gaps = [unit.name for unit in champion_coverage(organisation).gaps]
            seats = sum(group.technicians_seats for group in groups)
            found[slug] = (
                len(groups),
                seats,
                gaps,
                [len(one.lines) for one in budgets],
                bool(budgets[1].overspent_lines),
            )
            assert all(group.terms for group in groups)
    assert found == {
        "ashlar": (1, 1, ["Imaging Facility"], [2, 2], False),
        "wexcombe": (2, 2, ["Faculty of Arts and Design", "School of Stage and Screen"], [2, 3], True),
    }


def test_charters_are_signed_as_far_as_each_goes_and_a_representative_supports_three(demo):
    from desaga.accounts.models import User
    from desaga.charters import queries as charters
    from desaga.charters.models import Signature
    from desaga.union_learning import queries as union_learning

    forum, guild = Organisation.objects.get(slug="nftp"), Organisation.objects.get(slug="gts")
    with within(forum):
        states = {(one.charter.name, one.name): one.state for one in Signature.objects.select_related("charter")}
    assert states["Technician Commitment", "University of Wexcombe"] == "confirmed"
    assert states["Technician Commitment", "Ashlar Institute for Materials Research"] == "signed"
    assert states["Registration at Work", "University of Wexcombe"] == "offered"
    assert [one.signatories for one in charters.charters_shown() if one.is_historic] == [3]
    representative = User.objects.get(email="learning@gts.example")
    with within(guild, user=representative):
        seen = union_learning.as_seen(list(union_learning.supports_of(representative.person_id)))
    assert sorted((one.support.state, one.content.goal) for one in seen) == [
        ("agreed", "EngTech by next summer"),
        ("agreed", "RSci"),
        ("asked", ""),
    ]


def test_a_story_is_there_in_welsh_too(demo):
    from desaga.stories.models import Story

    with within(Organisation.objects.get(slug="ashlar")):
        assert [(str(one), one.state) for one in Story.objects.filter(language="cy")] == [("Dyma Joss Whitlock", "published")]  # fmt: skip
