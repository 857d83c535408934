from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation
from desaga.plans.models import Plan

from .counting import count_words, length_words
from .states import Happened, ReportState, Way


class OwnKind(OwnedByOrganisation):
    """An organisation's own wording of a kind of report that Desaga ships: `kinds.py` says what `content` holds."""

    key = models.SlugField(max_length=60)
    content = models.JSONField()
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="own_kind_once")]

    def __str__(self) -> str:
        return str(self.content.get("name", self.key))


class HeadOfOrganisation(OwnedByOrganisation):
    """Who heads the organisation, as it states it once: whoever signs its reports off."""

    name = models.CharField("name", max_length=150)
    title = models.CharField("title", max_length=150, help_text="For example Vice-Chancellor, Director.")
    email = models.EmailField("e-mail")
    stated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="head_of_organisation_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"


class Report(OwnedByOrganisation):
    """What an organisation reports of a plan and a period. `kind` is the key of its kind; its sections were copied from there.

    `signed_on` is when the organisation signed what it reports to, `due_words` how the due date came about. `signatory` is who is asked
    to sign off, as a person here or by name and address; `deputy_because` why that is not the head of organisation; `figures` are those of the last draft, counted at `counted_at`; `sent_content` what they are shown, as it stood when it was sent.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    kind = models.SlugField("kind", max_length=60)
    title = models.CharField("title", max_length=200)
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    signed_on = models.DateField("your organisation signed on", null=True, blank=True)
    stage = models.CharField("stage", max_length=20, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    due_words = models.CharField(max_length=400, blank=True)
    state = models.CharField("state", max_length=12, choices=ReportState, default=ReportState.DRAFT, editable=False)
    signatory = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signatory_name = models.CharField("who signs off", max_length=150, blank=True)
    signatory_email = models.EmailField("e-mail", blank=True)
    deputy_because = models.CharField("why somebody else signs", max_length=300, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    figures = models.JSONField(default=list, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_content = models.JSONField(null=True, editable=False)
    signed_off_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="report_period_runs_forward"),
            models.CheckConstraint(
                condition=Q(signed_off_at=None) & ~Q(state=ReportState.SIGNED_OFF)
                | Q(signed_off_at__isnull=False, state=ReportState.SIGNED_OFF),
                name="report_signed_off_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(sent_at__isnull=False, sent_content__isnull=False),
                name="report_sent_before_sign_off",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:show_report", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {ReportState.FOR_SIGN_OFF: "waiting", ReportState.SIGNED_OFF: "done"}
        return tones.get(ReportState(self.state), "plain")

    @property
    def is_open(self) -> bool:
        """Whether its words can be changed."""
        return self.state == ReportState.DRAFT

    @property
    def signatory_words(self) -> str:
        return self.signatory.name if self.signatory else self.signatory_name


class ReportSection(OwnedByOrganisation):
    """One section. `text` is what people made of it; `draft` what was recorded, drafted last (`drafting.py` says its shape), never over the text.

    `drafts` are the keys of what the draft is made of, `limit` the most words, nothing where there is no limit.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    order = models.PositiveIntegerField()
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    asks = models.TextField(blank=True)
    limit = models.PositiveIntegerField(null=True, blank=True)
    drafts = models.JSONField(default=list)
    text = models.TextField("text", blank=True, max_length=40_000)
    with_tables = models.BooleanField("with the tables", default=True)
    is_done = models.BooleanField("finished", default=False)
    draft = models.JSONField(default=dict)
    drafted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["report_id", "order"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="report_section_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.words > self.limit

    @property
    def is_untouched(self) -> bool:
        """Whether it still says only what was drafted."""
        return self.changed_by_id is None

    @property
    def length(self) -> str:
        """How long it is, in words."""
        return length_words(self.words, self.limit)

    @property
    def state_words(self) -> tuple[str, str]:
        """Where it stands, and the tone of that."""
        if self.is_over:
            return "Too long", "late"
        if self.is_done:
            return "Finished", "done"
        if not self.text.strip():
            return "Empty", "plain"
        return ("Drafted", "plain") if self.is_untouched else ("In progress", "going")


class SectionComment(OwnedByOrganisation):
    """What a colleague says of a section."""

    section = models.ForeignKey(ReportSection, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField("comment", max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_by=None) | Q(resolved_at__isnull=False), name="comment_resolved_says_when"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ReportEvent(OwnedByOrganisation):
    """What happened to a report between being written and being signed off; never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Happened)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way, default=Way.HERE)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Happened.values), name="report_event_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Happened.SENT_BACK) | ~Q(note=""), name="report_sent_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(Happened(self.kind).label)


class SignOffKey(OwnedByOrganisation):
    """What lets somebody without an account sign a report off from a mail; only the hash is kept. Ended by `ended_at` or by time."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=150)
    email = models.EmailField()
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Link for {self.name}"


class FrozenReport(OwnedByOrganisation):
    """A report as it was signed off, for good: the database changes and removes none. `freezing.py` says what `content` holds."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="frozen")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    signed_by = models.CharField(max_length=150)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report"], name="report_frozen_once")]

    def __str__(self) -> str:
        return str(self.content.get("title", ""))


class OfficialForm(OwnedByOrganisation):
    """A Word form that somebody else wants filled. `fields` are as `filling.read` found them, `fingerprint` the same for the same form next year."""

    name = models.CharField("file", max_length=255)
    fingerprint = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    fields = models.JSONField()
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-handed_in_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="official_form_once")]

    def __str__(self) -> str:
        return self.name


class FormContent(OwnedByOrganisation):
    """The bytes of a form, apart so that lists do not carry them."""

    form = models.OneToOneField(OfficialForm, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.form)


class FieldMatch(OwnedByOrganisation):
    """What a field of a form is filled with, remembered for every form of the same fingerprint. `meaning` is a key of `filling.meanings`."""

    fingerprint = models.CharField(max_length=64)
    field = models.CharField(max_length=120)
    meaning = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["fingerprint", "field"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint", "field"], name="field_match_once")
        ]

    def __str__(self) -> str:
        return self.field
