"""How forms reach the page: one renderer, and the few widgets that Django has not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

INPUT, TEXTAREA, SELECT, FILE = "govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload"
CLASS_OF_WIDGET = {
    **dict.fromkeys(("text", "number", "email", "url", "date", "datetime", "time", "search", "tel", "color"), INPUT),
    "password": f"{INPUT} govuk-js-password-input-input",
    "textarea": TEXTAREA,
    "select": SELECT,
    "file": FILE,
    "clearable_file_input": FILE,
    "drop_file": FILE,
}
DJANGO_WIDGETS, OUR_WIDGETS = "django/forms/widgets/", "ui/form/widgets/"


class DesagaRenderer(TemplatesSetting):
    """Renders `{{ form }}` as an error summary and field groups, and each widget with its classes.

    A widget template of ours (`ui/form/widgets/<name>.html`) goes before Django's of the same name.
    Needs `django.forms` among the installed apps, after `desaga.ui`.
    """

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"
    formset_template_name = "ui/form/formset.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(DJANGO_WIDGETS):
            try:
                return get_template(OUR_WIDGETS + template_name.removeprefix(DJANGO_WIDGETS))
            except TemplateDoesNotExist:
                pass
        return super().get_template(template_name)

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if "widget" in context:
            context = {**context, "widget": with_classes(context["widget"], template_name)}
        return super().render(template_name, context, request)


def with_classes(widget: Mapping[str, Any], template_name: str) -> dict[str, Any]:
    """A widget's context with the class that its kind has on screen, and its error state."""
    kind = template_name.rsplit("/", 1)[-1].removesuffix(".html")
    base = CLASS_OF_WIDGET.get(kind)
    if base is None:
        return dict(widget)
    attrs = dict(widget["attrs"])
    names = [base, f"{base.split()[0]}--error" if attrs.get("aria-invalid") == "true" else "", attrs.get("class", "")]
    attrs["class"] = " ".join(name for name in names if name)
    return {**widget, "attrs": attrs}


CHOOSERS = (forms.Select, forms.RadioSelect)
PLAIN_WORDS = {
    "This field is required.": "Fill this in.",
    "Enter a valid email address.": "Write an e-mail address like name@example.ac.uk.",
    "Enter a whole number.": "Write a whole number, such as 12.",
    "Enter a number.": "Write a number, such as 12.5.",
    "Enter a valid date.": "Write a date that exists, such as 27/03/2027.",
    "Enter a valid URL.": "Write a whole address, beginning with https://.",
    "The submitted file is empty.": "This file is empty. Choose another.",
    "No file was submitted. Check the encoding type on the form.": "Choose a file.",
}

TOO_LONG = re.compile(r"Ensure this value has at most (\d+) characters? \(it has (\d+)\)\.")


def error_words(field: forms.BoundField) -> list[str]:
    """A field's errors in our words: Django's own say what is wrong, ours also how to mend it."""
    return [_in_our_words(field, message) for message in field.errors]


def explained_errors(field: forms.BoundField) -> list[str]:
    """The same for a summary, away from the field: what was written for the field alone names it first."""
    return [
        f"{field.label}: {_lower_first(words)}" if words != message else words
        for message, words in zip(field.errors, error_words(field), strict=True)
    ]


def _in_our_words(field: forms.BoundField, message: str) -> str:
    widget = field.field.widget
    if too_long := TOO_LONG.fullmatch(str(message)):
        most, number = (int(figure) for figure in too_long.groups())
        return f"Shorten this to {most:,} characters; it has {number:,}."
    words = PLAIN_WORDS.get(str(message), str(message))
    if words != "Fill this in.":
        return words
    if isinstance(widget, forms.CheckboxInput):
        return "Tick this box to go on."
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
        return "Choose at least one."
    if isinstance(widget, CHOOSERS):
        return "Choose one."
    return "Choose a file." if isinstance(widget, forms.FileInput) else words


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


class DropFileInput(forms.FileInput):
    """A plain file input that becomes a place to drop a file where scripts run."""

    template_name = "ui/form/widgets/drop_file.html"


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year as three small fields, as people write a date they know by heart."""

    template_name = "ui/form/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in DATE_PARTS}, attrs)

    def decompress(self, value: datetime.date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, subwidget in zip(DATE_PARTS, context["widget"]["subwidgets"], strict=True):
            subwidget["label"] = part.capitalize()
            if attrs and attrs.get("id"):
                subwidget["attrs"]["id"] = f"{attrs['id']}_{part}"
        return context


DATE_PARTS = ("day", "month", "year")


class DatePartsField(forms.MultiValueField):
    """A whole date given in three fields; answers a `datetime.date` or None.

    Refuses a date that the calendar does not have, or one with a part left out, in words.
    """

    widget = DatePartsWidget

    def __init__(self, **kwargs: Any) -> None:
        parts = tuple(forms.CharField(required=False, max_length=4) for _ in DATE_PARTS)
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> datetime.date | None:
        if not any(data_list):
            return None
        missing = [part for part, text in zip(DATE_PARTS, data_list, strict=True) if not text]
        if missing:
            raise ValidationError(f"The date must include a {' and a '.join(missing)}.", code="incomplete")
        try:
            day, month, year = (int(text) for text in data_list)
            return datetime.date(year, month, day)
        except ValueError:
            raise ValidationError("This must be a real date, such as 27 3 2027.", code="unreal") from None


class FindForm(forms.Form):
    """What a reader of public pages asks for, in the address: a link to it answers the same. No field has to be filled in, and none says so."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What is asked for, by name; nothing where nothing is."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def as_query(self) -> str:
        """What is asked for, to be put before the number of a page in an address."""
        asked = self.asked()
        return f"{urlencode(asked)}&" if asked else ""


class TrapMixin:
    """A form that everybody may send. `nickname` (`ui/components/trap.html`) is a trap: people do not see it, programs fill it in."""

    data: Mapping[str, Any]

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("nickname"))


class FilterForm(forms.Form):
    """A row of filters above a list: sent with GET, no required marks, no error summary of its own."""

    template_name = "ui/form/filters.html"
    use_required_attribute = False
