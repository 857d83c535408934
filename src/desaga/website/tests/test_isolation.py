"""An editor of one organisation, at every address of the editing pages, with the ids of another's: nothing is seen, nothing changes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from PIL import Image
from wagtail.models import Collection, Comment, Page, TaskState

from desaga.tenancy.context import within

from ..models import Download, Picture, StandardPage
from ..reach import reach_everything
from .factories import make_page, make_site

pytestmark = pytest.mark.django_db

CANARY = "Quicksilver"
#: Pages repeat the word that was asked for; nothing but a leak says what follows it.
THEIRS = re.compile(f"{CANARY} (draft|newer|picture|download|comment|tag)")
#: What is named in an address, by whose it is. Whatever takes a number gets the other's.
WORDS = {
    "app_label": "website", "model_name": "standardpage", "content_type_app_name": "website", "content_type_model_name": "standardpage",
    "app_name": "website", "action_name": "approve", "action": "delete", "filter_spec": "width-100", "pk": "", "object_id": "",
}  # fmt: skip


def picture_file() -> ContentFile:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(held, "PNG")
    return ContentFile(held.getvalue(), name="one.png")


@pytest.fixture
def two_sites(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar"), make_site("Brock", "brock")


@pytest.fixture
def theirs(two_sites) -> dict[str, Any]:
    """What the other organisation has: drafts, what is newer than what is published, files, comments, something submitted."""
    _, brock = two_sites
    draft = make_page(brock, f"{CANARY} draft", live=False)
    published = make_page(brock, "Open day")
    with within(brock.belongs_to, user=brock.lead), reach_everything():
        published.title = f"{CANARY} newer"
        newer = published.save_revision(user=brock.editor)
        collection = Collection.objects.get(name__contains="Brock")
        picture = Picture.objects.create(
            title=f"{CANARY} picture", file=picture_file(), collection=collection, width=40, height=30
        )
        download = Download.objects.create(
            title=f"{CANARY} download", file=ContentFile(b"a,b", name="one.csv"), collection=collection
        )
        # None can be given; where one were, nobody else would read it.
        picture.tags.add(f"{CANARY} tag")
        comment = Comment.objects.create(page=draft, user=brock.editor, text=f"{CANARY} comment", contentpath="title")
        state = draft.get_workflow().start(draft, brock.editor)
        task = TaskState.objects.filter(workflow_state=state).first()
    return {
        "draft": draft, "published": published, "revision": newer, "picture": picture, "download": download, "comment": comment,
        "collection": collection, "state": state, "task": task,
    }  # fmt: skip


def addresses(resolver: Any = None, before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.pattern.converters
        else:
            yield from addresses(pattern, here)


def filled(route: str, theirs: dict[str, Any]) -> Iterator[str]:
    """The address with the other's numbers: each kind of thing that a nameless number may mean."""
    kinds = [("draft", theirs["draft"].pk), ("published", theirs["published"].pk), ("picture", theirs["picture"].pk),
             ("download", theirs["download"].pk), ("collection", theirs["collection"].pk)]  # fmt: skip
    named = {"revision_id": theirs["revision"].pk, "task_state_id": theirs["task"].pk, "workflow_state_id": theirs["state"].pk,
             "collection_id": theirs["collection"].pk, "image_id": theirs["picture"].pk, "document_id": theirs["download"].pk,
             "doc_id": theirs["download"].pk, "task_id": theirs["task"].task_id, "session_id": 1, "uploaded_file_id": 1,
             "destination_id": theirs["published"].pk, "workflow_pk": theirs["state"].workflow_id}  # fmt: skip
    seen = set()
    for _, number in kinds:
        out = route.replace("^pages/", "pages/").replace("^documents/", "documents/").replace("^images/", "images/")
        while "<" in out:
            start, end = out.index("<"), out.index(">")
            kind, _, name = out[start + 1 : end].rpartition(":")
            value = named.get(name) or (
                number if kind == "int" or name in ("pk", "object_id") else WORDS.get(name, "x")
            )
            out = f"{out[:start]}{value}{out[end + 1 :]}"
        if out not in seen:
            seen.add(out)
            yield "/" + out


def editing_addresses() -> list[str]:
    return sorted(
        route for route, _ in addresses() if route.startswith("editing/") and "(" not in route and ".*" not in route
    )


def body_of(answer: Any) -> str:
    return (
        b"".join(answer).decode("utf-8", "replace") if answer.streaming else answer.content.decode("utf-8", "replace")
    )


def state_of(theirs: dict[str, Any]) -> list[Any]:
    """All that is the other's, as it stands in the database."""
    with reach_everything(), connection.cursor() as cursor:
        found = []
        for table, column in (
            (
                "wagtailcore_page",
                "path, title, draft_title, live, locked, slug, latest_revision_id, numchild, owner_id",
            ),
            ("website_picture", "id, title, collection_id"),
            ("website_download", "id, title, collection_id"),
            ("taggit_taggeditem", "id, tag_id, object_id"),
            ("wagtailcore_comment", "id, text"),
            ("wagtailcore_workflowstate", "id, status"),
            ("wagtailcore_taskstate", "id, status"),
        ):
            cursor.execute(f"select {column} from {table} order by 1")
            found.append(cursor.fetchall())
        return found


@pytest.fixture
def ashlars_editor(two_sites, theirs) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(two_sites[0].editor)
    return client


@pytest.fixture
def ashlars_publisher(two_sites, theirs) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(two_sites[0].lead)
    return client


def test_their_own_editor_finds_all_of_it(two_sites, theirs):
    client = Client()
    client.force_login(two_sites[1].editor)
    assert CANARY in client.get(f"/editing/pages/{two_sites[1].pk}/").content.decode()
    assert CANARY in client.get(f"/editing/pages/{theirs['draft'].pk}/edit/").content.decode()
    assert CANARY in client.get("/editing/images/").content.decode()
    assert CANARY in client.get("/editing/documents/").content.decode()
    assert (
        CANARY
        in client.get(
            f"/editing/pages/{theirs['published'].pk}/revisions/{theirs['revision'].pk}/view/"
        ).content.decode()
    )


def test_another_editor_sees_nothing_of_it_anywhere(ashlars_editor, ashlars_publisher, theirs):
    leaks = []
    for client in (ashlars_editor, ashlars_publisher):
        for route in editing_addresses():
            for url in filled(route, theirs):
                for asked in ({}, {"q": CANARY}):
                    answer = client.get(url, asked)
                    if THEIRS.search(body_of(answer)):
                        leaks.append((url, asked, answer.status_code))
    assert leaks == []


def test_another_editor_changes_nothing_of_it_anywhere(ashlars_publisher, theirs):
    before = state_of(theirs)
    words = {"title": "Taken", "slug": "taken", "name": "Taken", "action-publish": "1", "new_title": "Taken", "new_slug": "taken",
             "new_parent_page": theirs["published"].pk, "comment": "x", "restriction_type": "login", "next": "/editing/"}  # fmt: skip
    for route in editing_addresses():
        if "logout" in route:
            continue
        for url in filled(route, theirs):
            ashlars_publisher.post(url, words)
            if "bulk" in url:
                ashlars_publisher.post(f"{url}?id={theirs['draft'].pk}", words)
    assert state_of(theirs) == before


def test_a_page_cannot_be_moved_or_copied_into_anothers_site(two_sites, ashlars_publisher, theirs):
    ashlar, brock = two_sites
    own = make_page(ashlar, "Ours")
    before = state_of(theirs)
    ashlars_publisher.post(f"/editing/pages/{own.pk}/move/{brock.pk}/confirm/", {"next": "/editing/"})
    ashlars_publisher.post(
        f"/editing/pages/{own.pk}/copy/", {"new_title": "Ours", "new_slug": "ours-2", "new_parent_page": brock.pk}
    )
    assert state_of(theirs) == before


def test_an_editor_makes_a_page_and_a_publisher_publishes_it(two_sites):
    ashlar, _ = two_sites
    editor, publisher = Client(), Client()
    editor.force_login(ashlar.editor)
    publisher.force_login(ashlar.lead)
    page = {"title": "Open day", "slug": "open-day", "summary": "Come and see.", "language": "en-GB", "body-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0"}  # fmt: skip
    made = editor.post(f"/editing/pages/add/website/standardpage/{ashlar.pk}/", page)
    assert made.status_code == 302, made.context["form"].errors
    with reach_everything():
        kept = StandardPage.objects.get(slug="open-day")
    assert not kept.live
    editor.post(f"/editing/pages/{kept.pk}/edit/", page | {"action-publish": "1"})
    with reach_everything():
        assert not StandardPage.objects.get(pk=kept.pk).live
    # Who wrote it is said by name, also where something is wrong in the form.
    for seen in (
        publisher.get(f"/editing/pages/{kept.pk}/edit/"),
        publisher.post(f"/editing/pages/{kept.pk}/edit/", page | {"title": ""}),
    ):
        assert (seen.status_code, ashlar.editor.get_full_name() in seen.content.decode()) == (200, True)
    publisher.post(f"/editing/pages/{kept.pk}/edit/", page | {"action-publish": "1"})
    assert Client().get("/technicians/ashlar/open-day/").status_code == 200


def test_what_is_handed_in_is_told_to_a_lead_who_never_opened_the_editing_pages(two_sites, mailoutbox):
    ashlar, brock = two_sites
    editor = Client()
    editor.force_login(ashlar.editor)
    page = {"title": "Open day", "slug": "open-day", "summary": "Come and see.", "language": "en-GB", "body-count": "0",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-submit": "1"}  # fmt: skip
    assert editor.post(f"/editing/pages/add/website/standardpage/{ashlar.pk}/", page).status_code == 302
    told = [address for mail in mailoutbox for address in mail.to]
    assert ashlar.lead.email in told
    assert brock.lead.email not in told


@pytest.mark.parametrize(
    "address",
    ["bulk/website/picture/add_tags/", "bulk/website/download/add_tags/", "tag-autocomplete/", "tag-autocomplete/taggit/tag/"],
)  # fmt: skip
def test_nothing_is_tagged_since_tags_know_no_organisations(two_sites, theirs, address):
    client = Client()
    client.force_login(two_sites[1].editor)
    named = {"id": [theirs["picture"].pk], "tags": "sunny", "term": CANARY}
    assert client.get(f"/editing/{address}", named).status_code == 404
    assert client.post(f"/editing/{address}?id={theirs['picture'].pk}", named).status_code == 404


def test_editors_keep_their_pictures_when_their_organisation_is_renamed(two_sites, theirs):
    from desaga.organisations.models import Organisation

    _, brock = two_sites
    with within(brock.belongs_to, user=brock.lead):
        Organisation.objects.filter(pk=brock.belongs_to.pk).update(name="Larch (9) Institute")
    client = Client()
    client.force_login(brock.editor)
    assert f"{CANARY} picture" in client.get("/editing/images/").content.decode()
    assert f"{CANARY} download" in client.get("/editing/documents/").content.decode()
    client.force_login(brock.lead)
    assert f"{CANARY} download" in client.get("/o/brock/website/downloads/").content.decode()
    client.post("/editing/images/add/", {"title": "New", "file": picture_file(), "collection": theirs["collection"].pk})
    with reach_everything():
        assert Picture.objects.get(title="New").collection == theirs["collection"]
        assert Collection.objects.count() == 3


def test_whoever_loses_the_role_comes_in_no_more(two_sites):
    ashlar, _ = two_sites
    client = Client()
    client.force_login(ashlar.editor)
    assert client.get("/editing/").status_code == 200
    from desaga.organisations.models import RoleAssignment

    with within(ashlar.belongs_to, user=ashlar.lead):
        RoleAssignment.objects.filter(person=ashlar.editor.person).delete()
    assert client.get("/editing/").status_code == 403


@pytest.mark.parametrize("reached", ["", "p0001", "cxx", "p00010001 c0001"])
def test_the_database_itself_shows_no_draft_without_its_path(two_sites, theirs, reached):
    from django.db import transaction

    from ..reach import tell

    with transaction.atomic():
        tell(reached if reached != "p0001" else "")
        assert not Page.objects.filter(title__contains=CANARY).exists() or reached == "p00010001 c0001"


#: Wagtail's tables that are under no row security, and why that is safe.
OPEN_TABLES = {
    "wagtailcore_locale": "which languages there are",
    "wagtailcore_site": "the one address of all sites",
    "wagtailcore_groupsitepermission": "ids only",
    "wagtailcore_groupcollectionpermission": "ids only",
    "wagtailcore_grouppagepermission": "ids only",
    "wagtailcore_collectionviewrestriction": "never made: collections are closed",
    "wagtailcore_collectionviewrestriction_groups": "ids only",
    "wagtailcore_pageviewrestriction_groups": "ids only",
    "wagtailcore_workflow": "called by number",
    "wagtailcore_workflowtask": "called by number",
    "wagtailcore_workflowcontenttype": "ids only",
    "wagtailcore_task": "called by number",
    "wagtailcore_groupapprovaltask": "ids only",
    "wagtailcore_groupapprovaltask_groups": "ids only",
    "wagtailcore_referenceindex": "ids only; what they name is read through its own table",
    "wagtailimages_image": "empty: pictures stand in its place",
    "wagtailimages_rendition": "empty: pictures stand in its place",
    "wagtaildocs_document": "empty: downloads stand in its place",
    "wagtailsearch_indexentry": "found only joined with the page or file that it describes",
    "wagtailusers_userprofile": "how one likes the editing pages",
    "wagtailadmin_admin": "empty",
}


def test_every_table_of_the_website_is_secured_or_says_why_not(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity and relforcerowsecurity from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind = 'r' and (relname like 'wagtail%%' or relname like 'website%%' or relname like 'taggit%%')"
        )
        secured = dict(cursor.fetchall())
    assert {name for name, is_secured in secured.items() if not is_secured} == set(OPEN_TABLES)


@pytest.mark.parametrize("lists", ["images", "documents"])
def test_no_button_offers_to_tag(two_sites, theirs, lists):
    client = Client()
    client.force_login(two_sites[0].editor)
    page = client.get(f"/editing/{lists}/").content.decode()
    assert "add_tags" not in page
    assert "/delete/" in page
