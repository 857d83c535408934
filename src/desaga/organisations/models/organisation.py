from __future__ import annotations

from calendar import month_name

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ..ownership import current_on
from ..states import OrganisationKind

MONTHS = [(number, month_name[number]) for number in range(1, 13)]
AUGUST = 8
HEX_COLOUR = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", "Write a colour as # and six digits, such as #124E96.")


class OrganisationQuerySet(models.QuerySet):
    def with_workspace(self) -> OrganisationQuerySet:
        return self.filter(has_workspace=True)


class Organisation(models.Model):
    """An institution or a body around it; a tenant if it has a workspace.

    The directory of organisations is open to everybody who is signed in: names are needed wherever organisations meet.
    What an organisation owns is not.
    """

    name = models.CharField("name", max_length=200)
    short_name = models.CharField("short name", max_length=40, help_text="As people say it in a sentence.")
    slug = models.SlugField("short address", max_length=60, unique=True)
    kind = models.CharField("kind", max_length=20, choices=OrganisationKind)
    has_workspace = models.BooleanField("has a workspace here", default=False)
    staff_word = models.CharField(
        "word for technical staff, plural",
        max_length=60,
        default="technicians",
        help_text="For example technicians, technical professionals, technical specialists.",
    )
    staff_word_singular = models.CharField("the same, singular", max_length=60, default="technician")
    accent = models.CharField("accent colour", max_length=7, blank=True, validators=[HEX_COLOUR])
    logo = models.ImageField("logo", upload_to="logos/", blank=True)
    home_page = models.URLField("home page", blank=True)
    financial_year_starts_in = models.PositiveSmallIntegerField(
        "financial year begins in", choices=MONTHS, default=AUGUST
    )

    objects = models.Manager.from_queryset(OrganisationQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
            models.CheckConstraint(
                condition=Q(financial_year_starts_in__range=(1, 12)), name="organisation_financial_year_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:show_settings", args=[self.slug])


class ConsortiumMembership(models.Model):
    """That an organisation belongs to a consortium, from a day to a day. The consortium keeps the list."""

    consortium = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consortia")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        ordering = ["consortium__name", "member__name"]
        constraints = [
            models.CheckConstraint(condition=~Q(consortium=F("member")), name="consortium_not_its_own_member"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="consortium_membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["consortium", "member"], condition=Q(ends_on=None), name="consortium_membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.consortium}"

    @classmethod
    def current(cls) -> models.QuerySet[ConsortiumMembership]:
        return cls.objects.filter(current_on())
