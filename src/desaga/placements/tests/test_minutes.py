"""Members keep the minutes of what they heard, once outcomes were told, and of nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import PanelMember
from ..operations import meeting
from .factories import make_round, make_scheme, with_role
from .meetings import begun, decided, item_of, released
from .panels import declared, eligible, make_member

HEARD, LEFT, LATE = "Cryogenics for all", "Zirconium whiskers", "Gallium at night"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def minutes(client, round_, user):
    client.force_login(user)
    answer = client.get(
        reverse("placements:take_minutes_out", args=[round_.organisation.slug, round_.scheme.slug, round_.pk, "docx"])
    )
    if answer.status_code != 200:
        return answer.status_code
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        text = file.read("word/document.xml").decode()
    return {title for title in (HEARD, LEFT, LATE) if title in text}, "This copy holds what its reader heard" in text


def test_a_member_has_what_they_heard_and_nothing_for_which_they_were_out(organisation, manager, client):
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    applications = [eligible(scheme, actor=manager, title=title) for title in (HEARD, LEFT, LATE)]
    users = {name: make_member(scheme, actor=manager, name=name)[0] for name in ("Mia Member", "Cy Conflict", "Sil Silent", "Fay Former", "Wil Waived")}  # fmt: skip
    round_ = begun(scheme, actor=manager)
    for name in ("Mia Member", "Fay Former"):
        for one in applications:
            declared(one, users[name])
    declared(applications[0], users["Cy Conflict"])
    declared(applications[1], users["Cy Conflict"], "money", "A spin-out.")
    declared(applications[0], users["Wil Waived"])
    with within(organisation, user=manager):
        meeting.open_item(actor=manager, item=item_of(applications[1]))
        meeting.close_item(actor=manager, item=item_of(applications[1]))
    for one in applications:
        decided(one, "decline", actor=manager)
    assert minutes(client, round_, users["Mia Member"]) == ({HEARD, LEFT, LATE}, False)
    released(round_, actor=manager)
    round_.refresh_from_db()
    # Declaring afterwards brings nothing back; a term that is over takes all away.
    with within(organisation, user=manager):
        one = applications[0]
        one.interests.create(
            organisation=organisation, person=users["Sil Silent"].person, kind="none", source="declared"
        )
        PanelMember.objects.filter(person=users["Fay Former"].person).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
    told = {name: minutes(client, round_, user) for name, user in users.items()}
    assert told == {"Mia Member": ({HEARD, LEFT, LATE}, False), "Cy Conflict": ({HEARD}, True), "Sil Silent": 404, "Fay Former": 404, "Wil Waived": ({HEARD}, True)}  # fmt: skip
    assert minutes(client, round_, manager) == ({HEARD, LEFT, LATE}, False)
    client.force_login(users["Cy Conflict"])
    page = client.get(reverse("placements:list_reading", args=[organisation.slug, scheme.slug])).content.decode()
    assert "Items for which you were out of the room are not in them." in page
    assert LEFT not in page
    client.force_login(users["Sil Silent"])
    assert (
        "Minutes"
        not in client.get(reverse("placements:list_reading", args=[organisation.slug, scheme.slug])).content.decode()
    )
