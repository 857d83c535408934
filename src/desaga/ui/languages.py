"""The languages in which pages and stories are written. Pure: no models."""

from __future__ import annotations

ENGLISH, WELSH = "en-GB", "cy"
LANGUAGES = [(ENGLISH, "English"), (WELSH, "Welsh")]
#: What each language calls itself.
NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}
