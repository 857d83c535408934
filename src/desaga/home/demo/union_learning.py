"""The demo's union: one learning representative, and invented members who agreed, or were asked."""

from __future__ import annotations

import re
from typing import Any

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Organisation
from desaga.tenancy.context import enter, within, within_platform
from desaga.union_learning import queries, reach
from desaga.union_learning.operations import answering, supporting

from .world import email_of, world

KEY = re.compile(r"/your-steps/\?key=([\w-]+)")


def load_union_learning() -> None:
    """Ask the members, and let them answer by their links, where nobody is supported yet."""
    told = world()["union_learning"]
    union = Organisation.objects.get(slug=told["organisation"])
    representative = User.objects.get(email=email_of(told["organisation"], told["by"]))
    with within(union, user=representative):
        if queries.supports_of(representative.person_id).exists():
            return
    for one in told["members"]:
        with within(union, user=representative):
            supporting.ask_member(actor=representative, organisation=union, name=one["name"], email=one["email"])
        if one["shares"]:
            answer(union, one)
            with within(union, user=representative):
                support = queries.supports_of(representative.person_id).first()
                supporting.write_to_member(actor=representative, support=support, note=one["note_back"])


def answer(union: Organisation, told: dict[str, Any]) -> None:
    """What the member does behind the link of their mail."""
    with within_platform():
        text = OutgoingMail.objects.filter(recipient=told["email"]).order_by("-pk").values_list("text", flat=True)[0]
    key = KEY.findall(text)[-1]
    with within(), reach.by_link(hash_of(key)):
        support = queries.support_behind(key)
        if support is None:
            return
        enter(union)
        answering.agree(support=support, shares=told["shares"])
        answering.share(support=support, shares=told["shares"], goal=told["goal"])
        for step in told["steps"]:
            answering.write_own(support=support, step=step)
        answering.mark_step(support=support, number=1, is_done=True)
