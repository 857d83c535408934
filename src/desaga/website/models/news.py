"""News and events: what is written by editors, published by a lead, read by people, by feed readers and by calendars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .. import feeds, queries
from ..blocks import BodyBlock, PictureBlock
from ..calendars import Dated, calendar_of, in_words
from ..forms import ShownForm
from ..presenting import address_of
from ..structured import ORGANISER, named, publisher, thing
from .pages import IN_WELSH, SitePage
from .people import ShowsPeople

HOMES = ["website.NationalHomePage", "website.OrganisationHomePage"]
#: Wagtail's own pickers need a script in the page, which our policy forbids; browsers bring one.
A_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
A_TIME = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NewsIndexPage(SitePage):
    """News and events of a site: what comes, then what was written, the newest first; with feeds and a calendar."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = HOMES
    subpage_types: ClassVar[list[str]] = ["website.NewsPage", "website.EventPage", *IN_WELSH]
    max_count_per_parent = 1
    template = "website/news.html"

    class Meta:
        verbose_name = "news and events"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        told = queries.news_on(self, request.GET.get("show", ""), request.GET.get("page"), timezone.now())
        return super().get_context(request, *args, **kwargs) | told

    def parts(self) -> Mapping[str, Callable[[HttpRequest], HttpResponse]]:
        return {**super().parts(), "atom": self.serve_atom, "rss": self.serve_rss, "calendar": self.serve_calendar}

    def serve_atom(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(feeds.written(self, "atom"), content_type=feeds.ATOM)

    def serve_rss(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(feeds.written(self, "rss"), content_type=feeds.RSS)

    def serve_calendar(self, request: HttpRequest) -> HttpResponse:
        """Everything that comes, and what was in the last year: a calendar keeps what it once had."""
        found = queries.events_for_calendars(self, timezone.now())
        return calendar_answer(calendar_of(self.title, [event.dated() for event in found]), self.slug)


class NewsPage(ShowsPeople, SitePage):
    """One piece of news."""

    dated = models.DateField("date", default=timezone.localdate)
    picture = StreamField([("picture", PictureBlock())], max_num=1, blank=True, verbose_name="picture")
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("dated", widget=A_DAY),
        FieldPanel("picture"),
        FieldPanel("body"),
        ShowsPeople.people_panel,
    ]
    base_form_class = ShownForm
    parent_page_types: ClassVar[list[str]] = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    template = "website/news_one.html"
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "news"
        indexes = [models.Index(fields=["-dated"], name="news_by_date")]

    def structured(self, frame: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            thing(
                "NewsArticle", headline=self.title, description=self.summary, datePublished=self.dated.isoformat(), url=frame["canonical"],
                image=f"{frame['canonical']}card/", publisher=publisher(frame), author=publisher(frame), inLanguage="en-GB",
            )
        ]  # fmt: skip


class EventPage(ShowsPeople, SitePage):
    """Something that takes place: when, where, and for whom it is."""

    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(
        "place", max_length=200, blank=True, help_text="A building and a town; leave it empty where it is online only."
    )
    online_at = models.URLField("address to join online", max_length=300, blank=True)
    picture = StreamField([("picture", PictureBlock())], max_num=1, blank=True, verbose_name="picture")
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("starts_at", widget=A_TIME),
        FieldPanel("ends_at", widget=A_TIME),
        FieldPanel("place"),
        FieldPanel("online_at"),
        FieldPanel("picture"),
        FieldPanel("body"),
        ShowsPeople.people_panel,
    ]
    base_form_class = ShownForm
    parent_page_types: ClassVar[list[str]] = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    template = "website/event.html"
    search_fields = [*SitePage.search_fields, index.SearchField("place"), index.SearchField("body")]

    class Meta:
        verbose_name = "event"
        indexes = [models.Index(fields=["starts_at"], name="event_by_start"), models.Index(fields=["ends_at"], name="event_by_end")]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins")
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "It ends after it begins: choose a later time."})
        if not self.place and not self.online_at:
            raise ValidationError({"place": "Say where it is, or give the address where it is online."})

    @property
    def when(self) -> str:
        return in_words(self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        return self.place or ("Online" if self.online_at else "")

    def has_taken_place(self, now: datetime) -> bool:
        return self.ends_at < now

    def dated(self) -> Dated:
        changed = self.last_published_at or self.first_published_at or self.starts_at
        return Dated(
            uid=f"event-{self.pk}", starts_at=self.starts_at, ends_at=self.ends_at, title=self.title, words=self.summary,
            place=self.place or self.online_at, url=address_of(self), changed_at=changed,
        )  # fmt: skip

    def parts(self) -> Mapping[str, Callable[[HttpRequest], HttpResponse]]:
        return {**super().parts(), "calendar": self.serve_calendar}

    def serve_calendar(self, request: HttpRequest) -> HttpResponse:
        return calendar_answer(calendar_of(self.title, [self.dated()]), self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"is_over": self.has_taken_place(timezone.now())}

    def structured(self, frame: Mapping[str, Any]) -> list[dict[str, Any]]:
        mode = "Offline" if not self.online_at else "Mixed" if self.place else "Online"
        where = [one for one in (
            named("Place", self.place, address=self.place),
            {"@type": "VirtualLocation", "url": self.online_at} if self.online_at else {},
        ) if one]  # fmt: skip
        return [
            thing(
                "Event", name=self.title, description=self.summary, startDate=self.starts_at.isoformat(), endDate=self.ends_at.isoformat(),
                eventAttendanceMode=f"https://schema.org/{mode}EventAttendanceMode", eventStatus="https://schema.org/EventScheduled",
                location=where, url=frame["canonical"], image=f"{frame['canonical']}card/", **{ORGANISER: publisher(frame)},
            )
        ]  # fmt: skip


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
