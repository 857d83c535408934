"""Who may be asked, said before it is sent; whose address tells little; and what a host reads."""

from __future__ import annotations

from django.urls import reverse

from desaga.accounts.models import User
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..answering import look
from ..defining import Definition
from ..editing import item
from ..forms.questions import QuestionForm
from ..naming import doubts
from ..shipped import shipped
from ..written import told
from .factories import answers_for, make_application, make_scheme, with_role

DATA = shipped("knowledge-exchange").definition.as_data()


def test_an_alias_of_ones_own_stands_in_the_way_before_it_is_sent(organisation, client_of):
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    application = make_application(make_scheme(organisation, actor=manager))
    name, _, house = application.email.partition("@")
    with within(organisation):
        user = User.objects.get(person=application.applicant_id)
        answer = application.answers.get(key="ask_line_manager")
        answer.value = {"name": "The Boss", "email": f"{name}+boss@{house}"}
        answer.save()
    address = reverse("placements:check_answers", args=[organisation.slug, application.scheme.slug, application.reference])  # fmt: skip
    bars = client_of(user).get(address).context["bars"]
    assert [one.key for one, _ in bars] == ["ask_line_manager"]
    assert "line manager is your own" in bars[0][0].words


def test_staff_are_told_whose_address_tells_little():
    definition = Definition.model_validate(DATA)
    typed = answers_for(
        ask_line_manager={"name": "M", "email": "m@gmail.com"}, ask_host={"name": "H", "email": "h@far.example"}
    )
    found = doubts(definition, look(definition, typed).values, "ines@far.example")
    assert [(one.key, one.is_bar) for one in found] == [("line_manager", False), ("host", False)]
    assert doubts(definition, look(definition, answers_for()).values, "ines@elsewhere.example") == []


def question_of(form):
    assert form.is_valid(), form.errors
    return form.item(set())


def test_a_host_reads_a_text_of_the_schemes_own_only_where_it_says_so():
    typed = {"label": "Why does your employer refuse leave?", "kind": "text", "required": "on"}
    own = question_of(QuestionForm(typed, definition=DATA, place="part.placement"))
    assert "for_host" not in own
    for question, is_read in ((own, False), ({**own, "for_host": True}, True)):
        section = {**DATA["sections"][1], "questions": [*DATA["sections"][1]["questions"], question]}
        definition = Definition.model_validate({**DATA, "sections": [DATA["sections"][0], section, *DATA["sections"][2:]]})  # fmt: skip
        looked = look(definition, answers_for(**{own["key"]: "They are short of people."}))
        assert ("short of people" in str(told(definition, looked, "place"))) is is_read
        assert "helium" in str(told(definition, looked, "place")), "what one wants to learn a host reads"
    ticked = question_of(QuestionForm({**typed, "for_host": "on"}, definition=DATA, place="part.placement"))
    assert ticked["for_host"] is True


def test_what_a_host_reads_by_itself_can_be_kept_from_them():
    old = item(DATA, "part.placement", "aims")
    typed = {"label": old["label"], "kind": "text", "required": "on", "words": "300"}
    assert QuestionForm.of(old)["for_host"] is True
    found = question_of(QuestionForm(typed, definition=DATA, old=old, place="part.placement"))
    assert found["for_host"] is False
