import datetime

import pytest
from django import forms
from lxml import html

from desaga.ui.forms import DatePartsField, DropFileInput, FilterForm


class PlanForm(forms.Form):
    title = forms.CharField(label="Title", help_text="As it stands on the first page.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("c", "Careers")], widget=forms.CheckboxSelectMultiple, required=False
    )
    begins_on = DatePartsField(label="Begins on")
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    party = forms.ChoiceField(label="Party", choices=[("", "All"), ("x", "X")])
    document = forms.FileField(label="Document", widget=DropFileInput, required=False)
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), required=False
    )
    agreed = forms.BooleanField(label="I agree", help_text="You can change this.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def page_of(form):
    return html.fromstring(f"<form>{form}</form>")


def test_a_text_field_has_label_hint_and_description():
    page = page_of(PlanForm())
    field = page.get_element_by_id("id_title")

    assert page.xpath("//label[@for='id_title']/text()")[0].strip() == "Title"
    assert page.get_element_by_id("id_title_helptext").text == "As it stands on the first page."
    assert field.get("aria-describedby") == "id_title_helptext"
    assert field.get("class") == "govuk-input"


def test_a_field_in_error_is_marked_described_and_linked_from_the_summary():
    page = page_of(PlanForm({"title": ""}))
    field = page.get_element_by_id("id_title")

    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "id_title_helptext id_title_error"
    assert field.get("class") == "govuk-input govuk-input--error"
    assert page.get_element_by_id("id_title_error").text_content() == "Error: Fill this in."
    links = {link.get("href"): link.text for link in page.xpath("//div[@role='alert']//a")}
    assert links == {
        "#id_title": "Title: fill this in.",
        "#id_kind_0": "Kind: choose one.",
        "#id_begins_on_day": "Begins on: fill this in.",
        "#id_party": "Party: choose one.",
        "#id_agreed": "I agree: tick this box to go on.",
    }


def test_every_link_of_the_summary_leads_to_a_field_that_takes_the_focus():
    page = page_of(PlanForm({}))

    targets = [page.get_element_by_id(link.get("href")[1:]).tag for link in page.xpath("//div[@role='alert']//a")]

    assert targets == ["input", "input", "input", "select", "input"]


def test_a_form_without_errors_has_no_summary():
    assert page_of(PlanForm()).xpath("//div[@role='alert']") == []


@pytest.mark.parametrize("name", ["kind", "themes", "begins_on"])
def test_several_inputs_for_one_question_stand_in_a_fieldset_with_a_legend(name):
    page = page_of(PlanForm())

    legends = page.xpath(f"//fieldset[.//*[starts-with(@id, 'id_{name}')]]/legend")

    assert [legend.text.strip() for legend in legends] == [PlanForm.base_fields[name].label]


def test_every_input_has_a_label_or_is_hidden():
    page = page_of(PlanForm())
    labelled = set(page.xpath("//label/@for"))

    inputs = [element.get("id") for element in page.xpath("//input[@type!='hidden'] | //select | //textarea")]

    assert [identifier for identifier in inputs if identifier not in labelled] == []


def test_ids_are_unique():
    identifiers = page_of(PlanForm({})).xpath("//@id")

    assert sorted(set(identifiers)) == sorted(identifiers)


def test_optional_is_said_and_required_is_not():
    page = page_of(PlanForm())

    assert page.xpath("//label[@for='id_notes']")[0].text_content().strip() == "Notes (optional)"
    assert page.xpath("//label[@for='id_title']")[0].text_content().strip() == "Title"


def test_a_password_keeps_its_autocomplete_and_is_never_filled_in_again():
    field = page_of(PlanForm({"password": "a long burning flame"})).get_element_by_id("id_password")

    assert (field.get("autocomplete"), field.get("value")) == ("current-password", None)


@pytest.mark.parametrize(
    ("day", "month", "year", "date"),
    [("27", "3", "2027", datetime.date(2027, 3, 27)), ("29", "02", "2028", datetime.date(2028, 2, 29))],
)
def test_date_parts_make_a_date(day, month, year, date):
    assert DatePartsField().clean([day, month, year]) == date


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (["31", "6", "2027"], "This must be a real date, such as 27 3 2027."),
        (["x", "6", "2027"], "This must be a real date, such as 27 3 2027."),
        (["", "6", ""], "The date must include a day and a year."),
    ],
)
def test_date_parts_refuse_what_is_no_date_in_words(parts, sentence):
    with pytest.raises(forms.ValidationError) as refusal:
        DatePartsField(required=False).clean(parts)
    assert refusal.value.messages == [sentence]


def test_date_parts_show_the_date_they_are_given():
    class Dated(forms.Form):
        on = DatePartsField(label="On")

    page = page_of(Dated(initial={"on": datetime.date(2027, 3, 27)}))

    assert page.xpath("//input/@value") == ["27", "3", "2027"]


def test_a_filter_form_has_one_row_and_no_summary():
    class Filters(FilterForm):
        status = forms.ChoiceField(label="Status", choices=[("", "All"), ("late", "Late")])

    page = page_of(Filters({"status": "nonsense"}))

    assert page.xpath("//div[@role='alert']") == []
    assert page.xpath("//button")[0].text == "Filter"
    assert page.get_element_by_id("id_status").get("required") is None


def test_djangos_dashes_for_nothing_become_words():
    class Chosen(forms.Form):
        kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "---------"), ("a", "First")])

    options = [(option.get("value"), option.text) for option in page_of(Chosen()).iter("option")]

    assert options == [("", "Not chosen"), ("a", "First")]


def test_what_is_too_long_is_said_in_our_words_and_names_its_field_in_the_summary():
    class Short(forms.Form):
        code = forms.CharField(label="Code", max_length=3)

    page = page_of(Short({"code": "x" * 1345}))

    assert (
        page.get_element_by_id("id_code_error").text_content() == "Error: Shorten this to 3 characters; it has 1,345."
    )
    summary = page.xpath("//div[@role='alert']//a/text()")
    assert summary == ["Code: shorten this to 3 characters; it has 1,345."]
