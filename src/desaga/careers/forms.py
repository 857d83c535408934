from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from desaga.consents.states import What
from desaga.ui.forms import FilterForm, TrapMixin

from . import queries
from .kinds import FROM, LEARNS, LONGEST_TEXT, MANY, NATIONS, Kind, Part, complaints, tidied
from .models.questions import LONGEST_ANSWER, LONGEST_LINE, LONGEST_QUESTION
from .models.work import LONGEST_WISH
from .noticing import tells_who
from .states import InterestState, QuestionState

WITHOUT_NAMES = "No names, no school, no address, no number: nothing that tells who you or others are."


def line(label: str, *, most: int = LONGEST_LINE, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **kwargs)


def text(label: str, *, most: int, rows: int = 4, required: bool = True, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=area)


def field_choices() -> list[tuple[str, str]]:
    return [(entry.key, entry.name) for entry in queries.book().of("field")]


def refuse_telling(words: str) -> str:
    """A sentence of what has to go; empty where nothing has."""
    found = tells_who(words)
    return f"This looks like {found[0]}. Take it out, then send it again." if found else ""


class AskForm(TrapMixin, forms.Form):
    """A question to technicians. Nothing is asked of who asks."""

    words = text("Your question", most=LONGEST_QUESTION, help_text=WITHOUT_NAMES)
    about = forms.ChoiceField(label="What it is about", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = queries.book()
        groups = [("Fields of work", book.of("field")), ("Routes in", book.of("route"))]
        grouped = [(label, [(one.key, one.name) for one in entries]) for label, entries in groups]
        self.fields["about"].choices = [("", "Anything"), *grouped]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        if told := refuse_telling(self.cleaned_data["words"]):
            raise forms.ValidationError(told)
        return str(self.cleaned_data["words"])


class BeginInterestForm(TrapMixin, forms.Form):
    """The school's address, and what one would like to see. Nothing of a pupil."""

    email = forms.EmailField(
        label="The school’s or the teacher’s e-mail", max_length=LONGEST_LINE, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="An address at the school, not one of your own. We write there, and nowhere else.",
    )  # fmt: skip
    fields_of_work = forms.MultipleChoiceField(
        label="What you would like to see", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_of_work"].choices = field_choices()  # type: ignore[attr-defined]


class ConfirmInterestForm(forms.Form):
    """What the school says: who at the school arranges it, and what is wished. Nothing of a pupil."""

    name = line("Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    position = line("Your position", help_text="Such as: careers leader.")
    school = line("School or college")
    pupils = forms.IntegerField(label="How many pupils", min_value=1, max_value=60)
    years = line("Which years", most=60, help_text="Such as: Years 10 and 11, or S4.")
    wanted = line("When", help_text="Such as: a week in July.")
    fields_of_work = forms.MultipleChoiceField(
        label="Fields of work", required=False, widget=forms.CheckboxSelectMultiple
    )
    wish = text(
        "What they would like to see or try", most=LONGEST_WISH, required=False,
        help_text="Nothing that tells who a pupil is, or how they are. What we need to know for their safety, you tell us on the telephone.",
    )  # fmt: skip
    arranges = forms.BooleanField(label="I work at this school and arrange work experience there, with the parents’ or carers’ agreement")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_of_work"].choices = field_choices()  # type: ignore[attr-defined]

    def clean_wish(self) -> str:
        if told := refuse_telling(self.cleaned_data["wish"]):
            raise forms.ValidationError(told)
        return str(self.cleaned_data["wish"])


class AnswerForm(forms.Form):
    """A technician's answer, and what may be shown of them. Nothing is ticked beforehand."""

    answer = text("Your answer", most=LONGEST_ANSWER, rows=8, help_text="As you would tell it to somebody of fourteen. A few sentences are enough.")  # fmt: skip
    job = line("Your job", help_text="It stands beside your answer.")
    employer = line("Where you work", required=False)
    what = forms.MultipleChoiceField(
        label="What else may stand beside it", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(What.NAME.value, "My name"), (What.EMPLOYER.value, "Where I work")],
    )  # fmt: skip
    is_adult = forms.BooleanField(
        label="I am 18 or over",
        help_text="Are you younger? Then a parent or guardian has to agree too. Press “Somebody else should answer this”, and say so to whoever sent you the link.",
        error_messages={"required": "Answers are taken from people who are 18 or over. Tick this if you are; if not, let somebody else answer."},
    )  # fmt: skip
    agrees = forms.BooleanField(
        label="My answer may be shown on the site", help_text="For two years. You get a link with which you take it back on any day."
    )  # fmt: skip


class WordForm(forms.Form):
    shown = text("As it will be shown", most=LONGEST_QUESTION, help_text="Take out what tells who asked. Mend no more than is needed.")  # fmt: skip

    def clean_shown(self) -> str:
        if told := refuse_telling(self.cleaned_data["shown"]):
            raise forms.ValidationError(told)
        return str(self.cleaned_data["shown"])


class SendForm(forms.Form):
    technician = line("Which technician", help_text="The name by which you write to them.")
    email = forms.EmailField(label="Their e-mail", max_length=LONGEST_LINE)


class AskAgainForm(forms.Form):
    said = text("What should be changed", most=LONGEST_QUESTION, help_text="They read this beside their answer. Their words are theirs: only they change them.")  # fmt: skip


class DoorsForm(forms.Form):
    takes_questions = forms.BooleanField(label="Young people can ask technicians a question", required=False, help_text="You read each one, and a technician answers, before anything is shown.")  # fmt: skip
    takes_interest = forms.BooleanField(label="Schools can ask for work experience", required=False, help_text="You get the school’s address, never a pupil’s.")  # fmt: skip
    offers = text("What you offer schools", most=1000, required=False, help_text="It stands over the form: which weeks, which years, what they would do.")  # fmt: skip
    safeguarding = line("Who answers for safeguarding", required=False)
    safeguarding_email = forms.EmailField(label="Their e-mail", max_length=LONGEST_LINE, required=False, help_text="It stands on the page; schools answer to it.")  # fmt: skip
    vacancies_address = forms.URLField(label="Where your vacancies are", max_length=300, required=False, assume_scheme="https")  # fmt: skip


class QuestionFilterForm(FilterForm):
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *QuestionState.choices])


class InterestFilterForm(FilterForm):
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *[one for one in InterestState.choices if one[0] != InterestState.SENT]])  # fmt: skip


class EntryForm(forms.Form):
    """One entry of the reference data: its fields are its kind's. What is wrong is said beside the field."""

    def __init__(self, *args: Any, kind: Kind, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.is_new = kind, is_new
        for part in kind.parts:
            self.fields[part.name] = field_of(part)
        self.fields["why"] = line("What you changed, and why", required=False, help_text="It stands in the history.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, told in complaints(self.kind, tidied(self.kind, said)).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, told)
        return said

    @property
    def content(self) -> dict[str, Any]:
        return tidied(self.kind, self.cleaned_data)

    @property
    def key(self) -> str:
        return slugify(self.cleaned_data["name"])[:60]


def field_of(part: Part) -> forms.Field:
    if part.shape == "ticks":
        return forms.MultipleChoiceField(label=part.label, choices=list(part.choices.items()), required=part.needed, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    if part.shape == "choice":
        return forms.ChoiceField(label=part.label, choices=list(part.choices.items()), required=part.needed)
    if part.shape in MANY or part.shape == "text":
        return text(part.label, most=6 * LONGEST_TEXT, rows=5, required=part.needed, help_text=part.hint)
    return line(part.label, most=500, required=part.needed, help_text=part.hint)


def initial_of(kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as its form shows it: lists as lines."""
    as_lines = {part.name for part in kind.parts if part.shape in MANY and part.shape != "ticks"}
    return {name: "\n".join(value) if name in as_lines else value for name, value in content.items()}


class FinderForm(forms.Form):
    """What could I do? Read from the address alone; nothing of it is kept."""

    likes = forms.MultipleChoiceField(label="What do you like doing?", required=False, widget=forms.CheckboxSelectMultiple, help_text="Tick as many as you like.")  # fmt: skip
    nation = forms.ChoiceField(label="Where do you live?", required=False, choices=[("", "Any"), *NATIONS.items()])  # fmt: skip
    start = forms.ChoiceField(label="When could you start?", required=False, choices=[("", "Any"), *FROM.items()])  # fmt: skip
    learns = forms.ChoiceField(label="How would you like to learn?", required=False, choices=[("", "Any"), *LEARNS.items()])  # fmt: skip

    def __init__(self, *args: Any, interests: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["likes"].choices = [(one.key, one.name) for one in interests]  # type: ignore[attr-defined]
