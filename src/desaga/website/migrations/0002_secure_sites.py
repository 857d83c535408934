"""Wagtail's tables know no organisations: rows are opened by where they stand in the tree. See docs/adr/0043."""

from django.db import migrations

from desaga.website.securing import (
    ABOVE_SITES,
    by_collection,
    by_object,
    by_page,
    by_parent,
    by_user,
    functions,
    secured,
)

PAGES = ("sitespage", "nationalhomepage", "organisationhomepage", "standardpage", "storiespage", "storypage")
OF_PAGES = ("comment", "pagelogentry", "pagesubscription", "workflowpage")
FILE_OF_LABEL = (
    "website_reaches('') or exists (select from django_content_type t where t.id = content_type_id and ("
    "(t.model = 'picture' and exists (select from website_picture o where o.id::text = object_id))"
    " or (t.model = 'download' and exists (select from website_download o where o.id::text = object_id))))"
)


class Migration(migrations.Migration):
    dependencies = [("website", "0001_make_sites"), ("wagtailadmin", "__latest__"), ("wagtailcore", "0098_apitoken")]

    operations = [
        functions(),
        secured(
            "wagtailcore_page",
            f"(live and website_is_public()) or depth <= {ABOVE_SITES} or website_reaches('p' || path)",
            "website_reaches('p' || path)",
        ),
        *[by_page(f"website_{one}", "page_ptr_id", is_public=True) for one in PAGES],
        *[by_page(f"wagtailcore_{one}", "page_id", is_public=False) for one in OF_PAGES],
        by_page("wagtailcore_pageviewrestriction", "page_id", is_public=True),
        by_parent("wagtailcore_commentreply", "comment_id", "wagtailcore_comment"),
        by_object("wagtailcore_revision"),
        by_object("wagtailcore_workflowstate"),
        by_parent("wagtailcore_taskstate", "workflow_state_id", "wagtailcore_workflowstate"),
        by_object("wagtailadmin_editingsession"),
        by_user("wagtailadmin_formstate"),
        by_user("wagtailcore_uploadedfile", "uploaded_by_user_id"),
        by_user("wagtailcore_apitoken"),
        secured(
            "wagtailcore_collection",
            "website_is_public() or depth = 1 or website_reaches('c' || path)",
            "website_reaches('c' || path)",
        ),
        by_collection("website_picture"),
        by_collection("website_download"),
        by_parent("website_picturerendition", "image_id", "website_picture"),
        secured("wagtailcore_modellogentry", FILE_OF_LABEL, FILE_OF_LABEL),
    ]
