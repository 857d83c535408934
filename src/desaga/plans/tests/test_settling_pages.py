"""The pages on which columns, words and names are settled, and remembered words seen and forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..forms.settling import field_name
from ..models import RememberedChoice
from ..operations import imports
from .test_rereading import SHEET

QUERIES_OF_LIST = 14


@pytest.fixture
def document(organisation: Any) -> Any:
    with within(organisation):
        handed_in = imports.hand_in(
            actor=None, organisation=organisation, name="plan.csv", content=SHEET.encode(), in_background=False
        )
        return imports.read_now(actor=None, document=handed_in.document)


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.PROJECT_OFFICER))


def address(document: Any, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[document.organisation.slug, document.pk, *ids])


def page(client: Any, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def read_as_worker(document: Any) -> Any:
    with within(document.organisation):
        document.refresh_from_db()
        return imports.read_now(actor=None, document=document)


def test_a_column_is_named_on_its_page_and_the_choice_is_seen_and_forgotten(client: Any, document: Any) -> None:
    shown = page(client, address(document, "name_columns"))
    assert "Left to the reader (by its words: How we will know)" in shown

    said = client.post(
        address(document, "name_columns"), {field_name("column", "Deliverable"): "how"}, follow=True
    ).content.decode()
    assert "Waiting to be read" in said
    read_as_worker(document)

    review = page(client, address(document, "review_import"))
    assert "Read with 1 remembered choice:" in review
    organisation = document.organisation
    remembered = reverse("plans:list_remembered", args=[organisation.slug])
    assert page(client, f"{remembered}?document={document.pk}").count("Deliverable") == 2
    with within(organisation):
        choice = RememberedChoice.objects.get()
    forget = reverse("plans:forget_choice", args=[organisation.slug, choice.pk])
    assert "“Deliverable” is forgotten." in client.post(forget, follow=True).content.decode()
    assert client.post(forget).status_code == 404
    assert "Nothing is remembered that fits." in page(client, remembered)


def test_a_column_that_there_is_not_is_no_choice(client: Any, document: Any) -> None:
    answer = client.post(address(document, "name_columns"), {field_name("column", "Deliverable"): "colour"})

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    with within(document.organisation):
        assert not RememberedChoice.objects.exists()


def test_the_same_form_sent_twice_reads_once(client: Any, document: Any) -> None:
    sent = {field_name("column", "Deliverable"): "how"}
    client.post(address(document, "name_columns"), sent)

    again = client.post(address(document, "name_columns"), sent, follow=True).content.decode()
    read_as_worker(document)
    third = client.post(address(document, "name_columns"), sent, follow=True).content.decode()

    assert "That cannot be done any more" in again
    assert "Nothing was changed, so the document was not read anew." in third


def test_what_others_remember_is_not_to_be_forgotten_by_us(client: Any, document: Any, other_organisation: Any) -> None:
    with within(other_organisation):
        theirs = RememberedChoice.objects.create(
            organisation=other_organisation, kind="heading", words="Lead", key="lead", meaning={"role": "how"}
        )

    answer = client.post(reverse("plans:forget_choice", args=[document.organisation.slug, theirs.pk]))

    assert answer.status_code == 404
    with within(other_organisation):
        assert RememberedChoice.objects.count() == 1


def test_the_list_of_remembered_words_takes_as_many_queries_for_three_as_for_one(
    client: Any, document: Any, django_assert_num_queries: Any
) -> None:
    remembered = reverse("plans:list_remembered", args=[document.organisation.slug])
    with within(document.organisation):
        imports.remember(actor=None, document=document, kind="heading", words="One", meaning={"role": "how"})
    client.get(remembered)  # the first page of a session asks once more who is signed in
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(remembered)
    with within(document.organisation):
        for words in ("Two", "Three"):
            imports.remember(actor=None, document=document, kind="heading", words=words, meaning={"role": ""})
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(remembered)
