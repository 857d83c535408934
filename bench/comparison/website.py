"""A site with so many stories, each with a portrait and its text. Run as a program it fills a database, or adds to it.

`python -m bench.comparison.website 100` migrates, makes the site and a hundred stories, and prints the addresses as JSON; run again with a larger number it makes the others.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

ORGANISATION = "northmoor"
FIELDS = ("Chemistry", "Engineering", "Biology", "Physics", "Digital")
ROUTES = ("Apprenticeship", "T Level", "Degree", "Career change")
WORDS = "I keep the instruments running, teach whoever uses them, and build what cannot be bought. "


def fill(wanted: int) -> dict[str, str]:
    from django.core.management import call_command
    from django.db import connection

    from desaga.config import database
    from desaga.organisations.models import Organisation

    call_command("migrate", verbosity=0)
    if not Organisation.objects.filter(slug=ORGANISATION).exists():
        begin()
    shelf, first = add_stories(wanted)
    # What the database does by itself within a minute of so many new rows. Only the owner may.
    with database.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("ANALYSE")
    return {"list": shelf, "narrowed": f"{shelf}?field=Physics", "story": first}


def begin() -> None:
    """A site with its first story, put up as `stories` has it put up."""
    from django.utils import timezone
    from PIL import Image

    from desaga.tenancy.context import within
    from desaga.website.operations.stories import ShownPicture, ShownStory, show_story
    from desaga.website.tests.factories import make_site

    home = make_site("Northmoor", ORGANISATION)
    held = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(held, "JPEG")
    told = {
        "title": "Meet Ada 0", "job": "Glassblower", "summary": "Makes what cannot be bought.", "employer": "Northmoor", "place": "Northmoor",
        "route_in": ROUTES[0], "fields": [FIELDS[0]], "quote": "Heat tells you when it is ready.", "published_at": timezone.now(),
        "sections": [(one, WORDS * 8) for one in ("What I do", "What I love", "Skills I use most", "How I got here", "Advice")],
        "pictures": [ShownPicture(name="ada.jpg", data=held.getvalue(), words="Ada at her lathe.")],
    }  # fmt: skip
    with within(home.belongs_to, user=home.lead):
        show_story(ShownStory(story=1, version=1, organisation=home.belongs_to, **told))


def add_stories(wanted: int) -> tuple[str, str]:
    """Copies of the first story, straight in the tables, until there are so many; answers the addresses of the list and of the first."""
    from datetime import timedelta

    from wagtail.models import Page

    from desaga.website.models import StoriesPage, StoryPage
    from desaga.website.reach import reach_everything

    with reach_everything():
        shelf = StoriesPage.objects.get()
        first = StoryPage.objects.order_by("pk").first()
        assert first is not None
        made = StoryPage.objects.count()
        for number in range(made, wanted):
            story = copy_of(first, number)
            story.path = Page._get_path(shelf.path, shelf.depth + 1, number + 1)
            story.url_path = f"{shelf.url_path}{story.slug}/"
            story.first_published_at = first.first_published_at - timedelta(minutes=number)
            story.save_base()
        Page.objects.filter(pk=shelf.pk).update(numchild=max(wanted, made))
        return str(shelf.get_url()), str(first.get_url())


def copy_of(first: Any, number: int) -> Any:
    from uuid import uuid4

    from desaga.website.models import StoryPage

    story = StoryPage.objects.get(pk=first.pk)
    story.pk = story.id = story.page_ptr_id = None
    story._state.adding = True
    story.translation_key = uuid4()
    story.story, story.slug, story.title = number + 1, f"meet-ada-{number}", f"Meet Ada {number}"
    story.fields, story.route_in = [FIELDS[number % len(FIELDS)]], ROUTES[number % len(ROUTES)]
    return story


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
