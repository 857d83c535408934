"""A scheme that pays for projects calls them so: in its letters, on its certificate, in its definition."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..agreeing import agreement_text
from ..forms.definition import FactsForm
from ..letters import LETTERS
from ..operations.agreements import facts_of
from ..operations.posting import known_of
from ..papers import certificate_paper
from ..shipped import shipped
from .awarding import accepted, letters_to, offered
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


def test_what_is_signed_calls_the_other_side_what_the_scheme_calls_it(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    award = accepted(scheme, actor=manager)
    with within(organisation, user=manager):
        facts = facts_of(award, 1, {"technician": "Tia", "home": "Hugo", "host": "Paz"})
    text = agreement_text(replace(facts, host_noun="partner"))
    assert f"- Partner: {facts.host}, for which Paz signs" in text
    assert "- The partner receives the technician" in text
    assert re.search(r"\bhost\b", text.replace(facts.host, ""), re.IGNORECASE) is None
    assert f"- Host: {facts.host}, for which Paz signs" in agreement_text(facts)


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
