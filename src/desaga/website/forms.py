"""What a reader of the site may ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from desaga.careers.kinds import NATIONS
from desaga.charters.queries import KINDS
from desaga.charters.queries import NATIONS as CHARTER_NATIONS
from desaga.ui.forms import FindForm
from desaga.ui.languages import WELSH

from .languages import in_welsh, may_have_pages_below, welsh_of
from .queries import organisation_of


class ShownForm(WagtailAdminPageForm):
    """The editor's form of what may show people: the consents are those of the site's own organisation that hold for its site today."""

    consents = forms.TypedMultipleChoiceField(
        label="Consents it rests on",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from .consenting import consents_offered

        place = self.instance if self.instance.pk else self.parent_page
        organisation = organisation_of(place) if place else None
        if "consents" in self.fields:
            self.fields["people"].required = False
            self.fields["consents"].choices = (
                consents_offered(organisation, self.instance.rests_on) if organisation else []
            )  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        # A form that does not say is one that shows nobody.
        said["people"] = said.get("people") or "nobody"
        shows_people = said["people"] == "agreed"
        if shows_people and not said.get("consents") and "consents" not in self.errors:
            self.add_error("consents", "Choose the consent of everybody who can be recognised or is quoted.")
        if not shows_people:
            said["consents"] = []
        return said


class StandardPageForm(ShownForm):
    """A page in Welsh has one in English above it, and is the only one there; below it stands nothing."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if told := wrong_language(cleaned.get("language", ""), self.instance, self.parent_page):
            self.add_error("language", told)
        return cleaned


def wrong_language(language: str, page: Any, parent: Any) -> str:
    """Why a page cannot stand here in this language; empty where it can."""
    if in_welsh(parent):
        return "Nothing stands below a page in Welsh. Put this one under the page in English."
    if language != WELSH and not may_have_pages_below(parent):
        return "Below this page stands only what it says, in Welsh. Choose Welsh, or put the page elsewhere."
    if language == WELSH and (other := welsh_of(parent)) and other.pk != page.pk:
        return f"There is a Welsh version of this page: “{other.title}”."
    return ""


class FindStoriesForm(FindForm):
    """Which stories: by words, and by field, route in, place, employer, and what of technicians' work they show, of those that there are."""

    q = forms.CharField(label="Words", max_length=100, required=False)
    field = forms.ChoiceField(label="Field", required=False)
    route = forms.ChoiceField(label="Route in", required=False)
    place = forms.ChoiceField(label="Place", required=False)
    employer = forms.ChoiceField(label="Employer", required=False)
    shows = forms.ChoiceField(label="Shows", required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            self.fields[name].choices = [("", "All"), *((value, value) for value in values)]  # type: ignore[attr-defined]


class FindRoutesForm(FindForm):
    """Routes of which nation."""

    nation = forms.ChoiceField(label="Nation", required=False, choices=[("", "All four"), *NATIONS.items()])


class FindNotesForm(FindForm):
    """Notes for teachers: for whom, for what, with what."""

    stage = forms.ChoiceField(label="Age", required=False)
    benchmark = forms.ChoiceField(label="Gatsby Benchmark", required=False)
    route = forms.ChoiceField(label="With a route", required=False)
    field = forms.ChoiceField(label="With stories of a field", required=False)
    page = forms.ChoiceField(label="With a page", required=False)

    def __init__(self, *args: Any, book: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("stage", "benchmark", "route", "field"):
            named = [(one.key, f"{one.key}. {one.name}" if name == "benchmark" else one.name) for one in book.of(name)]
            self.fields[name].choices = [("", "All"), *named]  # type: ignore[attr-defined]
        pages = sorted({page for note in book.of("note") for page in note.content["pages"]})
        self.fields["page"].choices = [("", "All"), *((page, page) for page in pages)]  # type: ignore[attr-defined]
        if not pages:
            del self.fields["page"]


class FindQuestionsForm(FindForm):
    q = forms.CharField(label="Words", max_length=100, required=False)


class FindSignatoriesForm(FindForm):
    """Which signatories of a charter: by words, kind, nation, and stage where the charter has stages."""

    q = forms.CharField(label="Name", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    nation = forms.ChoiceField(label="Nation", required=False)
    cohort = forms.ChoiceField(label="Cohort", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)

    def __init__(self, *args: Any, charter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {"kind": KINDS, "nation": CHARTER_NATIONS, "cohort": charter.cohorts, "stage": charter.stages}
        for name, choices in known.items():
            if choices:
                self.fields[name].choices = [("", "Any"), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class FoundSiteForm(forms.Form):
    """What a site is called, and what it is in a sentence."""

    title = forms.CharField(
        label="What the site is called",
        max_length=120,
        help_text="It stands on the front page and in the browser's tab.",
    )
    summary = forms.CharField(
        label="In one or two sentences",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For search engines and for people who share the page.",
    )
