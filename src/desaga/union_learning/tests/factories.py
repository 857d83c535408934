"""A union with representatives, and members whom they support; members come in by the link of their mail alone."""

from __future__ import annotations

import re
from typing import Any

from desaga.accounts.keys import hash_of
from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Organisation
from desaga.organisations.states import OrganisationKind, Role
from desaga.organisations.tests.factories import member_of, peopled_organisation
from desaga.tenancy.context import enter, within, within_platform

from .. import queries, reach
from ..models import Support
from ..operations import answering, supporting

LINK = re.compile(r"/your-steps/\?key=([\w-]+)")
NAME, EMAIL, GOAL, STEP, NOTE = (
    "Quillon Vetch",
    "quillon@private.example",
    "EngTech by spring",
    "Find a proposer",
    "My hands shake at the lathe",
)
#: Words that are the member's: where one of them stands, it has leaked.
CANARIES = (NAME, EMAIL, "quillon", "Vetch", GOAL, STEP, NOTE)


def make_union(name: str = "Guild of Instrument Makers", slug: str = "guild") -> Organisation:
    union = peopled_organisation(name, slug)
    with within_platform():
        Organisation.objects.filter(pk=union.pk).update(kind=OrganisationKind.UNION)
    union.kind = OrganisationKind.UNION
    return union


def make_representative(union: Organisation, **fields: Any) -> Any:
    return member_of(union, Role.UNION_LEARNING_REPRESENTATIVE, **fields)


def ask(union: Organisation, representative: Any, *, name: str = NAME, email: str = EMAIL) -> Support:
    with within(union, user=representative):
        return supporting.ask_member(actor=representative, organisation=union, name=name, email=email)


def key_sent(to: str = EMAIL) -> str:
    """What the last mail to an address carried."""
    with within_platform():
        texts = OutgoingMail.objects.filter(recipient=to).order_by("pk").values_list("text", flat=True)
        return [key for text in texts for key in LINK.findall(text)][-1]


class Behind:
    """`with Behind(key) as support`: as the member stands behind their link."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> Support:
        self.standing = within()
        self.standing.__enter__()
        reach.tell(hash_of(self.key))
        support = queries.support_behind(self.key)
        assert support is not None
        enter(support.organisation)
        return support

    def __exit__(self, *error: Any) -> None:
        reach.tell("")
        self.standing.__exit__(*error)


def make_supported(
    union: Organisation, representative: Any, *, shares: Any = ("goal", "steps", "notes"), **whom: Any
) -> tuple[Support, str]:
    """A member who agreed and wrote something; with the key of their link."""
    ask(union, representative, **whom)
    key = key_sent(whom.get("email", EMAIL))
    with Behind(key) as support:
        answering.agree(support=support, shares=shares)
        answering.share(support=support, shares=shares, goal=GOAL)
        answering.write_own(support=support, step=STEP, note=NOTE)
    return support, key
