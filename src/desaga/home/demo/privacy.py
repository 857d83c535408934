"""The demo's data protection: who answers for it, what the institution says of its processing, times that are set, who looked, and who objects."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.privacy.models import Contact
from desaga.privacy.operations import accesses, objections, record, retention
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within

from .world import email_of, world


def load_privacy() -> None:
    """For each organisation that the world tells about, once."""
    for told in world()["privacy"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        lead, steward = (user_of(told["organisation"], told[who]) for who in ("by", "steward"))
        with within(organisation, user=lead):
            if Contact.objects.exists():
                continue
            load_record(organisation, lead, told)
        with within(organisation, user=steward):
            for look in told["looks"]:
                accesses.record_access(actor=steward, **look)
        load_objection(organisation, told["objection"])


def user_of(slug: str, login: str) -> User:
    return User.objects.get(email=email_of(slug, login))


def load_record(organisation: Organisation, lead: User, told: dict[str, Any]) -> None:
    here = {"actor": lead, "organisation": organisation}
    record.name_contact(**here, **told["contact"])
    for key, words in told["words"].items():
        record.say_of_processing(**here, key=key, **{"recipients": "", "note": "", **words})
    for key, days in told["kept"].items():
        retention.set_retention(**here, kind=CLASSES[key], days=days)
        retention.show_what_would_go(**here, kind=CLASSES[key])
        retention.switch_retention(**here, kind=CLASSES[key], on=True)


def load_objection(organisation: Organisation, told: dict[str, Any]) -> None:
    user = user_of(organisation.slug, told["by"])
    with within(organisation, user=user):
        objections.object_to(
            actor=user, organisation=organisation, person=user.person, about=told["about"], words=told["words"]
        )
