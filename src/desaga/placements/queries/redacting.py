"""The files of an application, and their copies without names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from ..models import Application, ApplicationFile, RedactedFile


def files_with_copies(application: Application) -> list[ApplicationFile]:
    """Each with its copy, where there is one, and without the bytes of either."""
    rows = ApplicationFile.objects.filter(application=application).select_related("redacted__by__person")
    return list(rows.defer("redacted__content").order_by("key"))


def redacted_or_404(application: Application, pk: int) -> RedactedFile:
    rows = RedactedFile.objects.select_related("file__application")
    return get_object_or_404(rows, file__application=application, pk=pk)
