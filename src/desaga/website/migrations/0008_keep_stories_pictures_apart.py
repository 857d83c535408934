"""Pictures of stories leave the collection of the editors: what somebody approved is not swapped under the page. And tags, which know no organisations, are closed."""

from __future__ import annotations

from typing import Any

from django.db import connection, migrations

from desaga.website.securing import secured

NOBODY = "website_reaches('')"


def move_pictures(apps: Any, schema_editor: Any) -> None:
    """Each story's pictures into the collection of its organisation's stories, which is made where there is none."""
    # The tree of collections is Wagtail's: its own model knows how a branch is added.
    from wagtail.models import Collection

    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.website', true), '')")
        former = cursor.fetchone()[0]
        cursor.execute("select set_config('app.website', 'all', true)")
    for story in apps.get_model("website", "StoryPage").objects.all():
        owner = organisation_of(apps, story)
        numbers = [number for number in (story.portrait_id, *(one["picture"] for one in story.pictures)) if number]
        if owner is None or not numbers:
            continue
        name = f"Stories of {owner}"
        place = Collection.objects.filter(name=name).first() or Collection.get_first_root_node().add_child(name=name)
        for picture in apps.get_model("website", "Picture").objects.filter(pk__in=numbers):
            picture.collection_id = place.pk
            picture.title = f"Story {story.story}, picture {numbers.index(picture.pk) + 1}"
            picture.save(update_fields=["collection", "title"])
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.website', %s, true)", [former])


def organisation_of(apps: Any, story: Any) -> int | None:
    """The number of the organisation in whose site it stands."""
    for kind in ("OrganisationHomePage", "NationalHomePage"):
        for home in apps.get_model("website", kind).objects.all():
            if story.path.startswith(home.path):
                return int(home.belongs_to_id)
    return None


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0007_write_in_welsh"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.RunPython(move_pictures, migrations.RunPython.noop),
        secured("taggit_tag", NOBODY, NOBODY),
        secured("taggit_taggeditem", NOBODY, NOBODY),
    ]
