"""Doors, questions and schools for tests: made as people would make them."""

from __future__ import annotations

import re
from typing import Any

from desaga.notifications.models import OutgoingMail
from desaga.tenancy.context import within, within_platform

from ..models import Doors, Question, SchoolInterest
from ..operations import questions, reference, work
from ..operations.doors import set_doors
from ..shipped import shipped

OPEN = {
    "takes_questions": True, "takes_interest": True, "offers": "A week in July.", "safeguarding": "The safeguarding lead",
    "safeguarding_email": "safe@ours.example", "vacancies_address": "https://jobs.ours.example/",
}  # fmt: skip
SAID = {"name": "Ms Reed", "position": "Careers leader", "school": "Brook School", "pupils": 2, "years": "Year 10", "wanted": "July", "wish": "Workshops.", "fields": []}  # fmt: skip


def open_doors(organisation: Any, *, actor: Any, **said: Any) -> Doors:
    with within(organisation, user=actor):
        return set_doors(actor=actor, organisation=organisation, **(OPEN | said))


def asked(organisation: Any, words: str = "What is hard in your job?", **also: Any) -> Question:
    with within(organisation):
        doors = Doors.objects.select_related("organisation").get()
        return questions.ask_question(doors=doors, words=words, **also)


def answered(question: Question, *, actor: Any, what: tuple[str, ...] = ("name",)) -> Question:
    with within(question.organisation, user=actor):
        question = questions.send_question(
            actor=actor, question=question, technician="Ada Quill", email="ada@ours.example"
        )
        return questions.answer_question(
            question=question, answer="Waiting.", job="Glassblower", employer="Ours", what=what, is_adult=True
        )


def published(organisation: Any, *, actor: Any, words: str = "What is hard in your job?", **also: Any) -> Question:
    about = also.pop("about", "")
    question = answered(asked(organisation, words, about=about), actor=actor, **also)
    with within(organisation, user=actor):
        return questions.publish_answer(actor=actor, question=question)


def begun(organisation: Any, email: str = "office@brook.sch.example") -> SchoolInterest:
    with within(organisation):
        return work.begin_interest(doors=Doors.objects.select_related("organisation").get(), email=email)


def confirmed(organisation: Any, **said: Any) -> SchoolInterest:
    interest = begun(organisation)
    with within(organisation):
        return work.confirm_interest(interest=interest, **(SAID | said))


def changed_entry(organisation: Any, *, actor: Any, kind: str = "route", key: str = "t-level", **parts: Any) -> Any:
    content = {**shipped()[kind, key], **parts}
    with within(organisation, user=actor):
        return reference.write_entry(actor=actor, organisation=organisation, kind=kind, key=key, content=content)


def link_in(email: str, page: str) -> str:
    """The address that the last mail to somebody carried."""
    with within_platform():
        texts = [mail.text for mail in OutgoingMail.objects.filter(recipient=email).order_by("pk")]
    return [found for text in texts for found in re.findall(rf"(/careers/\S+/by-link/{page}/\?key=[\w-]+)", text)][-1]


def furnish_careers(organisation: Any, *, actor: Any) -> None:
    """A question with an answer, one that waits, and a school that asks."""
    open_doors(organisation, actor=actor)
    published(organisation, actor=actor, words="Question of ours?")
    confirmed(organisation, school="School of ours")
