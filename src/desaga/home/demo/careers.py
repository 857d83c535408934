"""The demo's ways in: pages of both sites, open doors, questions in three states, a school that asks."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.careers.models import Doors, Question, SchoolInterest
from desaga.careers.operations import questions, work
from desaga.careers.operations.doors import set_doors
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.website.models import FinderPage, QuestionsPage, RegistrationPage, RoutesPage, TeachersPage
from desaga.website.queries import home_belonging_to
from desaga.website.reach import reach_everything

from .world import email_of, world

KINDS = {"routes": RoutesPage, "finder": FinderPage, "registration": RegistrationPage, "teachers": TeachersPage, "questions": QuestionsPage}  # fmt: skip


def load_careers() -> None:
    """Make each site's pages and open its doors, where that is not done yet."""
    for told in world()["careers_worlds"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            load_pages(actor, home_belonging_to(organisation), told["pages"])
            if not Doors.objects.exists():
                doors = set_doors(actor=actor, organisation=organisation, **told["doors"])
                load_questions(actor, doors, told.get("questions", []))
                load_schools(doors, told.get("schools", []))


def load_pages(actor: User, home: Any, pages: list[dict[str, Any]]) -> None:
    with reach_everything():
        for told in pages:
            if home.get_children().filter(slug=told["slug"]).exists():
                continue
            page = KINDS[told["kind"]](title=told["title"], slug=told["slug"], summary=told["summary"], show_in_menus=told["in_menu"])  # fmt: skip
            home.add_child(instance=page)
            page.save_revision(user=actor).publish()


def load_questions(actor: User, doors: Doors, asked: list[dict[str, Any]]) -> None:
    """As far as each goes: waiting, answered, or shown."""
    if Question.objects.exists():
        return
    for told in asked:
        question = questions.ask_question(doors=doors, words=told["words"], about=told.get("about", ""))
        if "answer" not in told:
            continue
        question = questions.send_question(actor=actor, question=question, technician=told["technician"], email=told["email"])  # fmt: skip
        question = questions.answer_question(
            question=question, answer=told["answer"], job=told["job"], employer=told.get("employer", ""), what=told["what"], is_adult=True
        )  # fmt: skip
        if told.get("is_shown"):
            questions.publish_answer(actor=actor, question=question)


def load_schools(doors: Doors, schools: list[dict[str, Any]]) -> None:
    if SchoolInterest.objects.exists():
        return
    for told in schools:
        interest = work.begin_interest(doors=doors, email=told["email"])
        said = {name: told[name] for name in ("name", "position", "school", "pupils", "years", "wanted", "wish", "fields")}  # fmt: skip
        work.confirm_interest(interest=interest, **said)
