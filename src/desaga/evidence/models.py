from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from .states import STANDING, Kind, Scan, State

LONGEST_TITLE, LONGEST_WORDS, LONGEST_LINK = 200, 2000, 1000
#: So many days before it runs out, those who run the programme are reminded.
REMINDED_BEFORE = timedelta(days=30)
TONES = {
    State.WAITING: "waiting", State.ACCEPTED: "done", State.NOT_ACCEPTED: "late",
    State.REPLACED: "stopped", State.TAKEN_BACK: "stopped",
}  # fmt: skip


def in_force_on(day: date, of: str = "") -> Q:
    """Stands, and has not run out; the last day counts. Of one piece: `Evidence.is_in_force`."""
    not_past = Q(**{f"{of}expires_on": None}) | Q(**{f"{of}expires_on__gte": day})
    return Q(**{f"{of}state__in": STANDING}) & not_past


class Evidence(OwnedByOrganisation):
    """One piece of evidence: a file, a link, or a record of Desaga; what it serves is told by those who use it.

    `given_by` is who supplied it, in words; `person` where that is known; `entered_by` the account that wrote it down, which may be
    another's, or nobody's where it came by a link. `record_kind` and `record_id` name a record as `records.py` knows it. The bytes
    of a file are `EvidenceContent`: without that row they are gone. `submission` keeps a form sent twice from being two pieces.
    """

    kind = models.CharField("kind", max_length=10, choices=Kind, editable=False)
    title = models.CharField("title", max_length=LONGEST_TITLE)
    shows = models.TextField("what it shows", blank=True, max_length=LONGEST_WORDS)
    is_technician_voice = models.BooleanField("in technicians’ own words", default=False)
    expires_on = models.DateField("runs out", null=True, blank=True)
    link = models.CharField("address", max_length=LONGEST_LINK, blank=True, editable=False)
    record_kind = models.CharField(max_length=100, blank=True, editable=False)
    record_id = models.BigIntegerField(null=True, editable=False)
    file_name = models.CharField("file", max_length=200, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField("size in bytes", default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE, editable=False)
    given_by = models.CharField("given by", max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    given_at = models.DateTimeField("given", default=timezone.now, editable=False)
    state = models.CharField("state", max_length=15, choices=State, default=State.WAITING, editable=False)
    reason = models.TextField("why it is not accepted", blank=True, max_length=LONGEST_WORDS, editable=False)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaces"
    )
    submission = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["organisation", "state"], name="evidence_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="evidence_state_known"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="evidence_scan_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.FILE, link="", record_id=None) & ~Q(file_name="") & ~Q(sha256="")
                | Q(kind=Kind.LINK, file_name="", record_id=None) & ~Q(link="")
                | Q(kind=Kind.RECORD, file_name="", link="", record_id__isnull=False) & ~Q(record_kind=""),
                name="evidence_is_one_of_three",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="evidence_link_is_of_the_web",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.NOT_ACCEPTED) | ~Q(reason=""), name="evidence_not_accepted_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=State.REPLACED, replaced_by__isnull=False)
                | ~Q(state=State.REPLACED) & (Q(replaced_by=None) | Q(state=State.TAKEN_BACK)),
                name="evidence_replaced_by_something",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")), name="evidence_not_replaced_by_itself"
            ),
            models.UniqueConstraint(fields=["organisation", "submission"], name="evidence_sent_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:show_evidence", args=[self.organisation.slug, self.pk])

    @property
    def has_run_out(self) -> bool:
        return self.state in STANDING and self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def runs_out_soon(self) -> bool:
        """Whether its last day is near, and not past."""
        if self.expires_on is None or self.state not in STANDING:
            return False
        return timezone.localdate() <= self.expires_on <= timezone.localdate() + REMINDED_BEFORE

    @property
    def state_words(self) -> str:
        """Where it stands, for its tag."""
        return "Has run out" if self.has_run_out else str(State(self.state).label)

    @property
    def tone(self) -> str:
        return "late" if self.has_run_out else TONES[State(self.state)]

    @property
    def has_file(self) -> bool:
        """Whether its file can be fetched: the scanner is past it, and nobody took it back."""
        return self.kind == Kind.FILE and self.state != State.TAKEN_BACK and self.scan in (Scan.NONE, Scan.CLEAN)

    @property
    def site(self) -> str:
        """Where a link leads, to be read before it is followed."""
        return urlsplit(self.link).hostname or ""

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING


class EvidenceContent(OwnedByOrganisation):
    """The bytes of a file. Never in a list; removed when the evidence is taken back."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.evidence)


class EvidenceChange(OwnedByOrganisation):
    """That evidence went from one state to another; never changed."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=15, choices=State, blank=True)
    became = models.CharField(max_length=15, choices=State)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(became__in=State.values, was__in=["", *State.values]), name="evidence_change_states_known"
            )
        ]

    def __str__(self) -> str:
        return str(State(self.became).label)
