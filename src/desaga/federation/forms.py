"""Input to clean data: an organisation's domains, its sign-ins, the rules for roles."""

from __future__ import annotations

import io
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.models import Unit
from desaga.organisations.queries import open_units
from desaga.organisations.refusals import Refused
from desaga.organisations.states import Role

from .fetching import check_address
from .models import Provider
from .saml.metadata import read_institution
from .saml.refusals import MetadataRefused
from .states import Operator

LONGEST_CLAIMS = 20_000
LARGEST_METADATA = 1024 * 1024
SETTINGS = ("scopes", "asks_nightly")


class FindForm(forms.Form):
    """Whose sign-in somebody looks for."""

    q = forms.CharField(
        label="Your work e-mail, or the name of your institution",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class DomainForm(forms.Form):
    name = forms.CharField(
        label="E-mail domain",
        max_length=253,
        help_text="The part of your addresses after the @, such as wexcombe.ac.uk.",
    )


class ProviderForm(forms.Form):
    """What every sign-in has, whatever its kind."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="As your people know it. It stands on the page where they sign in."
    )
    vouches_for_addresses = forms.BooleanField(
        label="It gives out the e-mail addresses itself",
        required=False,
        help_text="Tick this if it does not say whether an address is confirmed, and nobody can choose their own address there.",
    )
    makes_accounts = forms.BooleanField(
        label="Make accounts",
        required=False,
        help_text="For whoever works here, or has a role by your rules, and has no account yet. Otherwise they need an invitation.",
    )
    confirm_within_days = forms.IntegerField(
        label="Days until roles lapse",
        min_value=1,
        max_value=400,
        initial=90,
        help_text="A role that a rule gave ends when its holder has not signed in here for so long.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )


class OidcForm(ProviderForm):
    """A sign-in by OpenID Connect."""

    issuer = forms.CharField(
        label="Issuer",
        max_length=500,
        help_text="To the letter as your IT service gives it. It begins with https://.",
        widget=forms.TextInput(attrs={"spellcheck": "false", "inputmode": "url"}),
    )
    client_id = forms.CharField(
        label="Client ID", max_length=200, widget=forms.TextInput(attrs={"spellcheck": "false"})
    )
    secret = forms.CharField(
        label="Client secret",
        max_length=500,
        required=False,
        help_text="It is locked away and never shown again. Left empty, the one that is kept stays.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.CharField(
        label="Further scopes",
        max_length=200,
        required=False,
        help_text="Beside openid, email and profile: those that tell groups, separated by blanks.",
    )
    asks_nightly = forms.BooleanField(
        label="Ask every night whether people are still there",
        required=False,
        help_text="Needs the scope offline_access. Whoever is gone there loses sessions and mapped roles here.",
    )
    field_order = ("name", "issuer", "client_id", "secret", "scopes", "vouches_for_addresses", "makes_accounts")

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"].strip()
        try:
            check_address(issuer)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return issuer

    @classmethod
    def initial_of(cls, provider: Provider) -> dict[str, Any]:
        names = set(cls.base_fields) - {*SETTINGS, "secret"}
        return {**{name: getattr(provider, name) for name in names}, **provider.settings}

    def fields_of_provider(self) -> dict[str, Any]:
        """The clean data, with what only this kind has gathered under `settings`."""
        data = dict(self.cleaned_data)
        settings = {name: data.pop(name) for name in SETTINGS}
        return {**data, "settings": settings}


class FederatedForm(ProviderForm):
    """A sign-in by SAML with an institution that a federation lists."""

    @classmethod
    def initial_of(cls, provider: Provider) -> dict[str, Any]:
        return {name: getattr(provider, name) for name in ProviderForm.base_fields}

    def fields_of_provider(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ProviderForm.base_fields}


class MetadataForm(FederatedForm):
    """A sign-in by SAML with an institution whose metadata is handed in."""

    metadata = forms.CharField(
        label="Metadata",
        required=False,
        max_length=LARGEST_METADATA,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "dsg-code"}),
        help_text="Paste what your IT service gives you. It is XML and begins with <EntityDescriptor or <?xml.",
    )
    file = forms.FileField(label="Or as a file", required=False, help_text="An .xml file of up to 1 MB.")
    field_order = ("name", "metadata", "file")
    must_have_metadata = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_METADATA:
            raise ValidationError("This file is larger than 1 MB. Hand in the metadata of your institution alone.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), data.get("metadata", "")
        content = file.read() if file else text.strip().encode()
        if content:
            try:
                data["institution"] = read_institution(io.BytesIO(content), now=timezone.now())
            except MetadataRefused as refusal:
                self.add_error("file" if file else "metadata", str(refusal))
        elif self.must_have_metadata and not self.errors:
            self.add_error("metadata", "Paste the metadata, or choose the file that holds it.")
        return data

    def fields_of_provider(self) -> dict[str, Any]:
        fields = super().fields_of_provider()
        institution = self.cleaned_data.get("institution")
        if institution is not None:
            fields |= {"issuer": institution.entity_id, "settings": {"institution": institution.as_json()}}
        return fields


class ChangeMetadataForm(MetadataForm):
    """Without new metadata, what was handed in before stays."""

    must_have_metadata = False


class RuleForm(forms.Form):
    """Who gets which role, for what the provider tells of them."""

    attribute = forms.CharField(
        label="Attribute",
        max_length=200,
        help_text="As the provider calls it, such as groups or eduPersonAffiliation. Try the sign-in to see what it tells.",
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    operator = forms.ChoiceField(label="Comparison", choices=Operator.choices)
    values = forms.CharField(
        label="Values",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One a line, to the letter. The most specific rule for a role wins: “is” before “is one of” before “contains”.",
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, initial=Role.READER)
    unit = SafeModelChoiceField(
        queryset=Unit.objects,
        label="Unit",
        required=False,
        empty_label="The whole organisation",
        help_text="For unit leads and champions. Other roles are for the whole organisation.",
    )
    gives_powers = forms.BooleanField(
        label="A rule may give this role",
        required=False,
        help_text="Needed for lead, project officer and HR data steward: whoever runs your sign-in can then give them.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units()

    def clean_values(self) -> list[str]:
        values = [value.strip() for value in self.cleaned_data["values"].splitlines() if value.strip()]
        if any(len(value) > 300 for value in values):
            raise ValidationError("A value has at most 300 letters. Write each on a line of its own.")
        return values


class ClaimsForm(forms.Form):
    """What a provider would tell of somebody."""

    claims = forms.CharField(
        label="What the provider tells",
        max_length=LONGEST_CLAIMS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "dsg-code"}),
        help_text='As JSON, such as {"groups": ["technicians"]}. Nothing of it is kept.',
    )

    def clean_claims(self) -> dict[str, Any]:
        try:
            claims = json.loads(self.cleaned_data["claims"])
        except (ValueError, RecursionError):
            raise ValidationError(
                "This is not JSON. Check that every name and text stands in double quotation marks."
            ) from None
        if not isinstance(claims, dict):
            raise ValidationError("Begin with { and end with }: each attribute has a name and a value.")
        return claims
