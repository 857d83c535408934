"""What is kept of files while a request is being read: before any page could say that they are too large."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Throws away what a request's files hold beyond `LARGEST_UPLOAD`, so that nobody fills the disk.

    A little more than the limit is kept: the form sees a file that is too large, and says so in its own words. Of several files
    together, the last may come short: the request is marked `upload_was_cut`, and a page that takes several heeds it.
    """

    kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.kept > settings.LARGEST_UPLOAD:
            self.request.upload_was_cut = True  # type: ignore[union-attr]
            return None
        self.kept += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file itself is made by the handlers that follow."""
