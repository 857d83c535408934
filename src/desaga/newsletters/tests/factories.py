"""Newsletters to test with, and something that offers pieces."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from desaga.consents.tests.factories import letters
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..models import Issue, Subscription
from ..offering import Piece
from ..operations import composing, sending, subscribing

ARCHIVE = "http://testserver/technicians/northmoor/newsletter/"


def a_piece(number: int = 1, **fields: Any) -> Piece:
    told = {"key": f"news:{number}", "kind": "News", "title": f"News {number}", "summary": f"What happened, part {number}.",
            "address": f"http://testserver/news-{number}/"}  # fmt: skip
    return Piece(**(told | fields))


@dataclass
class Shelf:
    """Offers what lies on it."""

    lying: dict[str, Piece] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def put(self, *pieces: Piece) -> None:
        self.lying |= {piece.key: piece for piece in pieces}

    def change(self, key: str, **fields: Any) -> None:
        self.lying[key] = replace(self.lying[key], **fields)

    def offered(self, organisation: Any) -> list[Piece]:
        return list(self.lying.values())

    def pieces(self, organisation: Any, keys: Collection[str]) -> list[Piece]:
        return [self.lying[key] for key in keys if key in self.lying]

    def picture(self, organisation: Any, key: str) -> bytes:
        return self.pictures.get(key, b"")

    def archive(self, organisation: Any) -> str:
        return ARCHIVE


def subscriber(organisation: Organisation, email: str = "ida@example.org") -> Subscription:
    """Somebody who asked and confirmed."""
    with within(organisation):
        return subscribing.confirm(subscription=subscribing.ask_to_join(organisation=organisation, email=email))


def make_issue(
    organisation: Organisation, *, actor: Any, keys: Collection[str] = ("news:1",), title: str = "Summer"
) -> Issue:
    with within(organisation, user=actor):
        issue = composing.start_issue(actor=actor, organisation=organisation, title=title, introduction="Dear all")
        composing.add_pieces(actor=actor, issue=issue, keys=keys)
    return anew(issue)


def send(issue: Issue, *, actor: Any, write: bool = True) -> Issue:
    """Frozen, and with all its mails written."""
    with within(issue.organisation, user=actor):
        sending.send_issue(actor=actor, issue=issue)
    while write:
        with within(issue.organisation):
            if not sending.write_letters(issue=anew(issue)):
                break
    return anew(issue)


def anew(issue: Issue) -> Issue:
    with within(issue.organisation):
        return Issue.objects.select_related("organisation").get(pk=issue.pk)


def link(email: str, page: str) -> str:
    """The address that the last mail to somebody carried."""
    found = [
        one
        for mail in letters(email)
        for one in re.findall(rf"(/newsletters/[\w-]+/by-link/{page}/\?key=\S+)", mail.text)
    ]
    return found[-1].rstrip(".")


def furnish_newsletters(organisation: Organisation, *, actor: Any) -> None:
    """A draft with a piece, that waits to be sent, and somebody who has subscribed."""
    from ..models import IssuePiece

    subscriber(organisation, f"reader@{organisation.slug}.example")
    with within(organisation, user=actor):
        issue = composing.start_issue(
            actor=actor, organisation=organisation, title="Issue of ours", introduction="Words of ours"
        )
        IssuePiece.objects.create(organisation=organisation, issue=issue, key="news:1", order=1)
