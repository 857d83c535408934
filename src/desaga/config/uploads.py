"""What is kept of files while a request is being read: before any page could say that they are too large."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Throws away what a request's files hold beyond `LARGEST_UPLOAD`, so that nobody fills the disk.

    A little more than the limit is kept: the form sees a file that is too large, and says so in its own words.
    """

    kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.kept > settings.LARGEST_UPLOAD:
            return None
        self.kept += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file itself is made by the handlers that follow."""
