"""Sites for tests: founded as a lead would, published as a publisher would."""

from __future__ import annotations

from typing import Any

from desaga.organisations.models import Organisation
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of, peopled_organisation
from desaga.tenancy.context import within

from ..models import StandardPage
from ..operations.sites import found_site
from ..reach import reach_everything


def make_site(name: str, slug: str, **fields: Any) -> Any:
    """An organisation with a published site; answers the front page, with `lead` and `editor` as users."""
    return make_site_of(peopled_organisation(name, slug), **fields)


def make_site_of(organisation: Organisation, **fields: Any) -> Any:
    """The same, of an organisation that is there."""
    name = organisation.name
    lead, editor = member_of(organisation, Role.LEAD), member_of(organisation, Role.EDITOR)
    with within(organisation, user=lead):
        told = {"title": f"Technicians at {name}", "summary": f"What technicians do at {name}."}
        home = found_site(actor=lead, organisation=organisation, **told, **fields)
        publish(home)
    home.lead, home.editor = lead, editor
    return home


def publish(page: Any) -> None:
    with reach_everything():
        page.save_revision().publish()
        for child in page.get_children().specific():
            child.save_revision().publish()


def make_page(home: Any, title: str, *, live: bool = True, **fields: Any) -> StandardPage:
    """A page of a site, published or a draft."""
    organisation: Organisation = home.belongs_to
    with within(organisation, user=home.lead), reach_everything():
        page = StandardPage(title=title, slug=title.lower().replace(" ", "-"), summary=f"{title}.", live=live, **fields)
        home.add_child(instance=page)
        revision = page.save_revision(user=home.editor)
        if live:
            revision.publish()
    return page
