from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from desaga.disclosure import INTERNAL, INTERNAL_THRESHOLDS
from desaga.organisations.ownership import OwnedByOrganisation

from ..figuring.stating import AGE_BANDS, RETIREMENT_AGES
from ..readiness.fields import year_words
from ..states import Characteristic, PostsFrom

LONGEST_GRADE = 100
MOST_POSTS = 1000


def usual_bands() -> list[int]:
    return list(AGE_BANDS)


def usual_ages() -> list[int]:
    return list(RETIREMENT_AGES)


class Statement(OwnedByOrganisation):
    """What an organisation states, since no extract can know it; figures of the next release are counted by it."""

    grades = ArrayField(
        models.CharField(max_length=LONGEST_GRADE),
        verbose_name="grades, the lowest first",
        default=list,
        blank=True,
        help_text="One a line, as the extract names them. A promotion is a move to a grade further down this list.",
    )
    age_bands = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="first age of each band but the youngest",
        default=usual_bands,
    )
    retirement_ages = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="ages of retirement", default=usual_ages
    )
    ukprn = models.CharField("UKPRN", max_length=8, blank=True)
    threshold = models.PositiveSmallIntegerField("fewer people than this are hidden inside", default=INTERNAL.threshold)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="statement_once"),
            models.CheckConstraint(condition=Q(age_bands__len__gte=1), name="statement_has_age_bands"),
            models.CheckConstraint(condition=Q(threshold__in=INTERNAL_THRESHOLDS), name="statement_threshold_offered"),
            models.CheckConstraint(condition=Q(ukprn="") | Q(ukprn__regex=r"^\d{8}$"), name="statement_ukprn_of_eight_figures"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "What figures are counted by"


class Comparator(OwnedByOrganisation):
    """A share of others to set beside ours, entered by hand with its source."""

    characteristic = models.CharField(max_length=10, choices=Characteristic)
    group = models.CharField(max_length=20)
    share = models.DecimalField(
        "share, per cent", max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    name = models.CharField("whose share it is", max_length=200, help_text="Such as: technicians of the sector.")
    source = models.CharField(
        "source", max_length=500, help_text="Where it can be looked up: an address, or title and page."
    )
    year = models.CharField("year", max_length=20, help_text="Such as 2022/23.")

    class Meta:
        ordering = ["characteristic", "group", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(characteristic__in=Characteristic.values), name="comparator_characteristic_known"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="comparator_share_per_cent"),
            models.CheckConstraint(condition=~Q(source=""), name="comparator_has_source"),
            models.UniqueConstraint(fields=["organisation", "characteristic", "group", "name"], name="comparator_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}: {self.group_words}"

    @property
    def group_words(self) -> str:
        from ..figuring.groups import comparable

        return comparable().get((self.characteristic, self.group), self.group)


class AdvertisedPosts(OwnedByOrganisation):
    """Technical posts that a unit advertised in a collection year, and how many applied for all of them together; no applicant is known.
    That it advertised none is a row with 0; where there is no row, nobody said.

    `year` is the year in which the collection year begins. They are entered, or taken from a file or from an extract's vacant posts (`source`).
    """

    year = models.PositiveSmallIntegerField("collection year")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveSmallIntegerField(
        "posts advertised", validators=[MinValueValidator(0), MaxValueValidator(MOST_POSTS)]
    )
    applicants = models.PositiveIntegerField(
        "applicants for them together", null=True, blank=True, help_text="Leave it empty if you do not know."
    )

    source = models.CharField("from", max_length=10, choices=PostsFrom, default=PostsFrom.HAND)

    class Meta:
        ordering = ["-year", "unit__name", "pk"]
        verbose_name_plural = "advertised posts"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "unit"], name="advertised_posts_once"),
            models.CheckConstraint(
                condition=Q(posts__gte=0, posts__lte=MOST_POSTS), name="advertised_posts_not_too_many"
            ),
            models.CheckConstraint(condition=Q(source__in=PostsFrom.values), name="advertised_posts_source_known"),
        ]

    def __str__(self) -> str:
        return f"Posts of {self.unit} in {year_words(self.year)}"

    @property
    def year_words(self) -> str:
        return year_words(self.year)
