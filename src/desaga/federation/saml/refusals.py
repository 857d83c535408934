"""Why metadata or an answer is not believed, each in a sentence that a user may read."""

from __future__ import annotations


class MetadataRefused(Exception):
    """Metadata that cannot be used; the text says why and what to do."""


class AnswerRefused(Exception):
    """An institution's answer that is not believed.

    The text is for whoever signs in; `because` is for the log, and holds nothing of them.
    """

    def __init__(self, message: str, *, because: str = "") -> None:
        super().__init__(message)
        self.because = because or message
