from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .states import FOR_THE_VENUE, TONES, TourState, VenueKind

LONGEST_LINE, LONGEST_WORDS, LONGEST_PLACE = 200, 4000, 120


class Tour(OwnedByOrganisation):
    """The touring exhibition that an organisation lends: what it is and what it needs. Everybody reads it while it is open."""

    title = models.CharField("title", max_length=LONGEST_LINE)
    words = models.TextField("what it is", max_length=LONGEST_WORDS)
    needs = models.TextField("what a place needs for it", max_length=LONGEST_WORDS)
    longest_days = models.PositiveSmallIntegerField("for at most how many days", default=42)
    is_open = models.BooleanField("places can ask for it", default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="tour_once_an_organisation")]

    def __str__(self) -> str:
        return self.title


class TourRequest(OwnedByOrganisation):
    """A venue that asks for the touring exhibition: which days, and whom to write to. It counts once the link in the mail was pressed."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="requests")
    venue = models.CharField("venue", max_length=LONGEST_LINE)
    venue_kind = models.CharField("kind of venue", max_length=12, choices=VenueKind)
    place = models.CharField("town", max_length=LONGEST_PLACE)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    contact_name = models.CharField("contact", max_length=LONGEST_LINE, blank=True)
    contact_email = models.EmailField("their e-mail", max_length=LONGEST_LINE, blank=True)
    words = models.TextField("what for", max_length=LONGEST_WORDS, blank=True)
    state = models.CharField("state", max_length=12, choices=TourState, default=TourState.SENT, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    submission = models.UUIDField(null=True)
    sent_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["organisation", "state", "starts_on"], name="tour_request_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["tour", "submission"], name="tour_request_sent_once"),
            models.CheckConstraint(condition=Q(state__in=TourState.values), name="tour_request_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="tour_request_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("exhibition:show_request", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES[TourState(self.state)]

    @property
    def words_for_venue(self) -> str:
        return FOR_THE_VENUE[TourState(self.state)]


def days(start: str, end: str) -> Func:
    """A range of days, the last one included."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class TourStop(OwnedByOrganisation):
    """Where the exhibition is promised to be: a venue and its days, without anybody's name. Everybody may read it. No two of one organisation at once."""

    request = models.OneToOneField(TourRequest, on_delete=models.CASCADE, related_name="stop")
    venue = models.CharField(max_length=LONGEST_LINE)
    place = models.CharField(max_length=LONGEST_PLACE)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ExclusionConstraint(
                name="tour_stops_never_two_at_once",
                expressions=[
                    # A range of one number, since plain numbers need an extension to be excluded.
                    (
                        Func(F("organisation_id"), F("organisation_id"), Value("[]"), function="int8range"),
                        RangeOperators.EQUAL,
                    ),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.place}"


class TourEvent(OwnedByOrganisation):
    """What happened to a request, who did it, when; never changed."""

    # Nobody may delete these rows, and a request that has some is never deleted.
    request = models.ForeignKey(TourRequest, on_delete=models.DO_NOTHING, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind[:1].upper() + self.kind[1:]
