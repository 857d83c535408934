"""Routes in, the finder, registration, teachers, questions: pages that show what `careers` knows. Each entry has an address of its own under its page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from desaga.careers import queries as careers
from desaga.careers.finding import Answers
from desaga.careers.forms import FinderForm
from desaga.careers.queries import Book, Entry

from .. import careers as showing
from ..blocks import BodyBlock
from ..forms import FindNotesForm, FindQuestionsForm, FindRoutesForm, ShownForm
from ..presenting import address_of
from ..structured import crumbs_of
from .pages import IN_WELSH, SitePage
from .people import ShowsPeople

A_PAGE = 20
HOMES = ["website.NationalHomePage", "website.OrganisationHomePage"]


class CareersPage(ShowsPeople, SitePage):
    """What these pages share: words of the editors' own above what `careers` knows, and a page under it for each entry of `kind`."""

    body = StreamField(BodyBlock(), blank=True, verbose_name="words above")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        ShowsPeople.people_panel,
    ]
    base_form_class = ShownForm
    stays = True
    parent_page_types: ClassVar[list[str]] = HOMES
    subpage_types: ClassVar[list[str]] = IN_WELSH
    max_count_per_parent = 1
    #: The kind of entries that stand under it, and the template of one.
    kind = ""
    entry_template = ""

    class Meta:
        abstract = True

    @cached_property
    def book(self) -> Book:
        """The reference data, read once a request."""
        return careers.book()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """An entry by its key; whatever else as any page."""
        may_be_one = self.live and self.kind and len(path_components) == 1
        if may_be_one and self.book.one(self.kind, path_components[0]):
            return RouteResult(self, kwargs={"key": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, key: str = "", **kwargs: Any) -> HttpResponse:
        request.entry_key = key  # type: ignore[attr-defined]
        return super().serve(request, *args, **kwargs)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return (
            self.entry_template if getattr(request, "entry_key", "") else super().get_template(request, *args, **kwargs)
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= {"doors": careers.doors_of(context["organisation"].pk)}
        book, key = self.book, getattr(request, "entry_key", "")
        entry = book.one(self.kind, key) if key else None
        if entry is None:
            return context | self.told(request, context, book)
        address = f"{address_of(self)}{key}/"
        own = {
            "trail": [*context["trail"], self], "canonical": address, "told_title": entry.name,
            "structured": crumbs_of({"trail_addresses": [*context["trail_addresses"], (entry.name, address)]}),
        }  # fmt: skip
        return context | own | self.told_of(entry, context, book)

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        """What stands on the page itself."""
        raise NotImplementedError

    def told_of(self, entry: Entry, context: dict[str, Any], book: Book) -> dict[str, Any]:
        """What stands on the page of one entry."""
        raise NotImplementedError


class RoutesPage(CareersPage):
    """All routes in, by nation; each has a page."""

    template, entry_template, kind = "website/routes.html", "website/route.html", "route"

    class Meta:
        verbose_name = "routes in"

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        form = FindRoutesForm(request.GET or None)
        nation = form.asked().get("nation", "")
        shelves = showing.shelves_of(context["home"], ["finder", "registration", "teachers"])
        return {
            "form": form,
            "is_narrowed": bool(nation),
            "nations": showing.routes_by_nation(book, nation),
            "places": book.of("vacancies"),
            **shelves,
        }

    def told_of(self, entry: Entry, context: dict[str, Any], book: Book) -> dict[str, Any]:
        answers = showing.answers_for(context["home"], [entry.key])[: showing.MOST_QUESTIONS]
        shelves = showing.shelves_of(context["home"], ["teachers", "questions"])
        summary = {"told_summary": entry.content["what"][:300]}
        return {**summary, "answers": list(answers), **showing.route_told(context["home"], entry, book), **shelves}


class FinderPage(CareersPage):
    """What could I do? A few questions; the answers stand in the address alone, and no copy of the page is kept."""

    template = "website/finder.html"

    class Meta:
        verbose_name = "finder: what could I do?"

    def serve(self, request: HttpRequest, *args: Any, key: str = "", **kwargs: Any) -> HttpResponse:
        answer = super().serve(request, *args, key=key, **kwargs)
        if request.GET:
            answer.headers["Cache-Control"] = "private, no-store"
            answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        form = FinderForm(request.GET or None, interests=book.of("interest"))
        shelves = showing.shelves_of(context["home"], ["routes", "questions"])
        told = {"form": form, "places": book.of("vacancies"), **shelves}
        if not form.is_valid():
            return told
        answers = Answers(**form.cleaned_data)
        places = [one for one in book.of("vacancies") if not answers.nation or answers.nation in one.content["nations"]]
        if answers.is_empty:
            return {**told, "is_narrowed": True, "says_nothing": True}
        return {
            **told,
            "is_narrowed": True,
            "places": places,
            "found": showing.found_for(context["home"], answers, book),
        }


class RegistrationPage(CareersPage):
    """Professional registration explained: titles by family, who awards them, what each takes, who can help."""

    template, entry_template, kind = "website/registration.html", "website/title.html", "title"

    class Meta:
        verbose_name = "registration explained"

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        return {"families": showing.titles_by_family(book)}

    def told_of(self, entry: Entry, context: dict[str, Any], book: Book) -> dict[str, Any]:
        stories = showing.few(showing.stories_for(context["home"], title=entry.name))
        return {"entry": entry, "stories": stories, "told_summary": entry.content["what"][:300]}


class TeachersPage(CareersPage):
    """For teachers: notes by stage, benchmark, route, field and page, with the stages of the four nations."""

    template, entry_template, kind = "website/teachers.html", "website/note.html", "note"

    class Meta:
        verbose_name = "for teachers"

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        form = FindNotesForm(request.GET or None, book=book)
        asked = form.asked()
        about = book.one("about_benchmarks", "about")
        return {
            "form": form, "is_narrowed": bool(asked), "notes": showing.notes_for(book, asked), "stages": book.of("stage"),
            "benchmarks": book.of("benchmark"), "about_benchmarks": about,
            **showing.shelves_of(context["home"], ["routes", "finder"]),
        }  # fmt: skip

    def told_of(self, entry: Entry, context: dict[str, Any], book: Book) -> dict[str, Any]:
        shelves = showing.shelves_of(context["home"], ["routes"])
        return {
            **showing.note_told(context["home"], entry, book),
            "told_summary": entry.content["words"][:300],
            **shelves,
        }


class QuestionsPage(CareersPage):
    """What was asked and what technicians answered."""

    template = "website/questions.html"

    class Meta:
        verbose_name = "questions and answers"

    def told(self, request: HttpRequest, context: dict[str, Any], book: Book) -> dict[str, Any]:
        form = FindQuestionsForm(request.GET or None)
        asked = form.asked()
        rows = showing.answers_for(context["home"], search=asked.get("q", ""))
        found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        return {"form": form, "found": found, "narrowed": form.as_query(), "is_narrowed": bool(asked)}
