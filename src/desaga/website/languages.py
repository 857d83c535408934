"""The same page in English and in Welsh: the Welsh one stands under the English one, and each leads to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desaga.ui.languages import ENGLISH, NAMES, WELSH

#: What stands around every page, in each language.
WORDS = {
    ENGLISH: {"skip": "Skip to the page", "menu": "This site", "more": "More of this site", "trail": "Breadcrumb", "on": "on", "accessibility": "Accessibility", "privacy": "Privacy"},
    WELSH: {"skip": "Neidio i’r dudalen", "menu": "Y wefan hon", "more": "Mwy o’r wefan hon", "trail": "Briwsion bara", "on": "ar", "accessibility": "Hygyrchedd", "privacy": "Preifatrwydd"},
}  # fmt: skip
#: How search engines and whoever shares a page call each language.
LOCALES = {ENGLISH: "en_GB", WELSH: "cy_GB"}
#: What stands beside a story, in each language.
LABELS = {
    ENGLISH: {
        "language": "English", "facts": "Facts", "way": "Way in", "registration": "Registration", "place": "Place", "field": "Field", "fields": "Fields", "shows": "Shows",
        "curious": "Curious?", "ask": "Ask a technician a question", "teachers": "For teachers", "another": "Meet another",
        "seen": "What one sees in the film", "said": "What is said in the film",
    },
    WELSH: {
        "language": "Cymraeg", "facts": "Ffeithiau", "way": "Y ffordd i mewn", "registration": "Cofrestriad proffesiynol", "place": "Lle", "field": "Maes", "fields": "Meysydd",
        "shows": "Yn dangos", "curious": "Eisiau gwybod mwy?", "ask": "Gofynnwch gwestiwn i dechnegydd", "teachers": "I athrawon",
        "another": "Dyma un arall", "seen": "Beth sydd i’w weld yn y ffilm", "said": "Beth sy’n cael ei ddweud yn y ffilm",
    },
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


def story_beside(story: Any) -> Any:
    """The page on which a story is shown today in the other language, or None."""
    from .models import StoryPage
    from .queries import shown

    same = StoryPage.objects.filter(story=story.says) if story.says else StoryPage.objects.filter(says=story.story)
    return shown(same).first()


def languages_of(page: Any) -> list[InLanguage]:
    """The page in each language in which it is there, English first; nothing where there is one alone. At most one query."""
    from .models import StoryPage

    if isinstance(page, StoryPage):
        other = story_beside(page)
        both = [InLanguage(page.language, page), InLanguage(other.language, other)] if other else []
        return sorted(both, key=lambda one: one.language == WELSH)
    if getattr(page, "language", ENGLISH) == WELSH:
        above = page.get_parent()
        return [InLanguage(ENGLISH, above), InLanguage(WELSH, page)] if above.live else []
    welsh = welsh_of(page, only_live=True)
    return [InLanguage(ENGLISH, page), InLanguage(WELSH, welsh)] if welsh else []
