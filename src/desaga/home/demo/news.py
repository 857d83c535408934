"""The demo's news, events, newsletters and directory, with invented people."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.directory.fields import FIELDS
from desaga.directory.models import Listing
from desaga.directory.operations import list_oneself
from desaga.newsletters import offering
from desaga.newsletters.models import Issue
from desaga.newsletters.operations import composing, sending, subscribing
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.website.models import DirectoryPage, EventPage, NewsIndexPage, NewsletterPage, NewsPage
from desaga.website.queries import home_belonging_to
from desaga.website.reach import reach_everything

from .world import email_of

FILE = Path(__file__).with_name("newsroom.toml")


def load_news() -> None:
    """Make what is not there yet, for each organisation that has a site."""
    for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["newsrooms"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            home = home_belonging_to(organisation)
            if home is None or NewsIndexPage.objects.child_of(home).exists():
                continue
            load_pages(actor, home, told)
        load_listed(organisation, told)
        with within(organisation, user=actor):
            load_newsletter(actor, organisation, told)


def load_pages(actor: User, home: Any, told: dict[str, Any]) -> None:
    with reach_everything():
        news = NewsIndexPage(title="News and events", slug="news", summary=told["summary"], show_in_menus=True)
        publish(actor, home, news)
        for kind, title, slug in (
            (NewsletterPage, "Newsletter", "newsletter"),
            (DirectoryPage, "Directory", "directory"),
        ):
            publish(actor, home, kind(title=title, slug=slug, summary=told[slug], show_in_menus=False))
        today = timezone.localdate()
        for one in told.get("news", []):
            page = NewsPage(title=one["title"], slug=one["slug"], summary=one["summary"])
            page.dated = today - timedelta(days=one["days_ago"])
            publish(actor, news, page, one)
        for one in told.get("events", []):
            begins = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(
                days=one["in_days"]
            )
            page = EventPage(
                title=one["title"], slug=one["slug"], summary=one["summary"], starts_at=begins, ends_at=begins + timedelta(hours=one["hours"]),
                place=one.get("place", ""), online_at=one.get("online_at", ""),
            )  # fmt: skip
            publish(actor, news, page, one)


def publish(actor: User, under: Any, page: Any, told: dict[str, Any] | None = None) -> None:
    if told:
        page.body = [{"type": kind, "value": value} for kind, value in told.get("body", [])]
    under.add_child(instance=page)
    page.save_revision(user=actor).publish()


def load_listed(organisation: Organisation, told: dict[str, Any]) -> None:
    """Each lists themselves."""
    for one in told.get("listed", []):
        user = User.objects.get(email=email_of(organisation.slug, one["login"]))
        with within(organisation, user=user):
            if not Listing.objects.filter(person=user.person).exists():
                ticks = {f"show_{name}": True for name in FIELDS}
                shown = {**one, **ticks, "employer": organisation.name}
                list_oneself(actor=user, organisation=organisation, told=shown, may_be_written_to=True)


def load_newsletter(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    if Issue.objects.exists():
        return
    for email in told.get("subscribers", []):
        subscribing.confirm(subscription=subscribing.ask_to_join(organisation=organisation, email=email))
    for one in told.get("issues", []):
        issue = composing.start_issue(
            actor=actor, organisation=organisation, title=one["title"], introduction=one["introduction"]
        )
        wanted = [
            piece.key for kind in one["takes"] for piece in offering.offered(organisation) if piece.key.startswith(kind)
        ]
        composing.add_pieces(actor=actor, issue=issue, keys=wanted)
        if one["sent"]:
            sending.send_issue(actor=actor, issue=issue)
