"""Founding a site and what belongs to it: front page, stories, collection, groups."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused

from ..editing import EDITORS, PUBLISHERS, collection_name, collections_of, group_name, stories_collection_name
from ..models import NationalHomePage, OrganisationHomePage, SitesPage, StoriesPage
from ..reach import reach_everything

ROOT_DEPTH = 1
MAY_EDIT = ("add_page", "change_page")
MAY_PUBLISH = ("publish_page", "lock_page", "unlock_page", "bulk_delete_page")
# Wagtail asks for the permissions of its own images and documents, whatever stands in their place.
OF_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


class SiteThere(Refused):
    """Your organisation has a site already."""


class NationalThere(Refused):
    """There is a national site already. One campaign has one front door."""


class NameTaken(Refused):
    """A page of the national site has this name already, so your site's address would lead there. Ask those who run the national site."""


def found_site(*, actor: Any, organisation: Organisation, title: str, summary: str, is_national: bool = False) -> Any:
    """A site with a front page and a page for stories, as drafts that its editors finish and publish.

    Raises `SiteThere`, `NationalThere`, `NameTaken`.
    """
    with transaction.atomic(), reach_everything():
        root = root_of_sites()
        refuse_second(root, organisation, is_national)
        kind = NationalHomePage if is_national else OrganisationHomePage
        slug = "national" if is_national else organisation.slug
        home = kind(title=title, slug=slug, summary=summary, belongs_to=organisation, live=False)
        root.add_child(instance=home)
        home.save_revision()
        stories = StoriesPage(
            title="Stories", slug="stories", summary="Meet technicians and see what they do.", show_in_menus=True
        )
        home.add_child(instance=stories)
        stories.save_revision()
        publishers = open_to_editors(organisation, home, collection_of(organisation))
        moderate(organisation, home, publishers)
        audit.record(actor=actor, verb="founded the site", thing=organisation, note=title)
    return home


def refuse_second(root: SitesPage, organisation: Organisation, is_national: bool) -> None:
    kinds = (NationalHomePage, OrganisationHomePage)
    if any(kind.objects.filter(belongs_to=organisation).exists() for kind in kinds):
        raise SiteThere
    national = NationalHomePage.objects.child_of(root).first()
    if is_national and national:
        raise NationalThere
    if national and national.get_children().filter(slug=organisation.slug).exists():
        raise NameTaken


def root_of_sites() -> SitesPage:
    """The page under which all sites stand; made the first time, in place of what Wagtail ships."""
    if found := SitesPage.objects.first():
        return found
    top = top_of_tree()
    root = top.add_child(instance=SitesPage(title="All sites", slug="sites"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": root, "site_name": "Desaga"}
    )
    Page.objects.filter(depth=2).exclude(pk=root.pk).delete()
    return root


def top_of_tree() -> Page:
    """The page that Wagtail's first migration makes; made again where a database was emptied."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.objects.filter(depth=ROOT_DEPTH).first() or Page.add_root(instance=Page(title="Root", slug="root"))


def collection_of(organisation: Organisation) -> Collection:
    """Where a site's pictures and downloads are kept."""
    found = collections_of([organisation]).first()
    return found or root_of_collections().add_child(name=collection_name(organisation))


def stories_collection_of(organisation: Organisation) -> Collection:
    """Where the pictures of its stories are kept: apart, since whoever is in them approved this picture with these words. No editor reaches it."""
    name = stories_collection_name(organisation)
    return Collection.objects.filter(name=name).first() or root_of_collections().add_child(name=name)


def root_of_collections() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def open_to_editors(organisation: Organisation, home: Page, collection: Collection) -> Group:
    """The two groups through which Wagtail knows who may do what here. Who is in them follows from roles (`editing`). Answers that of the publishers."""
    editors, _ = Group.objects.get_or_create(name=group_name(EDITORS, organisation))
    publishers, _ = Group.objects.get_or_create(name=group_name(PUBLISHERS, organisation))
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    for group, codenames in ((editors, MAY_EDIT), (publishers, MAY_PUBLISH)):
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.objects.get(pk=home.pk), permission=permission
            )
    for permission in Permission.objects.filter(content_type__app_label__startswith="wagtail", codename__in=OF_FILES):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=collection, permission=permission)
    return publishers


def moderate(organisation: Organisation, home: Page, publishers: Group) -> None:
    """What an editor sends in, a publisher of the same site looks at and publishes."""
    task = GroupApprovalTask.objects.create(name=f"Look and publish ({organisation.pk})")
    task.groups.add(publishers)
    # Its button reads "Submit to the publishers".
    workflow = Workflow.objects.create(name="the publishers")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=home.pk))
