"""The same page in English and in Welsh: the Welsh one stands under the English one, and each leads to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ENGLISH, WELSH = "en-GB", "cy"
LANGUAGES = [(ENGLISH, "English"), (WELSH, "Welsh")]
#: What each language calls itself.
NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}
#: What stands around every page, in each language.
WORDS = {
    ENGLISH: {"skip": "Skip to the page", "menu": "This site", "more": "More of this site", "trail": "Breadcrumb", "on": "on", "accessibility": "Accessibility", "privacy": "Privacy"},
    WELSH: {"skip": "Neidio i’r dudalen", "menu": "Y wefan hon", "more": "Mwy o’r wefan hon", "trail": "Briwsion bara", "on": "ar", "accessibility": "Hygyrchedd", "privacy": "Preifatrwydd"},
}  # fmt: skip


@dataclass(frozen=True)
class InLanguage:
    """A page in one of its languages."""

    language: str
    page: Any

    @property
    def name(self) -> str:
        return NAMES[self.language]


def in_welsh(page: Any) -> bool:
    return getattr(page.specific, "language", ENGLISH) == WELSH


def may_have_pages_below(page: Any) -> bool:
    """Whether pages of their own stand below it, not only what it says itself."""
    from .models.pages import HomePage, StandardPage

    return isinstance(page.specific, HomePage | StandardPage)


def welsh_of(page: Any, *, only_live: bool = False) -> Any:
    """The page that says in Welsh what this one says, or None."""
    from .models import StandardPage

    if not page.numchild or "website.StandardPage" not in type(page).subpage_types:
        return None
    below = StandardPage.objects.child_of(page).filter(language=WELSH)
    return (below.live() if only_live else below).first()


def languages_of(page: Any) -> list[InLanguage]:
    """The page in each language in which it is there, English first; nothing where there is one alone. At most one query."""
    if getattr(page, "language", ENGLISH) == WELSH:
        above = page.get_parent()
        return [InLanguage(ENGLISH, above), InLanguage(WELSH, page)] if above.live else []
    welsh = welsh_of(page, only_live=True)
    return [InLanguage(ENGLISH, page), InLanguage(WELSH, welsh)] if welsh else []
