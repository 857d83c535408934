"""What a definition may say: questions of each place, costs that stand apart, what the employer learns, duties, reasons, core questions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PersonFactory
from desaga.tenancy.context import within

from .. import editing
from ..answering import look
from ..asked import form_of
from ..checking import Facts, bars
from ..defining import EMPLOYER_LEARNS, Definition
from ..forms.questions import QuestionForm, kinds_at
from ..operations import awards
from ..operations.schemes import CannotWork, checked
from ..queries.schemes import version_written
from ..shipped import shipped
from ..telling import Hidden, tell
from ..written import told
from .factories import answers_for, letters, make_application, make_scheme, moved, received, with_role

DATA = shipped("knowledge-exchange").definition.as_data()


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def at(scheme, name, *args):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *args])


# ---- Costs that stand apart

COSTS = [
    {"kind": "travel", "what": "Train", "pounds": "4900", "currency": "GBP", "foreign": ""},
    {"kind": "access", "what": "Personal assistant", "pounds": "500", "currency": "GBP", "foreign": ""},
]


def test_access_needs_count_against_nobody_and_are_read_by_no_approver_and_no_panel():
    definition = Definition.model_validate(DATA)
    typed = answers_for(costs=COSTS)
    looked = look(definition, typed)
    today = timezone.localdate()
    facts = Facts(today=today, scheme_from=today, scheme_until=today.replace(year=today.year + 2))
    assert [one.key for one in bars(definition, looked.values, facts)] == []
    readers = [str(told(definition, looked, "approval")), str(tell(definition, typed, Hidden()))]
    for words in readers:
        assert "4,900" in words
        assert "assistant" not in words
        assert "Access needs" not in words
    assert "assistant" in str(told(definition, looked)), "staff read it"


def test_an_award_is_what_the_panel_gives_and_what_stands_apart(scheme, manager):
    application = moved(received(make_application(scheme, costs=COSTS)), "find_eligible")
    assert (application.asked, application.asked_apart) == (4900, 500)
    with within(scheme.organisation, user=manager):
        day = timezone.localdate() + timezone.timedelta(days=9)
        award = awards.offer_award(application=application, amount=Decimal(4900), accept_by=day, actor=manager)
        assert award.amount == 5400


# ---- Questions of each place


def test_what_cannot_be_answered_there_is_neither_offered_nor_kept():
    assert "host" not in dict(kinds_at("report"))
    assert [kind for kind, _ in kinds_at("equality")] == ["choice", "choices"]
    assert "file" in dict(kinds_at("part.money"))
    report = {**DATA["report"], "questions": [{"key": "where", "kind": "host", "label": "Where next"}]}
    with pytest.raises(CannotWork, match="cannot be asked there"):
        checked({**DATA, "report": report})


def test_a_condition_stands_among_the_questions_of_its_own_list():
    report = {
        **DATA["report"],
        "questions": [
            {"key": "held", "kind": "yes_no", "label": "Did you hold a session?"},
            {"key": "who", "kind": "text", "label": "Who came?", "only_if": {"question": "held", "answer": True}},
        ],
    }
    data = {**DATA, "report": report}
    form = QuestionForm(definition=data, place="report")
    offered = [value for value, _ in form.fields["only_if"].choices]
    assert offered == ["", "held=yes", "held=no"]
    follow = checked(data).report
    asked = form_of(follow, {}, checked(data)).fields["who"]
    assert asked.help_text == "Only if you answered “Yes” to “Did you hold a session?”."
    assert editing.remove(data, "report", "held")["report"]["questions"] == [
        {"key": "who", "kind": "text", "label": "Who came?"}
    ]
    report["questions"][1]["only_if"]["question"] = "on_grant"
    with pytest.raises(CannotWork, match="not asked there"):
        checked(data)


# ---- All of the definition has a form


def test_duties_and_reasons_for_not_being_eligible_are_edited_and_told(client_of, scheme, manager):
    client = client_of(manager)
    client.post(at(scheme, "add_thing", "duties"), {"party": "host", "words": "keeps the bench free"})
    client.post(at(scheme, "add_thing", "ineligible"), {"label": "Twice", "words": "You applied twice."})
    with within(scheme.organisation):
        data = version_written(scheme).data
    assert data["duties"][-1] == {"key": "keeps_the_bench_free", "party": "host", "words": "keeps the bench free"}
    page = client.get(at(scheme, "put_in_force")).text
    assert "Added: the duty “keeps the bench free”." in page
    assert "Added: the reason for not being eligible “Twice”." in page
    shown = client.get(at(scheme, "show_definition")).text
    assert "keeps the bench free" in shown
    assert "You applied twice." in shown


def test_duties_of_old_versions_get_a_key_by_their_number():
    old = {**DATA, "duties": [{"party": "host", "words": "a"}, {"party": "home", "words": "b"}]}
    assert [one.key for one in Definition.model_validate(old).duties] == ["duty_1", "duty_2"]
    assert editing.item(old, "duties", "duty_2")["words"] == "b"


def test_a_question_that_desaga_works_with_is_put_back_under_its_key(client_of, scheme, manager):
    client = client_of(manager)
    client.post(at(scheme, "remove_thing", "part.about_you", "contract_ends_on"))
    typed = {"core": "contract_ends_on", "label": "The last day of your contract", "kind": "line", "required": ""}
    assert client.post(at(scheme, "add_thing", "part.about_you"), typed).status_code == 302
    with within(scheme.organisation):
        question = editing.item(version_written(scheme).data, "part.about_you", "contract_ends_on")
    assert question["kind"] == "date"


def test_whoever_is_paid_keeps_their_key_under_another_name():
    data = {**DATA, "sections": [{"key": "a", "title": "A", "questions": [{"key": "x", "kind": "line", "label": "X"}]}]}
    typed = {"core": "payee", "label": "Who is paid?", "kind": "line", "choices": "The university\nThe technician"}
    form = QuestionForm(typed, definition=data, place="part.a")
    assert form.is_valid(), form.errors
    found = form.item(set())
    assert [(one["value"], one["label"]) for one in found["choices"]] == [("employer", "The university"), ("person", "The technician")]  # fmt: skip


def test_the_nations_of_the_form_are_those_of_the_scheme():
    nations = [*DATA["nations"], {"value": "isle_of_man", "label": "Isle of Man"}]
    definition = Definition.model_validate({**DATA, "nations": nations})
    assert definition.question("nation").choices[:-1] == definition.nations
    assert definition.question("nation").choices[-1].label == "Somewhere else", (
        "who is elsewhere can say so, and hears why not"
    )


# ---- What the employer learns


@pytest.fixture
def lead(other_organisation):
    person = PersonFactory(recorded_by=other_organisation)
    with within(other_organisation):
        RoleAssignment.objects.create(
            organisation=other_organisation, person=person, role=Role.LEAD, starts_on=timezone.localdate()
        )
    return User.objects.create_user("lead@employer.example", person=person)


@pytest.mark.parametrize(("like", "is_told"), [("collaboration-fund", True), ("knowledge-exchange", False)])
def test_an_employer_learns_of_an_application_only_where_the_scheme_says_so(
    organisation, other_organisation, manager, lead, client_of, like, is_told
):
    scheme = make_scheme(organisation, actor=manager, like=like)
    application = make_application(scheme, like=like, employer={"name": other_organisation.name})
    with within(organisation):
        applicant = User.objects.get(person=application.applicant_id)
    address = reverse("placements:check_answers", args=[organisation.slug, scheme.slug, application.reference])
    page = client_of(applicant).get(address).text
    setting = "application" if is_told else "award"
    assert EMPLOYER_LEARNS[setting] in page or "Before you can send it" in page
    assert EMPLOYER_LEARNS[setting] in client_of(None).get(at(scheme, "apply")).text
    received(application)
    told = [one.text for one in letters(lead.email)]
    assert len(told) == int(is_told)
    if is_told:
        assert application.reference in told[0]
        assert "Cryogenics" not in told[0], "what was written is not told"
