"""Applications whose time is over, to test with: made through the operations, then put back in time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from desaga.accounts.models import User
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.notifications.models import OutgoingMail
from desaga.tenancy.context import within, within_platform

from ..awarding import ClaimKind, Letter
from ..models import Application, Award, Round, Scheme
from ..operations import attending, awards, claims, conflicts, eligibility, outcomes, reports, sharing
from ..operations.blackening import blacken_words
from ..operations.equality import keep_equality_answers
from ..operations.meeting import keep_notes
from ..operations.outcome_letters import write_letters
from ..queries.awards import letter_opened
from . import awarding
from .factories import answered, make_application, make_scheme, sent, with_file
from .meetings import begun, decided, released
from .panels import declared, given, make_member, scored

YEARS = 8
#: Words that must be nowhere afterwards.
SECRETS = (
    "Ines", "Farfield", "helium", "Cryogenics", "Mona", "mona.manager", "Hugo", "hugo.host", "Zirconium", "Clear and costed", "A neighbour", "Not for the panel",
    "BACS 17", "I ran two liquefiers", "They are welcome", "invitation.pdf", "ticket.pdf", "%PDF", "Colleagues of the lab", "By train where you can", "Came up in talk", "elsewhere.example",
)  # fmt: skip


def past(scheme: Scheme, *, years: int = YEARS) -> None:
    """All of a scheme's applications, and its panels, so many years ago."""
    days = timedelta(days=365 * years + years // 4 + 1)
    with within(scheme.organisation):
        for round_ in Round.objects.filter(scheme=scheme):
            told = {name: getattr(round_, name) - days for name in ("cut_off_on", "meets_on", "answers_by")}
            Round.objects.filter(pk=round_.pk).update(**told)
        for one in Application.objects.filter(scheme=scheme):
            back(one, days)
    with within_platform():
        OutgoingMail.objects.update(made_at=F("made_at") - days - timedelta(hours=1))


def back(application: Application, days: timedelta) -> None:
    """One application so long ago. Within the organisation."""
    rows = Application.objects.filter(pk=application.pk)
    one = rows.get()
    received = one.received_at - days if one.received_at else None
    rows.update(changed_at=one.changed_at - days, begun_at=one.begun_at - days, received_at=received)
    for award in Award.objects.filter(application=one, ends_on__isnull=False):
        Award.objects.filter(pk=award.pk).update(starts_on=award.starts_on - days, ends_on=award.ends_on - days)


def finished(
    organisation: Any, *, actor: Any, applicant: User | None = None, is_past: bool = True
) -> tuple[Scheme, Application, User]:
    """A placement from beginning to end, with something in every table that hangs on an application; eight years ago, unless told."""
    scheme = make_scheme(organisation, actor=actor, starts_on=date(2000, 1, 1))
    application = with_file(
        make_application(scheme, applicant=applicant, aims="How helium and Zirconium whiskers go together.")
    )
    user = User.objects.get(person=application.applicant_id)
    with within(organisation, user=user):
        keep_equality_answers(actor=user, application=application, answers={"sex": "female"})
    sent(application)
    answered(application, "line_manager")
    answered(application, "host", file=CheckedFile("letter.txt", "text/plain", b"They are welcome.", Scan.NONE))
    reader, member = make_member(scheme, actor=actor)
    with within(organisation, user=actor):
        application = eligibility.find_eligible(
            actor=actor, application=Application.objects.get(pk=application.pk), words="Ines asked"
        )
        blacken_words(actor=actor, application=application, key="aims", words="Zirconium")
        other, _ = make_member(scheme, actor=actor, name="Otto Other")
    with within(organisation, user=actor):
        conflicts.note_conflict(
            actor=actor, application=application, person=other.person, kind="other", words="A neighbour"
        )
    reading = given(application, member, actor=actor)
    declared(application, reader)
    scored(reading, reader)
    round_ = begun(scheme, actor=actor)
    item = decided(application, "full", actor=actor, conditions="By train where you can")
    with within(organisation, user=actor):
        keep_notes(actor=actor, item=item, notes="Came up in talk: Not for the panel")
    released(round_, actor=actor)
    write_letters(organisation=organisation, actor=actor, round_id=round_.pk)
    with within(organisation):
        award = Award.objects.select_related("application__organisation", "application__version").get(
            application=application
        )
    with within(organisation, user=user):
        awards.accept_award(award=award, parties=awarding.PARTIES, actor=user)
    award = awarding.afresh(award)
    awarding.sign_all(award)
    award = awarding.afresh(award)
    over(award, actor=actor, user=user)
    if is_past:
        past(scheme)
    return scheme, application, user


def over(award: Award, *, actor: Any, user: User) -> None:
    """The placement took place; it was claimed, reported, and told what came of it."""
    organisation = award.application.organisation
    with within(organisation, user=user):
        claim = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=user)
        file = CheckedFile("ticket.pdf", "application/pdf", b"%PDF-1.7", Scan.NONE)
        claims.add_line(
            claim=claim, kind="travel", what="Train with Mona", pounds=Decimal(50), receipt=file, actor=user
        )
        claim = claims.send_claim(claim=claim, actor=user)
    awarding.paid(claim, actor=actor)
    today = timezone.localdate()
    with within(organisation):
        Award.objects.filter(pk=award.pk).update(
            starts_on=today - timedelta(days=400), ends_on=today - timedelta(days=390)
        )
    award = awarding.afresh(award)
    with within(organisation, user=actor):
        attending.ask_days_now(award=award, actor=actor)
    link = letter_opened(
        organisation, awarding.key_to("hugo.host@hostwick.example", "days/"), Letter.DAYS, Letter.DAYS_REMINDER
    )
    with within(organisation):
        attending.confirm_days(
            link=link, days=[award.starts_on, award.ends_on], name="Hugo Host", words="Ines was welcome"
        )
    award = awarding.afresh(award)
    awarding.reported(award)
    award = awarding.afresh(award)
    with within(organisation, user=user):
        attending.certificate_for(award=award, actor=user)
        sharing.record_session(
            award=award, held_on=today, audience="Colleagues of the lab", people=7, actor=user, words="helium"
        )
        sharing.offer_story(
            award=award,
            title="Cryogenics",
            text="What Ines learnt.",
            wish="named",
            consent_until=today + timedelta(days=30),
            actor=user,
        )
    with within(organisation, user=actor):
        reports.accept_report(award=awarding.afresh(award), actor=actor)
        reports.finish(award=awarding.afresh(award), actor=actor)
    with within(organisation):
        outcomes.ask_outcomes(award=awarding.afresh(award), today=today)
