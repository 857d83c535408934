"""The demo's applications that wait for approval: for a manager, or for the applicant, who has a condition to accept."""

from __future__ import annotations

from typing import Any

from desaga.organisations.models import Organisation
from desaga.placements.models import Application, Scheme
from desaga.placements.operations import applications, deciding
from desaga.placements.queries.asking import going_by_key
from desaga.tenancy.context import within

from .placements import load_application
from .world import world


def load_approvals() -> None:
    """Send each application that is not there yet, and answer for those who have answered."""
    for told in world()["approvals"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        with within(organisation):
            scheme = Scheme.objects.select_related("organisation").get(slug=told["scheme"])
            is_there = Application.objects.filter(scheme=scheme, title=told["answers"]["title"]).exists()
        if not is_there:
            load_approval(scheme, told)


def load_approval(scheme: Scheme, told: dict[str, Any]) -> None:
    application = load_application(scheme, told)
    with within(scheme.organisation):
        applications.send(actor=None, application=application)
    for one in told["said"]:
        with within(scheme.organisation):
            asking = going_by_key(application)[one["key"]]
            words = {name: one[name] for name in ("words", "waits", "fields") if name in one}
            deciding.answer(asking=asking, said=deciding.Said(one["verdict"], asking.name, **words))
