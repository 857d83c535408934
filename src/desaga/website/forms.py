"""What a reader of the site may ask."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms


class FindStoriesForm(forms.Form):
    """Which stories: by words, field, route in, place, employer."""

    q = forms.CharField(label="Words", max_length=100, required=False)
    field = forms.CharField(label="Field", max_length=60, required=False)
    route = forms.CharField(label="Route in", max_length=60, required=False)
    place = forms.CharField(label="Place", max_length=120, required=False)
    employer = forms.CharField(label="Employer", max_length=200, required=False)

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
