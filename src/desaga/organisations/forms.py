"""Input to clean data for this slice."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField
from PIL import Image

from desaga.documents.pictures import PictureIsNotTaken, drawn_apart
from desaga.ui.colour import accent_refusal
from desaga.ui.forms import DatePartsField, DropFileInput, FilterForm

from . import queries
from .grants import kind_name, model_of
from .models import Employment, GlossaryTerm, Organisation, Party, Person, Unit
from .states import May, PartyKind, Role, UnitKind

LARGEST_LOGO = 1024 * 1024
#: It is drawn while somebody waits.
MOST_LOGO_POINTS = 4_000_000
LOGO_SUFFIXES = {"PNG": "png", "JPEG": "jpg"}
LOGO_TROUBLE = {
    "too_many_pixels": "The logo has more than 4 million points. Save it smaller and try again.",
    "disguised": "The logo must be a .png or .jpg file.",
    "damaged": "The logo is damaged or was not copied completely. Save it anew and try again.",
}
LARGEST_SHEET = 5 * 1024 * 1024


class OwnedForm(forms.ModelForm):
    """A form for a row of the organisation: the choices it offers are the organisation's, and so are its limits."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = self.instance.organisation = organisation
        self.offer()

    def offer(self) -> None:
        """Fill the choices, which may only be asked for within the organisation."""

    def _get_validation_exclusions(self) -> set[str]:
        # Django leaves out every limit that names a field which is not on the form: here, each of them. What the
        # instance knows already can be looked at all the same.
        excluded = super()._get_validation_exclusions()
        return {name for name in excluded if name in self.fields or self.is_unknown(name)}

    def is_unknown(self, name: str) -> bool:
        field = self._meta.model._meta.get_field(name)
        return getattr(self.instance, field.attname) is None and not field.null


class UnitForm(OwnedForm):
    class Meta:
        model = Unit
        fields = ["name", "kind", "parent", "code", "has_technical_workforce", "opened_on"]
        field_classes = {"parent": SafeModelChoiceField, "opened_on": DatePartsField}

    def offer(self) -> None:
        units = queries.open_units()
        self.fields["parent"].queryset = units.exclude(pk=self.instance.pk) if self.instance.pk else units
        self.fields["parent"].empty_label = "Nothing: it stands at the top"


class AddressesField(SimpleArrayField):
    """E-mail addresses with commas between; a comma too many is no mistake."""

    default_error_messages = {"item_invalid": "Address %(nth)s:"}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = ",".join(filter(str.strip, value.split(",")))
        return super().to_python(value)


def addresses_field() -> SimpleArrayField:
    return AddressesField(
        forms.EmailField(error_messages={"invalid": "Write an e-mail address like name@example.ac.uk."}),
        label="Contact addresses",
        required=False,
        help_text="E-mail addresses, separated by commas.",
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


class PartyForm(OwnedForm):
    contacts = addresses_field()

    class Meta:
        model = Party
        fields = [
            "name", "code", "kind", "person", "group", "unit", "role_title", "one_per", "only_with_technical_workforce",
            "contacts", "comment",
        ]  # fmt: skip
        field_classes = {"person": SafeModelChoiceField, "group": SafeModelChoiceField, "unit": SafeModelChoiceField}
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}

    def offer(self) -> None:
        self.fields["person"].queryset = queries.people()
        self.fields["group"].queryset = queries.open_groups()
        self.fields["unit"].queryset = queries.open_units()
        self.fields["one_per"].choices = [("", "No: the name means one"), *UnitKind.choices]

    def clean(self) -> dict[str, Any]:
        """Keep only what belongs to the kind that was chosen."""
        data = super().clean() or self.cleaned_data
        for name in (PartyKind.PERSON, PartyKind.GROUP, PartyKind.UNIT):
            if data.get("kind") != name:
                data[name.value] = None
        return data


class TermForm(OwnedForm):
    contacts = addresses_field()

    class Meta:
        model = GlossaryTerm
        fields = ["code", "meaning", "contact", "contacts", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}


class LoadForm(forms.Form):
    """A spreadsheet as a file or as pasted cells."""

    sheet = forms.FileField(
        label="Spreadsheet",
        required=False,
        widget=DropFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
        help_text="An .xlsx, .ods or .csv file of at most 5 MB. The first row names the columns.",
    )
    pasted = forms.CharField(
        label="Or paste the cells",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Copy them in the spreadsheet, headings included, and paste them here.",
        strip=False,
    )

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet and sheet.size > LARGEST_SHEET:
            raise forms.ValidationError(
                "The file is larger than 5 MB. Save only the sheet with the table, and try again."
            )
        return sheet

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("sheet") and not data.get("pasted", "").strip():
            self.add_error("sheet", "Choose a file, or paste the cells.")
        return data


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "pronouns"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}


class EmploymentForm(OwnedForm):
    class Meta:
        model = Employment
        fields = ["job_title", "unit", "line_manager", "work_email", "starts_on", "contract_end_on", "ends_on", "fte"]
        field_classes = {
            "unit": SafeModelChoiceField,
            "line_manager": SafeModelChoiceField,
            "starts_on": DatePartsField,
            "contract_end_on": DatePartsField,
            "ends_on": DatePartsField,
        }

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        if person is not None:
            self.instance.person = person

    def offer(self) -> None:
        self.fields["unit"].queryset = queries.open_units()
        people = queries.people()
        self.fields["line_manager"].queryset = people.exclude(pk=self.person.pk) if self.person else people
        self.fields["fte"].widget.attrs["class"] = "govuk-input--width-5"


class RoleForm(forms.Form):
    person = SafeModelChoiceField(queryset=Person.objects, label="Person")
    role = forms.ChoiceField(label="Role", choices=Role.choices)
    unit = SafeModelChoiceField(
        queryset=Unit.objects,
        label="For the unit",
        required=False,
        help_text="For unit leads and champions. Other roles are for the whole organisation.",
    )
    starts_on = DatePartsField(label="From", required=False, help_text="Today, if you leave it empty.")
    ends_on = DatePartsField(label="Until", required=False, help_text="The last day. Leave it empty if none is known.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people()
        self.fields["unit"].queryset = queries.open_units()
        self.fields["unit"].empty_label = "The whole organisation"


class GrantForm(forms.Form):
    """What of one kind others may see; the kind was chosen on the page before."""

    thing = forms.ChoiceField(label="What")
    may = forms.ChoiceField(label="They may", choices=May.choices, widget=forms.RadioSelect, initial=May.SEE)
    to_organisation = forms.ModelChoiceField(queryset=None, label="To the organisation", required=False)
    to_person = SafeModelChoiceField(queryset=Person.objects, label="Or to the person", required=False)
    ends_on = DatePartsField(
        label="Until", required=False, help_text="The last day. Leave it empty for as long as you do not take it back."
    )
    reason = forms.CharField(label="Reason", max_length=300, help_text="They and your colleagues can read it.")

    def __init__(self, *args: Any, organisation: Organisation, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = f"All {kind_name(kind)}, also those to come"
        things = [(str(thing.pk), str(thing)) for thing in queries.things_of(model_of(kind))]
        self.fields["thing"].choices = [("", everything), *things]
        self.fields["thing"].required = False
        self.fields["to_organisation"].queryset = queries.other_organisations(organisation)
        self.fields["to_person"].queryset = queries.people()

    def clean_thing(self) -> int | None:
        return int(self.cleaned_data["thing"]) if self.cleaned_data["thing"] else None

    def clean_ends_on(self) -> datetime | None:
        """The end of the last day, where we live."""
        day = self.cleaned_data["ends_on"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("to_organisation")) == bool(data.get("to_person")):
            self.add_error("to_organisation", "Choose an organisation or a person, one of the two.")
        return data


class SettingsForm(forms.ModelForm):
    home_page = forms.URLField(label="Home page", required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = [
            "name",
            "short_name",
            "staff_word",
            "staff_word_singular",
            "financial_year_starts_in",
            "accent",
            "logo",
            "home_page",
        ]
        widgets = {"accent": forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"})}
        help_texts = {
            "accent": "Six digits, such as #8A1538. It marks your masthead and charts; it must be seen on white.",
            "logo": "A .png or .jpg file of at most 1 MB. Where it was made, and with what, is left out.",
        }

    def clean_accent(self) -> str:
        accent = self.cleaned_data["accent"]
        if accent and (refusal := accent_refusal(accent)):
            raise forms.ValidationError(refusal)
        return accent.lower()

    def clean_logo(self) -> Any:
        logo = self.cleaned_data["logo"]
        if logo and "logo" in self.changed_data:
            if logo.size > LARGEST_LOGO:
                raise forms.ValidationError("The logo is larger than 1 MB. Save it smaller and try again.")
            if (format := Image.open(logo).format) not in LOGO_SUFFIXES:
                raise forms.ValidationError("The logo must be a .png or .jpg file.")
            return _drawn_anew(logo, format)
        return logo


def _drawn_anew(logo: Any, format: str) -> ContentFile[bytes]:
    """The logo's points alone, under a name of ours: what the camera or the program wrote beside them stays behind."""
    logo.seek(0)
    try:
        content = drawn_apart("logo", logo.read(), format, most_points=MOST_LOGO_POINTS)
    except PictureIsNotTaken as error:
        raise forms.ValidationError(LOGO_TROUBLE[str(error)]) from error
    return ContentFile(content, f"logo.{LOGO_SUFFIXES[format]}")


class PeopleFilter(FilterForm):
    q = forms.CharField(label="Name, job title or e-mail", required=False)
    unit = SafeModelChoiceField(queryset=Unit.objects, label="Unit", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.open_units()
        self.fields["unit"].empty_label = "All units"


class PartyFilter(FilterForm):
    q = forms.CharField(label="Name, code or address", required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *PartyKind.choices])


class TermFilter(FilterForm):
    q = forms.CharField(label="Abbreviation, meaning or contact", required=False)


class EntryFilter(FilterForm):
    q = forms.CharField(label="Who or what", required=False)
    kind = forms.ChoiceField(label="Kind of thing", required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "All kinds"), *kinds]
