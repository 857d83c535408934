from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings

from desaga.consents.forms import AskConsentForm, ticks
from desaga.consents.states import What, Where
from desaga.evidence.forms import EvidenceFileField, choose_again
from desaga.ui.forms import DatePartsField, FilterForm, TrapMixin
from desaga.ui.languages import ENGLISH, LANGUAGES

from . import queries
from .content import HINTS, SECTIONS
from .models import Story, StoryPicture
from .models.stories import (
    LONGEST_ALT,
    LONGEST_LINE,
    LONGEST_PLACE,
    LONGEST_QUOTE,
    LONGEST_SECTION,
    LONGEST_SUMMARY,
)
from .operations.calls import Sent
from .states import Pillar, Route, StoryState

PICTURE = {"accept": ".jpg,.jpeg,.png,.webp"}


def line(label: str, *, most: int = LONGEST_LINE, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **kwargs)


def text(label: str, help_text: str = "", rows: int = 7, most: int = LONGEST_SECTION) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class StartStoryForm(forms.Form):
    name = line("Whom one meets", required=True, help_text="As they wish to be called.")
    person_email = forms.EmailField(
        label="Their e-mail", max_length=LONGEST_LINE, help_text="There they are asked for consent, and read the story before anybody else does."
    )  # fmt: skip
    job = line("Their job")
    language = forms.ChoiceField(
        label="Written in", choices=LANGUAGES, initial=ENGLISH, widget=forms.RadioSelect,
        help_text="A story that is there in English is said in Welsh from its own page.",
    )  # fmt: skip


class PartForm(forms.Form):
    """One group of fields. `seen` says how the story stood when the page was opened; what is written in another language is spelt and spoken so."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = ""
    own_words = (*SECTIONS, "job", "summary", "quote")

    def __init__(self, *args: Any, language: str = ENGLISH, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language != ENGLISH:
            for name in self.fields.keys() & {*self.own_words}:
                self.fields[name].widget.attrs["lang"] = language


class WhoForm(PartForm):
    title = "Who it is"
    name = line("Whom one meets", required=True)
    person_email = forms.EmailField(label="Their e-mail", max_length=LONGEST_LINE)
    job = line("Job", help_text="As they would say it at a party, such as: I blow glass for chemists.")
    employer = line("Employer")
    place = line("Place", most=LONGEST_PLACE, help_text="A town is enough.")
    summary = text("In one sentence", "What makes one read on.", rows=2, most=LONGEST_SUMMARY)


class WorkForm(PartForm):
    title = "The work"
    what_i_do = text(SECTIONS["what_i_do"], HINTS["what_i_do"])
    what_i_love = text(SECTIONS["what_i_love"], HINTS["what_i_love"])
    skills = text(SECTIONS["skills"], HINTS["skills"])


class WayForm(PartForm):
    title = "The way there"
    how_i_got_here = text(SECTIONS["how_i_got_here"], HINTS["how_i_got_here"])
    route = forms.ChoiceField(label="Route in", choices=[("", "Not said"), *Route.choices], required=False)
    registration = line("Registration", help_text="Such as RSciTech or EngTech, if they have one and wish to say so.")
    advice = text(SECTIONS["advice"], HINTS["advice"])
    quote = text("A sentence to quote", "In their own words. It can stand on a poster.", rows=2, most=LONGEST_QUOTE)


class TagsForm(PartForm):
    title = "How it is found"
    pillars = forms.MultipleChoiceField(
        label="Pillars of the Technician Commitment",
        choices=Pillar.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_of_work = forms.MultipleChoiceField(label="Fields", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.get("initial") or {}
        kwargs["initial"] = {**initial, "fields_of_work": initial.get("fields", [])}
        super().__init__(*args, **kwargs)
        self.fields["fields_of_work"].choices = queries.field_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["fields"] = said.pop("fields_of_work", [])
        return said


#: The parts of a story, each a page: its place in the address, and its form.
PARTS = {"who": WhoForm, "work": WorkForm, "way": WayForm, "tags": TagsForm}


def initial_of(story: Story) -> dict[str, Any]:
    names = {name for form in PARTS.values() for name in form.base_fields} | {"fields"}
    return {name: getattr(story, name) for name in names if hasattr(story, name)}


class PictureWordsForm(forms.Form):
    """What is said of a picture: words, or that it is decorative. One of the two has to be chosen."""

    alt_choice = forms.ChoiceField(
        label="For those who cannot see it", widget=forms.RadioSelect,
        choices=[("words", "It shows something: I say what in the next field"), ("decorative", "It is decorative: nothing is lost without it")],
    )  # fmt: skip
    alt = line(
        "What it shows",
        most=LONGEST_ALT,
        help_text="As you would tell it on the phone, such as: Ada bends a glowing glass tube over a burner.",
    )
    shows_person = forms.BooleanField(
        label="The person can be seen in it", required=False, initial=True, help_text="Such pictures are shown only if they agreed to pictures of them."
    )  # fmt: skip
    credit = line("Who took it")
    caption = line("Caption", most=LONGEST_SUMMARY)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        choice = said.pop("alt_choice", None)
        said["is_decorative"] = choice == "decorative"
        if choice == "words" and not said.get("alt") and "alt" not in self.errors:
            self.add_error("alt", "Say in a sentence what it shows, or choose that it is decorative.")
        if said["is_decorative"]:
            said["alt"] = ""
        return said


class AddPictureForm(PictureWordsForm):
    file = EvidenceFileField(
        label="A picture", help_text="A .jpg, .png or .webp. Where and when it was taken is removed from it."
    )

    field_order = ("file", "alt_choice", "alt", "shows_person", "credit", "caption")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        self.fields["file"].widget.attrs |= PICTURE


class DescribeVideoForm(forms.Form):
    """What is said of a film: for whoever cannot see it, and for whoever has not begun it."""

    shows = text(
        "What one sees in it",
        "For people who cannot see it: who does what, with what, where. It is read below the film.",
    )
    poster: Any = forms.ModelChoiceField(
        label="The picture before it plays", required=False, queryset=StoryPicture.objects.none(), empty_label="None",
        help_text="A picture of this story. Without one, the film begins black.",
    )  # fmt: skip

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poster"].queryset = queries.pictures_of(story)  # type: ignore[attr-defined]


class VideoForm(DescribeVideoForm):
    title = line("What the film is called", required=True)
    film = forms.FileField(
        label="The film", help_text="An .mp4 or .webm.", widget=forms.FileInput(attrs={"accept": ".mp4,.webm"})
    )
    captions = forms.FileField(
        label="Its captions", required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".vtt"}),
        help_text="A .vtt file. No film is kept without.",
    )  # fmt: skip

    def clean_film(self) -> Any:
        film = self.cleaned_data["film"]
        if film.size > settings.LARGEST_EVIDENCE:
            raise forms.ValidationError(
                f"The film is larger than {settings.LARGEST_EVIDENCE // 1024 // 1024} MB. Save it smaller, or shorter."
            )
        return film


class StoryConsentForm(AskConsentForm):
    """The same as any other, with whom it is about known already."""


class ApproveForm(forms.Form):
    name = line("Your name", required=True)
    words = text("What is to be changed", "Only if something is. Say it as you would to a friend.", rows=4)


class GiveBackForm(forms.Form):
    reason = text("What is to be changed first", "Whoever wrote it reads this.", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class TakeDownForm(forms.Form):
    reason = text("Why", "It stands in the history.", rows=3)


class StoryFilterForm(FilterForm):
    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *StoryState.choices])
    field = forms.ChoiceField(label="Field", required=False)
    route = forms.ChoiceField(label="Route in", required=False, choices=[("", "All"), *Route.choices])
    pillar = forms.ChoiceField(label="Pillar", required=False, choices=[("", "All"), *Pillar.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "All"), *queries.field_choices()]  # type: ignore[attr-defined]


class CallForm(forms.Form):
    title = line("Title", required=True)
    words = forms.CharField(
        label="What you ask for", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Who should write, about what, and what becomes of it. Everybody reads this while the call is open.",
    )  # fmt: skip
    asks = forms.MultipleChoiceField(
        label="What contributors write", choices=list(SECTIONS.items()), widget=forms.CheckboxSelectMultiple
    )
    until = DatePartsField(label="Open until", help_text="The last day counts.")
    consent_until = DatePartsField(
        label="What comes of it may be shown until",
        help_text="Contributors agree to this day. At most five years from now.",
    )


class ContributeForm(TrapMixin, forms.Form):
    """What a contributor fills in. Nothing is ticked beforehand."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = line(
        "Your name",
        required=True,
        help_text="As you wish to be called.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail", max_length=LONGEST_LINE, help_text="You get one e-mail, and press its link to say that this is from you. It is not shown.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    job = line("Your job", required=True)
    employer = line("Where you work")
    picture = EvidenceFileField(
        label="A picture of you at work",
        help_text="If you like. A .jpg, .png or .webp. Where and when it was taken is removed from it.",
    )
    alt = line("What the picture shows", most=LONGEST_ALT, help_text="In a sentence, for those who cannot see it.")
    credit = line("Who took it")
    what = ticks("What of you may be shown", What.choices)
    where = ticks("Where it may be shown", Where.choices)
    is_adult = forms.BooleanField(
        label="I am 18 or over", help_text="If you are younger, write to us instead: then a parent or guardian is asked too."
    )  # fmt: skip

    def __init__(self, *args: Any, call: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["picture"].widget.attrs |= PICTURE
        for key in call.asks:
            self.fields[key] = text(SECTIONS[key], HINTS.get(key, ""))
        last = ("picture", "alt", "credit", "what", "where", "is_adult")
        self.order_fields(["submission", "name", "email", "job", "employer", *call.asks, *last])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any(said.get(key) for key in self.call.asks) and not any(key in self.errors for key in self.call.asks):
            self.add_error(self.call.asks[0], "Write at least one of these.")
        if said.get("picture") and not said.get("alt"):
            self.add_error("alt", "Say in a sentence what the picture shows.")
        choose_again(self, "picture")
        return said

    @property
    def sent(self) -> Sent:
        said = self.cleaned_data
        named = ("name", "email", "job", "employer", "what", "where", "picture", "alt", "credit", "submission")
        return Sent(answers={key: said[key] for key in self.call.asks}, **{name: said[name] for name in named})


class FieldForm(forms.Form):
    name = line("A new field", most=60, required=True)
