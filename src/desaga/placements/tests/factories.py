"""Schemes and applications to test with, made through the operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Organisation, Person, RoleAssignment
from desaga.tenancy.context import within, within_platform

from ..models import Application, Asking, Round, Scheme
from ..operations import applications, deciding, gate, schemes
from ..operations.files import keep_file
from ..queries.applications import typed
from ..queries.asking import going_by_key

_numbers = count(1)


def make_scheme(
    organisation: Organisation, *, actor: Any, like: str = "knowledge-exchange", is_open: bool = True, **fields: Any
) -> Scheme:
    """A scheme made of one that is shipped, with money and a panel eight weeks from now; open unless told otherwise."""
    number, today = next(_numbers), timezone.localdate()
    told = {
        "name": f"Scheme {number}",
        "slug": f"scheme-{number}",
        "code": "T" + chr(65 + number // 26 % 26) + chr(65 + number % 26),
        "contact": "",
        "starts_on": date(today.year - 1, 1, 1),
        "ends_on": date(today.year + 2, 12, 31),
        **fields,
    }
    with within(organisation, user=actor):
        scheme = schemes.start_scheme(actor=actor, organisation=organisation, begins_with=like, **told)
        schemes.put_in_force(actor=actor, scheme=scheme)
        schemes.set_budget(
            actor=actor, scheme=scheme, name=str(today.year), starts_on=date(today.year, 1, 1), ends_on=date(today.year + 1, 12, 31), amount=Decimal(20_000)
        )  # fmt: skip
        make_round(scheme, actor=actor)
        return schemes.open_scheme(actor=actor, scheme=scheme) if is_open else scheme


def make_round(scheme: Scheme, *, actor: Any, meets_in: int = 56, **fields: Any) -> Round:
    meets_on = timezone.localdate() + timedelta(days=meets_in)
    told = {
        "name": f"Panel of {meets_on:%B %Y}",
        "cut_off_on": meets_on - timedelta(days=21),
        "meets_on": meets_on,
        "answers_by": meets_on + timedelta(days=14),
        **fields,
    }
    with within(scheme.organisation, user=actor):
        return schemes.plan_round(actor=actor, scheme=scheme, **told)


def make_applicant(scheme: Scheme, name: str = "Ines Field") -> User:
    """Somebody with an account and no standing anywhere, known to whoever runs the scheme."""
    with within(scheme.organisation):
        person = Person.objects.create(name=name, recorded_by=scheme.organisation)
    return User.objects.create_user(
        f"{name.lower().replace(' ', '.')}{next(_numbers)}@elsewhere.example", person=person
    )


def answers_for(like: str = "knowledge-exchange", **told: Any) -> dict[str, Any]:
    """What is typed into all of a shipped scheme's questions, complete and right; `told` changes some."""
    starts_on = timezone.localdate() + timedelta(days=120)
    ends_on = starts_on + timedelta(days=11)
    common = {
        "name": "Ines Field",
        "job": "Senior technician",
        "employer": {"name": "University of Farfield"},
        "title": "Cryogenics at another facility",
        "host": {"organisation": "University of Hostwick", "country": "United Kingdom", "contact": ""},
        "starts_on": parts_of(starts_on),
        "ends_on": parts_of(ends_on),
        "costs": [
            {"kind": "travel", "what": "Train", "pounds": "120.50", "currency": "GBP", "foreign": ""},
            {"kind": "accommodation" if like == "knowledge-exchange" else "event", "what": "Ten nights", "pounds": "900" if like == "knowledge-exchange" else "800", "currency": "GBP", "foreign": ""},
        ],
        "true_and_mine": True,
    }  # fmt: skip
    if like == "collaboration-fund":
        own: dict[str, Any] = {
            "what": "A workshop on keeping cryostats.",
            "pillars": ["visibility", "sustainability"],
            "stays": "A written procedure.",
            "ask_leader": {"name": "Lena Lead", "email": "lena.lead@farfield.example"},
        }
    else:
        own = {
            "nation": "england",
            "role_word": "role_technician",
            "discipline": "physical_sciences",
            "on_grant": "no",
            "abroad": "no",
            "working_days": "10",
            "cover_at_work": "Nadia runs the stores.",
            "department_cost": "250",
            "aims": "To learn how helium is recovered.",
            "use_for_you": "I will run our own recovery.",
            "use_for_team": "Two colleagues will be taught.",
            "session_promised": "yes",
            "payee": "employer",
            "advance": "no",
            "ask_line_manager": {"name": "Mona Manager", "email": "mona.manager@farfield.example"},
            "ask_host": {"name": "Hugo Host", "email": "hugo.host@hostwick.example"},
        }
    return {**common, **own, **told}


def noon_of(day: date) -> datetime:
    """A moment that is of this day wherever the clocks have gone: so many times 24 hours from now may be another day's."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def parts_of(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def make_application(
    scheme: Scheme, *, applicant: User | None = None, like: str = "knowledge-exchange", **told: Any
) -> Application:
    """A draft with all answers typed; `told` changes some."""
    applicant = applicant or make_applicant(scheme)
    with within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme)
        applications.save_answers(actor=applicant, application=application, answers=answers_for(like, **told))
        return application


def received(application: Application, *, actor: Any = None) -> Application:
    """It came in, whoever should have approved it."""
    with within(application.organisation, user=actor):
        if application.state == "draft":
            application = applications.send(actor=actor, application=application)
        if application.state == "with_approvers":
            application = applications.receive(application, actor=actor, now=timezone.now())
        return application


def moved(application: Application, *deeds: str, actor: Any = None, **fields: Any) -> Application:
    """The deeds done through the gate alone, one after the other: for states that another part of the slice leads to."""
    with within(application.organisation, user=actor):
        for deed in deeds:
            application = gate.move(application, deed, actor=actor, now=timezone.now(), **fields)
        return application


def with_role(organisation: Organisation, role: str, name: str) -> User:
    """Somebody with a role at whoever runs the scheme."""
    with within(organisation):
        person = Person.objects.create(name=name, recorded_by=organisation)
        RoleAssignment.objects.create(organisation=organisation, person=person, role=role, starts_on=date(2020, 1, 1))
    return User.objects.create_user(f"{name.lower().replace(' ', '.')}{next(_numbers)}@panel.example", person=person)


def with_file(application: Application, name: str = "invitation.pdf") -> Application:
    """With a file under its question, as if it had been looked at."""
    file = CheckedFile(name, "application/pdf", b"%PDF-1.7 invented", Scan.NONE)
    with within(application.organisation):
        keep_file(actor=None, application=application, key="paper", file=file)
    return application


def furnish_placements(organisation: Organisation, *, actor: Any) -> Scheme:
    """A scheme with a draft, an application that waits for approval and one that came in with a letter, for the walk of all addresses."""
    scheme = make_scheme(organisation, actor=actor)
    with_file(make_application(scheme))
    sent(make_application(scheme))
    approved = sent(make_application(scheme))
    answered(approved, "line_manager")
    answered(approved, "host", file=CheckedFile("letter.txt", "text/plain", b"They are welcome.", Scan.NONE))
    return scheme


def what_is_typed(application: Application) -> Mapping[str, Any]:
    with within(application.organisation):
        return typed(application)


# ---- Approval


def sent(application: Application) -> Application:
    """Sent: those who must approve are asked."""
    with within(application.organisation):
        return applications.send(actor=None, application=application)


def letters(to: str = "") -> list[OutgoingMail]:
    """The mails that were written down, the first first; to one address if it is given."""
    with within_platform():
        rows = OutgoingMail.objects.order_by("pk")
        return list(rows.filter(recipient=to) if to else rows)


def link_in(mail: OutgoingMail) -> str:
    """The path and query of the link to the answering page."""
    address = next(word for word in mail.text.split() if "/answer/?key=" in word)
    return address[address.index("/placements/") :]


def link_to(email: str) -> str:
    """The link of the latest mail to an address."""
    return link_in(next(mail for mail in reversed(letters(email)) if "/answer/?key=" in mail.text))


def asking_of(application: Application, key: str) -> Asking:
    """The asking that holds now."""
    with within(application.organisation):
        return going_by_key(application)[key]


def answered(application: Application, key: str, verdict: str = "approve", **told: Any) -> Asking:
    """What somebody says, as if by their link."""
    asking = asking_of(application, key)
    words = {"name": asking.name, "fields": {"letter": "Support."} if asking.asks == "letter" else {}, **told}
    with within(application.organisation):
        return deciding.answer(asking=asking, said=deciding.Said(verdict, **words))
