"""The demo's applications that wait for approval: for a manager, or for the applicant, who has a condition to accept."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.placements.models import Application, Scheme
from desaga.placements.operations import applications, deciding
from desaga.placements.operations.hosts import merge_places
from desaga.placements.queries.asking import going_by_key
from desaga.placements.queries.hosts import place_named
from desaga.tenancy.context import within

from .placements import load_application
from .world import email_of, world


def load_approvals() -> None:
    """Send each application that is not there yet, and answer for those who have answered."""
    for told in world()["approvals"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        with within(organisation):
            scheme = Scheme.objects.select_related("organisation").get(slug=told["scheme"])
            is_there = Application.objects.filter(scheme=scheme, title=told["answers"]["title"]).exists()
        if not is_there:
            load_approval(scheme, told)


def load_doubles() -> None:
    """Merge what stands twice in the directory of hosts, where it is not merged yet."""
    for told in world()["doubles"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            place, into = (place_named(told[name], told["country"]) for name in ("name", "stands"))
            if place and into and place.pk != into.pk:
                merge_places(actor=actor, place=place, into=into)


def load_approval(scheme: Scheme, told: dict[str, Any]) -> None:
    application = load_application(scheme, told)
    with within(scheme.organisation):
        applications.send(actor=None, application=application)
    for one in told["said"]:
        with within(scheme.organisation):
            asking = going_by_key(application)[one["key"]]
            words = {name: one[name] for name in ("words", "waits", "fields", "parts") if name in one}
            deciding.answer(asking=asking, said=deciding.Said(one["verdict"], asking.name, **words))
