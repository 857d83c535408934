"""Every address, visited by everybody: nobody sees, or learns of, what is another tenant's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from desaga.organisations.models import Group, Person, Unit
from desaga.tenancy.context import within
from desaga.ui.forms import FilterForm

from .answers import ANSWERS, MISSING, MISSING_INSIDE, NOT_THIS_WAY, OK, Letter, Open

WORKSPACE_ARGUMENT = "organisation_slug"
#: Wagtail's own addresses have a walk of their own, with another organisation's ids: `desaga.website.tests.test_isolation`.
OF_WAGTAIL = ("editing/", "technicians/downloads/", "technicians/")


@pytest.fixture(scope="module", autouse=True)
def refusals_unwritten() -> Iterator[None]:
    """What is refused is written down with its trace; here that is most of thirty thousand answers, each of which a test looks at."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(before)


def named_patterns(resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, set]]:
    """The full name of every address with the arguments it takes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) in OF_WAGTAIL:
                continue
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            for name, arguments in named_patterns(pattern, inner):
                yield name, arguments | set(pattern.pattern.converters)
        elif isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else f"unnamed:{pattern.pattern}"
            yield name, set(pattern.pattern.converters)


def address(name: str, organisation: Any, things: dict[str, Any]) -> str:
    answer = ANSWERS[name]
    if not isinstance(answer, Open | Letter):
        return reverse(name, kwargs=answer.things)
    ids = {argument: things[thing] for argument, thing in answer.things.items()}
    return reverse(name, kwargs={WORKSPACE_ARGUMENT: organisation.slug, **ids})


def expected(name: str, visitor: str) -> int:
    if visitor in MISSING_INSIDE.get(name, ()):
        return MISSING
    return ANSWERS[name].expected(visitor)


def test_every_address_has_its_answer():
    assert {name for name, _ in named_patterns()} == set(ANSWERS)


def test_every_address_of_a_workspace_is_told_as_one():
    in_workspace = {name for name, arguments in named_patterns() if WORKSPACE_ARGUMENT in arguments}
    assert in_workspace == {name for name, answer in ANSWERS.items() if isinstance(answer, Open | Letter)}


# Parts of addresses that are the same in every organisation: words, and what a federation publishes. What they name is nobody's.
WORDS = {
    "audience",
    "figure",
    "privacy_paper",
    "processing",
    "retained",
    "transition",
    "view",
    "format",
    "year",
    "rule",
    "federated_institution",
    "indicator",
    "report_kind",
    "kind_section",
    "entry_kind",
    "entry_key",
    "charter_key",
    # Open to no role of an institution; whose a support is, `desaga.union_learning.tests` walks.
    "support",
}
NAMING_ROWS = sorted(
    name for name, answer in ANSWERS.items() if isinstance(answer, Open) and set(answer.things.values()) - WORDS
)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_everybody_is_answered_as_the_table_says(name, world, things, clients, foreign):
    url = address(name, world.here, things[world.here])
    answers = {visitor: client.get(url) for visitor, client in clients.items()}
    assert {visitor: answer.status_code for visitor, answer in answers.items()} == {
        visitor: expected(name, visitor) for visitor in clients
    }
    if (form := form_of(answers["lead"])) and isinstance(ANSWERS[name], Open):
        takes_nothing_foreign(form, clients["lead"], url, foreign)


def client_for(name: str, clients: dict[str, Any]) -> Any:
    """Somebody to whom the page is open: the lead, unless it is not theirs but another role's."""
    roles = sorted(ANSWERS[name].to)
    return clients["lead" if "lead" in roles or not roles else roles[0]]


@pytest.mark.parametrize("name", NAMING_ROWS)
def test_things_of_another_tenant_are_missing_in_ones_own_workspace(name, world, things, clients):
    url = address(name, world.here, things[world.there])
    # A page that only takes what is sent may say so before it looks for the thing, or may look first.
    expected = (NOT_THIS_WAY, MISSING) if ANSWERS[name].answer == NOT_THIS_WAY else (MISSING,)
    assert client_for(name, clients).get(url).status_code in expected


@pytest.mark.parametrize("name", NAMING_ROWS)
def test_things_of_another_tenant_are_not_changed_from_ones_own_workspace(name, world, things, clients):
    url = address(name, world.here, things[world.there])
    assert client_for(name, clients).post(url, {}).status_code in {MISSING, NOT_THIS_WAY}


def test_a_workspace_that_is_not_there_answers_as_one_that_is_closed(world, clients):
    answers = {clients["stranger"].get(f"/o/{slug}/units/").status_code for slug in (world.here.slug, "never-was")}
    assert answers == {MISSING}


@pytest.mark.parametrize("name", ["organisations:give_role", "organisations:add_party", "accounts:invite_person"])
def test_what_is_another_tenants_is_tried_where_people_units_and_groups_are_chosen(
    name, world, things, clients, foreign
):
    url = address(name, world.here, things[world.here])
    form = form_of(clients["lead"].get(url))
    assert takes_nothing_foreign(form, clients["lead"], url, foreign)


@pytest.fixture(scope="module")
def foreign(world) -> dict[type, int]:
    """The id of another tenant's person, unit and group."""
    with within(world.there):
        return {model: model.objects.values_list("pk", flat=True).first() for model in (Person, Unit, Group)}


def form_of(answer: Any) -> Any:
    """The form on a page, or None."""
    return (answer.context or {}).get("form") if answer.status_code == OK else None


def takes_nothing_foreign(form: Any, client: Any, url: str, foreign: dict[type, int]) -> bool:
    """Send what is another tenant's wherever the form lets people, units or groups be chosen; whether it does anywhere."""
    kinds = {name: getattr(getattr(field, "queryset", None), "model", None) for name, field in form.fields.items()}
    typed = {form.add_prefix(name): foreign[kind] for name, kind in kinds.items() if kind in foreign}
    if typed:
        answer = (client.get if isinstance(form, FilterForm) else client.post)(url, typed)
        assert answer.status_code == OK, url
        assert set(typed) <= {form.add_prefix(field) for field in answer.context["form"].errors}, url
    return bool(typed)
