"""The demo's charters: kept by the sector body, signed by invented organisations; and the historic one, with those who truly signed it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.charters.models import Charter, Signature
from desaga.charters.operations import keeping, reporting, signing
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.website.models import CharterPage, ChartersPage, RepresentativesPage
from desaga.website.queries import national_home
from desaga.website.reach import reach_everything

from .world import email_of, world


def load_charters() -> None:
    """Keep, publish and have signed what is not there yet; then show it on the national site."""
    told = world()["charters"]
    keeper = Organisation.objects.get(slug=told["keeper"])
    actor = User.objects.get(email=email_of(told["keeper"], told["by"]))
    for one in told["kept"]:
        with within(keeper, user=actor):
            if not Charter.objects.filter(name=one["name"]).exists():
                load_charter(actor, keeper, one)
    load_pages(actor)


def load_charter(actor: User, keeper: Organisation, told: dict[str, Any]) -> None:
    if key := told.get("shipped"):
        charter = keeping.keep_shipped(actor=actor, organisation=keeper, key=key)
    else:
        words = {name: told[name] for name in ("name", "framework", "summary", "about")}
        charter = keeping.keep_charter(actor=actor, organisation=keeper, **words)
    charter = keeping.publish_charter(actor=actor, charter=charter)
    for one in told.get("entered", []):
        fields = {**one, "signed_on": date.fromisoformat(one["signed_on"])}
        signature = keeping.enter_signature(actor=actor, charter=charter, **fields)
        keeping.confirm_signature(actor=actor, signature=signature)
    for one in told.get("signed", []):
        load_signature(actor, charter, one)


def load_signature(keeper: User, charter: Charter, told: dict[str, Any]) -> None:
    """As far as it goes: offered, signed, confirmed, reported."""
    organisation = Organisation.objects.get(slug=told["organisation"])
    if told["goes"] == "offered":
        keeping.offer_charter(actor=keeper, charter=charter, to=organisation)
        return
    lead = User.objects.get(email=email_of(told["organisation"], told["by"]))
    with within(organisation, user=lead):
        signature = signing.begin_to_sign(actor=lead, organisation=organisation, charter=charter)
        words = {name: told[name] for name in ("signed_by", "pledges", "nation", "words")}
        signature = signing.sign(
            actor=lead, signature=signature, signed_on=date.fromisoformat(told["signed_on"]), **words
        )
    if told["goes"] == "signed":
        return
    signature = keeping.confirm_signature(actor=keeper, signature=signature)
    placed = {name: told[name] for name in ("cohort", "stage") if name in told}
    due = timezone.localdate() + timedelta(days=told["due_in_days"])
    keeping.place_signature(actor=keeper, signature=signature, report_due_on=due, **placed)
    if report := told.get("report"):
        with within(organisation, user=lead):
            kept = Signature.signed.select_related("charter", "organisation", "signatory").get(pk=signature.pk)
            draft = reporting.write_report(actor=lead, signature=kept, **report)
            reporting.publish_report(actor=lead, report=draft)


def load_pages(actor: User) -> None:
    """On the national site: all charters, each charter, and what learning representatives do."""
    home = national_home()
    if home is None or ChartersPage.objects.child_of(home).exists():
        return
    told = world()["charters"]["pages"]
    with within(home.belongs_to, user=actor), reach_everything():
        shelf = ChartersPage(title=told["title"], slug="charters", summary=told["summary"], show_in_menus=True)
        home.add_child(instance=shelf)
        shelf.save_revision(user=actor).publish()
        for charter in Charter.objects.order_by("is_historic", "name"):
            page = CharterPage(title=charter.name, slug=charter.slug, summary=charter.summary, charter=charter.pk)
            shelf.add_child(instance=page)
            page.save_revision(user=actor).publish()
        page = RepresentativesPage(
            title=told["representatives"], slug="learning-representatives", summary=told["representatives_summary"]
        )
        shelf.add_child(instance=page)
        page.save_revision(user=actor).publish()
