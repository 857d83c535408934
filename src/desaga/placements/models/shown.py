from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.organisations.ownership import OwnedByOrganisation, Publishable, owned_manager

from ..awarding import WISHES
from ..shown import OfferState
from .award import Award
from .scheme import Scheme


class PastAward(OwnedByOrganisation, Publishable):
    """That an award may be told of on the scheme's page, as whoever went agreed: to these words, named so, on a day.

    What the page says stands here by itself, so that it can be read by anybody and nothing else of the award can. `published_at` is when those who run the
    scheme put it on the page, `looked_at` when they last decided on it. Taken back, it is off the page at once, and what it said is removed; that it was agreed to, to which words (without the name that stood in them), and when, stays.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="told")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="past_awards")
    wish = models.CharField("named", max_length=20)
    words = models.TextField("what was agreed to")
    consented_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    title = models.CharField("title", max_length=300, blank=True)
    name = models.CharField("name", max_length=300, blank=True)
    home = models.CharField("employer", max_length=300, blank=True)
    host = models.CharField("host", max_length=300, blank=True)
    country = models.CharField("country of the host", max_length=100, blank=True)
    discipline = models.CharField("field", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("year")
    sentence = models.CharField("in a sentence", max_length=300, blank=True)

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="award__application__applicant_id")

    class Meta:
        ordering = ["-year", "-consented_at", "-pk"]
        indexes = [models.Index(fields=["scheme", "published_at"], name="past_award_of_scheme")]
        constraints = [
            models.UniqueConstraint(fields=["award"], condition=Q(withdrawn_at=None), name="past_award_agreed_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at=None, title="", name="", sentence=""),
                name="past_award_taken_back_is_gone",
            ),
            models.CheckConstraint(
                condition=~Q(wish="unnamed") | Q(name=""), name="past_award_unnamed_names_nobody"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def wish_words(self) -> str:
        return WISHES.get(self.wish, "")


class HostOffer(OwnedByOrganisation, Publishable):
    """A place that a host offers to those who apply: said by the host, or recorded by those who run the scheme, who put it on the scheme's page.

    It names no person: whoever wants to know more follows the link to the host's own page.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="host_offers")
    name = models.CharField("host", max_length=300)
    place = models.CharField("town", max_length=120)
    country = models.CharField("country", max_length=100)
    offers = models.TextField("what it offers", max_length=1000)
    disciplines = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    page = models.URLField("page to read more, or to write from", max_length=300)
    until = models.DateField("offered until")
    state = models.CharField(max_length=12, choices=OfferState, default=OfferState.WAITING, editable=False)
    said_at = models.DateTimeField(editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    words = models.CharField("why it is not shown", max_length=300, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["scheme", "state"], name="host_offer_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="host_offer_state_known"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(state=OfferState.SHOWN), name="host_offer_public_is_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return {OfferState.WAITING: "waiting", OfferState.SHOWN: "going"}.get(OfferState(self.state), "stopped")

    @property
    def is_over(self) -> bool:
        return self.until < timezone.localdate()


class HostOfferLink(OwnedByOrganisation):
    """Who at the host said that it offers a place, and the hash of the key with which they change it or take it back."""

    offer = models.OneToOneField(HostOffer, on_delete=models.CASCADE, related_name="link")
    email = models.EmailField("e-mail")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email
