"""A scheme that pays for projects calls them so: in its letters, on its certificate, in its definition."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..forms.definition import FactsForm
from ..letters import LETTERS
from ..operations.posting import known_of
from ..papers import certificate_paper
from ..shipped import shipped
from .awarding import letters_to, offered
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def test_letters_name_what_the_scheme_pays_for(organisation, manager):
    scheme = make_scheme(organisation, actor=manager, like="collaboration-fund")
    award = offered(scheme, actor=manager, like="collaboration-fund", amount="900")
    assert letters_to(award.application.email)
    with within(organisation):
        facts = known_of(award)
    known = facts | dict.fromkeys(("note", "extra", "about", "party", "later", "settled", "questions"), "")
    for kind, words in LETTERS.items():
        text = f"{words.subject} {words.words}".format_map(known)
        assert "placement" not in text.casefold(), kind
        assert "at University of Hostwick" not in text, kind
    assert known["where"] == "with University of Hostwick"


def test_a_certificate_says_what_was_completed():
    content = dict.fromkeys(("name", "title", "host", "when", "days", "scheme", "organisation", "code"), "x")
    assert certificate_paper({**content, "noun": "project"}, "")[0].text == "x completed a project."
    # Those that were made before say what they said.
    assert certificate_paper(content, "")[0].text == "x completed a placement."


def test_the_word_is_edited_with_the_other_facts(client, organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    client.force_login(manager)
    page = client.get(reverse("placements:edit_facts", args=[organisation.slug, scheme.slug]))
    assert page.context["form"].initial["noun"] == "placement"
    data = shipped("collaboration-fund").definition.model_dump(mode="json")
    assert (FactsForm.of(data)["noun"], FactsForm.of(data)["host_word"]) == ("project", "with")
