from django import forms


class SearchForm(forms.Form):
    """The words that somebody looks for."""

    use_required_attribute = False

    q = forms.CharField(
        label="Search this workspace",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
