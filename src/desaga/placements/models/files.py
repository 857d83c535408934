from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from desaga.evidence.states import Scan
from desaga.organisations.ownership import OwnedByOrganisation

from .application import Application


class ApplicationFile(OwnedByOrganisation):
    """A file that stands as the answer to one question. Another in its place removes it; the bytes are a row of their own."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=40)
    name = models.CharField("file", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["application_id", "key"]
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="application_file_once"),
            models.CheckConstraint(condition=models.Q(scan__in=Scan.values), name="application_file_scan_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_fetched(self) -> bool:
        """Whether the scanner, where there is one, is past it."""
        return self.scan in (Scan.NONE, Scan.CLEAN)


class ApplicationFileContent(OwnedByOrganisation):
    """The bytes of a file. Never in a list."""

    file = models.OneToOneField(ApplicationFile, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file)


class RedactedFile(OwnedByOrganisation):
    """A copy of a file without what tells who made it, made by those who run the scheme: the panel reads it in the file's place while names are hidden."""

    file = models.OneToOneField(ApplicationFile, on_delete=models.CASCADE, related_name="redacted")
    file_name = models.CharField("file", max_length=200)
    content = models.BinaryField()
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.file_name
