from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from ..defining import Definition
from ..states import CAME_IN, TONES, WRITTEN, ApplicationState, Words, words_of
from .hosts import HostPlace
from .scheme import Round, Scheme, SchemeVersion


class Application(OwnedByOrganisation):
    """What one person asks of a scheme. It belongs to whoever runs the scheme; the applicant reads theirs wherever it is (`mine`).

    What they wrote is in its answers. The columns below the state are taken from the answers when it is sent, for lists and sums; `asked` is in pounds.
    `open_sections` are the parts that may be changed while changes are asked for. `submission` keeps one press from beginning two.
    From `stripped_at` on it tells of nobody; `mark` is then common to those that were one person's of one year, so that people are still counted once.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="applications")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="applications")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField("e-mail")
    reference = models.CharField("reference", max_length=20)
    state = models.CharField(
        "state", max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    open_sections = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    done_sections = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    title = models.CharField("title", max_length=300, blank=True)
    name = models.CharField("applicant", max_length=300, blank=True)
    employer = models.CharField("employer", max_length=300, blank=True)
    host = models.CharField("host", max_length=300, blank=True)
    #: The entry of the directory to which it was sent; where that was merged, the other stands for it (`HostPlace.standing`).
    host_place = models.ForeignKey(
        HostPlace, on_delete=models.PROTECT, null=True, editable=False, related_name="applications"
    )
    is_abroad = models.BooleanField("abroad", default=False)
    starts_on = models.DateField("first day", null=True)
    ends_on = models.DateField("last day", null=True)
    asked = models.DecimalField("asked for", max_digits=10, decimal_places=2, null=True)
    #: What stands beside the award (`CostKind.apart`), in pounds: added to what a panel gives, as one sum.
    asked_apart = models.DecimalField("asked for beside it", max_digits=10, decimal_places=2, default=0)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    received_at = models.DateTimeField(null=True, editable=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="copies")
    #: The panel for which it was meant when it was sent: a later yes may bind it to the next.
    sent_for = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    submission = models.UUIDField(null=True, editable=False)
    #: When its applicant was told, once, that the cut-off is near and it is a draft still.
    draft_told_at = models.DateTimeField(null=True, editable=False)
    stripped_at = models.DateTimeField(null=True, editable=False)
    mark = models.UUIDField(null=True, editable=False)

    mine = ScopedManager(models.Manager, person="applicant_id")

    class Meta:
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["scheme", "state"], name="application_by_state"),
            models.Index(fields=["round", "state"], name="application_by_round"),
            models.Index(fields=["applicant"], name="application_by_applicant"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="application_reference_once"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="application_begun_once"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in CAME_IN]) | Q(received_at__isnull=False),
                name="application_that_came_in_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stripped_at=None)
                | Q(applicant=None, email="", name="", title="", employer="", host="", starts_on=None, ends_on=None),
                name="application_stripped_tells_of_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("placements:show_application", args=[self.organisation.slug, self.scheme.slug, self.reference])

    @property
    def definition(self) -> Definition:
        return self.version.definition

    @property
    def words(self) -> Words:
        """What the applicant is told of where it is."""
        return words_of(self.state)

    @property
    def tone(self) -> str:
        return TONES.get(ApplicationState(self.state), "stopped")

    @property
    def is_written(self) -> bool:
        """Whether the applicant may change something of it."""
        return self.state in WRITTEN

    def is_open(self, section: str) -> bool:
        """Whether the applicant may change this part now."""
        return (
            self.state == ApplicationState.DRAFT
            or self.state == ApplicationState.CHANGES_ASKED
            and section in self.open_sections
        )


class Answer(OwnedByOrganisation):
    """What was written under one question, as it was typed; `answering.read` makes sense of it.

    `at` is when the applicant's page sent it, by that page's clock; `page` is which page it was, so that two windows do not write over each other.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=40)
    value = models.JSONField()
    at = models.DateTimeField()
    page = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["application_id", "key"]
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="application_answer_once")]

    def __str__(self) -> str:
        return self.key


class ApplicationEvent(OwnedByOrganisation):
    """What happened to an application; never changed. The applicant reads those that are `for_applicant`.

    `kind` is a deed of `states.TRANSITIONS`, then with `source` and `target`, or a word of the part that wrote it. `who` names whoever has no account.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=200, blank=True)
    for_applicant = models.BooleanField(default=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind
