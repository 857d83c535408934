"""What the site's pages show of careers: routes, fields, titles and notes beside the stories of people who came that way. Reads only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from desaga.careers import queries as careers
from desaga.careers.finding import Answers, Fit, fields_for, routes_for
from desaga.careers.kinds import FAMILIES, FROM, LEARNS, NATIONS, WAYS
from desaga.careers.queries import Book, Entry

from . import queries

MOST_STORIES, MOST_QUESTIONS, LOOKED_AT = 3, 5, 60


def keeper() -> int | None:
    """Whose versions of the reference data count: the organisation of the national site."""
    home = queries.national_home()
    return home.belongs_to_id if home else None


def stories_for(home: Any, *, ways: Collection[str] = (), fields: Collection[str] = (), title: str = "") -> list[Any]:
    """Stories that a site may show, of any of these ways in (keys), fields (names as stories have them), or a registration; one query."""
    from .models import StoryPage

    fits = Q(route_in__in=[WAYS[way] for way in ways]) | Q(fields__overlap=list(fields))
    if title:
        # Whole words: who is RSciTech is not RSci.
        fits |= Q(registration__iregex=rf"\y({'|'.join(re.escape(one) for one in title.split(', '))})\y")
    rows = queries.listed(StoryPage.objects.filter(fits))
    if not is_national(home):
        rows = rows.descendant_of(home)  # type: ignore[attr-defined]
    return list(rows.select_related("portrait").order_by("-first_published_at", "-pk")[:LOOKED_AT])


def is_national(home: Any) -> bool:
    """The national site shows the people and the answers of all."""
    from .models import NationalHomePage

    return isinstance(home, NationalHomePage)


def answers_for(home: Any, about: Collection[str] = (), search: str = "") -> Any:
    """Answered questions of a site; on the national one, of all."""
    own = None if is_national(home) else home.belongs_to_id
    return careers.answers_shown(own, about, search)


# ---- Routes


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation with the routes that there are in it."""

    key: str
    name: str
    routes: list[Entry]


def routes_by_nation(book: Book, nation: str = "") -> list[Nation]:
    """The routes of each nation, or of the one that was asked for."""
    asked = [nation] if nation in NATIONS else list(NATIONS)
    return [
        Nation(key, NATIONS[key], [entry for entry in book.of("route") if key in entry.content["nations"]])
        for key in asked
    ]


def names_of(entry: Entry) -> dict[str, list[str]]:
    """A route's tags as people read them."""
    tags = (("nations", NATIONS), ("learns", LEARNS), ("from", FROM))
    return {name: [words[key] for key in entry.content[name]] for name, words in tags}


def route_told(home: Any, entry: Entry, book: Book) -> dict[str, Any]:
    """One route with the people who came this way, notes for teachers, and where to look."""
    way, nations = entry.content["way"], set(entry.content["nations"])
    return {
        "entry": entry,
        "names": names_of(entry),
        "stories": stories_for(home, ways=[way])[:MOST_STORIES],
        "notes": [note for note in book.of("note") if way in note.content["ways"]],
        "places": [one for one in book.of("vacancies") if nations & set(one.content["nations"])],
        "elsewhere": [one for one in book.of("route") if one.content["way"] == way and one.key != entry.key],
    }


# ---- The finder


@dataclass(frozen=True, slots=True)
class Found:
    """What the finder answers: fields of work and routes, each with why it fits and whom one may meet."""

    fields: list[tuple[Fit, list[Any]]] = field(default_factory=list)
    routes: list[tuple[Fit, list[Any]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.routes)


def found_for(home: Any, answers: Answers, book: Book) -> Found:
    """Fields and routes for some answers, with stories; at most one query for the stories."""
    because = {one.key: str(one.content["because"]) for one in book.of("interest")}
    fields, routes = fields_for(answers, book.of("field"), because), routes_for(answers, book.of("route"))
    names = [fit.entry.content["story_field"] for fit in fields]
    stories = stories_for(home, ways={fit.entry.content["way"] for fit in routes}, fields=names)
    return Found(
        [(fit, few(one for one in stories if fit.entry.content["story_field"] in one.fields)) for fit in fields],
        [(fit, few(one for one in stories if one.route_in == WAYS[fit.entry.content["way"]])) for fit in routes],
    )


def few(stories: Iterable[Any]) -> list[Any]:
    return list(stories)[:MOST_STORIES]


# ---- Registration


def titles_by_family(book: Book) -> list[tuple[str, list[Entry]]]:
    return [(name, [one for one in book.of("title") if one.content["family"] == key]) for key, name in FAMILIES.items()]


# ---- Teachers


def notes_for(book: Book, asked: Mapping[str, str]) -> list[Entry]:
    """Notes that fit a stage, a benchmark, a route, a field or a page."""
    return [note for note in book.of("note") if all(fits(note, book, name, value) for name, value in asked.items())]


def fits(note: Entry, book: Book, name: str, value: str) -> bool:
    content = note.content
    if name == "route":
        route = book.one("route", value)
        return bool(route) and route.content["way"] in content["ways"]  # type: ignore[union-attr]
    kinds = {"stage": "stages", "benchmark": "benchmarks", "field": "fields", "page": "pages"}
    return value in content[kinds[name]]


def note_told(home: Any, note: Entry, book: Book) -> dict[str, Any]:
    """One note with its stages, benchmarks and the stories, routes and pages that go with it."""
    content = note.content
    fields = [one for key in content["fields"] if (one := book.one("field", key))]
    return {
        "entry": note,
        "stages": [one for one in book.of("stage") if one.key in content["stages"]],
        "benchmarks": [one for one in book.of("benchmark") if one.key in content["benchmarks"]],
        "routes": [one for one in book.of("route") if one.content["way"] in content["ways"]],
        "fields": fields,
        "stories": few(stories_for(home, ways=content["ways"], fields=[one.content["story_field"] for one in fields])),
    }


def beside_story(story: Any, book: Book) -> dict[str, Any]:
    """For a story's page: the routes by which its person came, notes for a lesson with it, and where both stand."""
    way = next((key for key, name in WAYS.items() if name == story.route_in), "")
    address = story.get_url()
    fields = {one.key for one in book.of("field") if one.content["story_field"] in story.fields}
    notes = [
        note
        for note in book.of("note")
        if way in note.content["ways"] or fields & set(note.content["fields"]) or address in note.content["pages"]
    ]
    return {"came_by": [one for one in book.of("route") if one.content["way"] == way], "notes": notes}


def shelves_of(home: Any, kinds: Sequence[str]) -> dict[str, Any]:
    """The pages of a site that show careers, such as `routes_page`; the national site's where it has none of its own. Two queries."""
    from .models import FinderPage, QuestionsPage, RegistrationPage, RoutesPage, TeachersPage

    known = {"routes": RoutesPage, "finder": FinderPage, "registration": RegistrationPage, "teachers": TeachersPage, "questions": QuestionsPage}  # fmt: skip
    wanted = {ContentType.objects.get_for_model(known[kind]).pk: kind for kind in kinds}
    homes = [one for one in (queries.national_home(), home) if one is not None]
    below = [Q(path__startswith=one.path, depth=one.depth + 1) for one in homes]
    if not below:
        return {}
    rows = Page.objects.live().filter(reduce(or_, below), content_type__in=wanted)
    # The site's own come last, so that they count.
    own = sorted(rows, key=lambda one: home is not None and one.path.startswith(home.path))
    return {f"{wanted[one.content_type_id]}_page": one for one in own}
