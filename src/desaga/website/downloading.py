"""The editor's form of a download: the consents of whoever can be recognised in the file or is quoted there."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm

from .consenting import consents_offered
from .editing import collections_of, sites_of
from .models import Download
from .models.people import EVERYBODY
from .operations.consenting import until_of


class DownloadForm(BaseDocumentForm):
    """Named in the settings, since Wagtail makes the form."""

    consents = forms.TypedMultipleChoiceField(
        label="Consents it rests on",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=EVERYBODY,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self.organisations = [home.belongs_to for home, _ in sites_of(user)] if user else []
        if "consents" in self.fields:
            self.fields["consents"].choices = [
                choice for one in self.organisations for choice in consents_offered(one, Download.rests_on)
            ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if numbers := said.get("consents"):
            place = said.get("collection") or self.collections[0]
            owner = next((one for one in self.organisations if place in collections_of([one])), None)
            mine = {number for number, _ in consents_offered(owner, Download.rests_on)} if owner else set()
            if not set(numbers) <= mine:
                self.add_error("consents", "Choose consents of the site in whose collection the file is.")
            else:
                self.instance.shown_until = until_of(owner, numbers)
        elif "consents" in said and self.instance.consents:
            self.instance.shown_until = None
        return said

    class Meta(BaseDocumentForm.Meta):
        pass
