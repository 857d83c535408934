"""A question without a name: moderated, answered by a technician who agrees, shown, and gone by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from desaga.audit.models import Entry as AuditEntry
from desaga.consents.models import Consent
from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.uses import uses_of
from desaga.organisations.states import Role
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within

from ..models import PublicAnswer, Question
from ..operations import questions
from ..operations.gate import NotNow
from ..queries import answers_shown
from ..states import QUESTIONS, QuestionState
from .factories import answered, asked, open_doors, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def doors(organisation, lead):
    return open_doors(organisation, actor=lead)


def test_nothing_of_who_asks_has_a_place():
    kept = {field.name for field in Question._meta.get_fields() if not field.auto_created}
    of_technician_and_editor = {
        "technician",
        "email",
        "job",
        "employer",
        "answer",
        "said",
        "key_hash",
        "key_ends_at",
        "sent_by",
        "consent",
    }
    assert kept - of_technician_and_editor == {
        "id",
        "organisation",
        "words",
        "shown",
        "about",
        "state",
        "asked_at",
        "since",
    } - {"id"}


def test_a_question_that_tells_who_asks_is_not_kept(organisation, doors):
    with pytest.raises(questions.TellsWho):
        asked(organisation, "My name is Sam, what do you do?")
    with within(organisation):
        assert Question.objects.count() == 0


def test_the_audit_has_none_of_the_words(organisation, doors, lead):
    question = asked(organisation, "Is a quokka cold?")
    with within(organisation, user=lead):
        questions.word_question(actor=lead, question=question, shown="Is it cold?")
        questions.decline_question(actor=lead, question=question)
        told = " ".join(f"{entry.thing_name} {entry.changes} {entry.note}" for entry in AuditEntry.objects.all())
    assert "quokka" not in told
    assert "cold" not in told


def test_a_closed_door_takes_nothing(organisation, doors, lead):
    open_doors(organisation, actor=lead, takes_questions=False)
    with pytest.raises(questions.DoorIsClosed):
        asked(organisation)


def test_nothing_is_shown_before_a_technician_answered_and_a_moderator_published(organisation, doors, lead):
    question = asked(organisation)
    with within(organisation, user=lead), pytest.raises((questions.NotAgreed, NotNow)):
        questions.publish_answer(actor=lead, question=question)
    question = answered(question, actor=lead)
    assert answers_shown().count() == 0
    with within(organisation, user=lead):
        questions.publish_answer(actor=lead, question=question)
    shown = answers_shown().get()
    assert (shown.words, shown.answer, shown.name, shown.job, shown.employer) == (
        "What is hard in your job?", "Waiting.", "Ada Quill", "Glassblower", "",
    )  # fmt: skip


def test_whoever_is_under_18_is_not_taken_at_their_own_word(organisation, doors, lead):
    """A parent or guardian would have to agree too, and nobody asks one here."""
    with within(organisation, user=lead):
        question = questions.send_question(
            actor=lead, question=asked(organisation), technician="Kit Fenn", email="kit@ours.example"
        )
        with pytest.raises(questions.TooYoung):
            questions.answer_question(question=question, answer="Waiting.", job="Apprentice", is_adult=False)
        assert (Consent.objects.count(), Question.objects.get().state) == (0, QuestionState.ASKED)


def test_a_name_is_shown_only_where_it_was_agreed(organisation, doors, lead):
    published(organisation, actor=lead, what=())
    assert answers_shown().get().by == "Glassblower"


def test_publishing_forgets_how_it_was_first_written_and_the_address(organisation, doors, lead):
    question = asked(organisation, "Is it hard? Asks a girl in the third row")
    with within(organisation, user=lead):
        question = questions.word_question(actor=lead, question=question, shown="Is it hard?")
    question = answered(question, actor=lead)
    with within(organisation, user=lead):
        held = questions.publish_answer(actor=lead, question=question)
    assert (held.words, held.email, held.key_hash) == ("Is it hard?", "", None)


def test_consent_withdrawn_takes_it_down_in_the_same_moment(organisation, doors, lead):
    question = published(organisation, actor=lead)
    with within(organisation):
        consent = Consent.objects.get(pk=question.consent_id)
        assert [use.kind for use in uses_of(consent)] == ["Answer"]
        withdraw_consent(consent=consent)
        held = Question.objects.get()
        assert (held.state, held.answer, held.technician) == (QuestionState.TAKEN_DOWN, "", "")
        assert PublicAnswer.objects.count() == 0
        assert not AuditEntry.objects.filter(changes__icontains="Waiting.").exists()
    assert answers_shown().count() == 0


def test_an_answer_whose_consent_has_run_out_is_not_shown_even_before_the_night(organisation, doors, lead):
    published(organisation, actor=lead)
    with within(organisation):
        PublicAnswer.objects.update(shown_until=timezone.localdate())
    assert answers_shown().count() == 0


def test_asked_again_the_former_consent_is_replaced(organisation, doors, lead):
    question = answered(asked(organisation), actor=lead)
    with within(organisation, user=lead):
        question = questions.ask_again(actor=lead, question=question, said="Shorter, please.")
        question = questions.answer_question(question=question, answer="Waiting!", job="Glassblower", is_adult=True)
        questions.publish_answer(actor=lead, question=question)
        assert sorted(Consent.objects.values_list("state", flat=True)) == ["given", "replaced"]
    assert answers_shown().get().answer == "Waiting!"


@pytest.mark.parametrize("name", sorted(QUESTIONS))
@pytest.mark.parametrize("state", QuestionState.values)
def test_only_what_follows_follows(organisation, doors, lead, name, state):
    from ..operations.gate import move

    question = answered(asked(organisation), actor=lead)
    with within(organisation, user=lead):
        Question.objects.filter(pk=question.pk).update(state=state)
        if state in QUESTIONS[name].sources:
            assert move(question, name, actor=lead, now=timezone.now()).state == QUESTIONS[name].target
        else:
            with pytest.raises(NotNow):
                move(question, name, actor=lead, now=timezone.now())


def test_the_database_wants_a_consent_under_an_answer(organisation, doors):
    question = asked(organisation)
    with within(organisation), pytest.raises(IntegrityError, match="question_answer_rests_on_consent"):
        Question.objects.filter(pk=question.pk).update(state=QuestionState.PUBLISHED)


def test_others_read_answers_and_never_questions(organisation, doors, lead, other_organisation):
    published(organisation, actor=lead)
    asked(organisation, "Another?")
    with within(other_organisation), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM careers_question), (SELECT count(*) FROM careers_publicanswer)")
        assert cursor.fetchone() == (0, 1)


@pytest.mark.parametrize(
    ("key", "state", "days"),
    [("open_questions", "waiting", 60), ("ended_questions", "declined", 14), ("ended_questions", "taken_down", 14)],
)
def test_what_is_over_goes_by_itself(organisation, doors, lead, key, state, days):
    kept = CLASSES[key]
    assert (kept.days, kept.is_shown_first) == (days, False)
    now = timezone.now()
    for words, age in (("Old?", days + 1), ("New?", days - 1)):
        question = asked(organisation, words)
        with within(organisation):
            then = now - timedelta(days=age)
            Question.objects.filter(pk=question.pk).update(state=state, asked_at=then, since=then)
    with within(organisation):
        before = now - timedelta(days=kept.days)
        assert list(kept.delete(organisation, before, True).values()) == [1]
        kept.delete(organisation, before, False)
        assert list(Question.objects.values_list("words", flat=True)) == ["New?"]


def test_what_is_shown_stays(organisation, doors, lead):
    question = published(organisation, actor=lead)
    with within(organisation):
        Question.objects.filter(pk=question.pk).update(asked_at=timezone.now() - timedelta(days=999))
        for key in ("open_questions", "ended_questions"):
            CLASSES[key].delete(organisation, timezone.now(), False)
        assert Question.objects.count() == 1
