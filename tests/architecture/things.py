"""What the addresses of the walk name: ids of things of one organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django_scopes import scopes_disabled

from desaga.accounts.models import Invitation
from desaga.careers.models import Question, SchoolInterest
from desaga.careers.tests.factories import furnish_careers
from desaga.charters.models import Charter, Signature
from desaga.charters.tests.factories import furnish_charters
from desaga.consents.models import Consent
from desaga.directory.models import Listing
from desaga.directory.tests.factories import furnish_directory
from desaga.evidence.models import Evidence
from desaga.evidence.tests.factories import a_file
from desaga.exhibition.models import TourRequest
from desaga.exhibition.tests.factories import furnish_tour
from desaga.federation.models import EmailDomain, FederatedInstitution, Identity, Provider, RoleRule
from desaga.federation.tests.factories import furnish_sign_in
from desaga.frameworks.models import Edition
from desaga.frameworks.shipped import shipped_successions
from desaga.frameworks.tests.factories import make_edition
from desaga.governance.models import BudgetEntry, BudgetLine
from desaga.governance.tests.factories import furnish_governance
from desaga.indicators.models import ManualSeries
from desaga.indicators.operations import add_series, take_readings
from desaga.keys.models import ApiKey
from desaga.keys.tests.factories import make_key
from desaga.newsletters.models import Issue, IssuePiece
from desaga.newsletters.tests.factories import furnish_newsletters
from desaga.notifications.queries import doubtful_mail
from desaga.notifications.tests.factories import make_doubtful_mail
from desaga.organisations.models import (
    Employment,
    GlossaryTerm,
    Grant,
    Group,
    GroupMembership,
    Party,
    RoleAssignment,
    Unit,
)
from desaga.organisations.states import Role
from desaga.placements.models import (
    Application,
    ApplicationFile,
    Asking,
    AskingLetter,
    Assignment,
    Blackened,
    Budget,
    HostPlace,
    Interest,
    PanelMember,
    Scheme,
)
from desaga.placements.models import Round as Panel
from desaga.placements.tests.awarding import award_things, furnish_awards
from desaga.placements.tests.factories import furnish_placements
from desaga.placements.tests.fund import furnish_public, public_things
from desaga.placements.tests.meetings import furnish_meeting, meeting_things
from desaga.placements.tests.panels import furnish_panel
from desaga.plans.changing import Wish
from desaga.plans.models import (
    Action,
    ActionOwner,
    BulkChange,
    Following,
    ImportedDocument,
    Lineage,
    Measure,
    Plan,
    RememberedChoice,
    ReviewStep,
    SavedView,
    StagedRow,
)
from desaga.plans.operations.bulk import change_many
from desaga.plans.operations.evidence import give_evidence
from desaga.plans.operations.following import follow_edition
from desaga.plans.operations.imports import keep_row, remember
from desaga.plans.operations.lineage import link_actions
from desaga.plans.operations.measures import add_measure
from desaga.plans.operations.newer import keep_version
from desaga.plans.operations.saved import save_view
from desaga.plans.queries.bulk import versions_of
from desaga.plans.tests.factories import PlanFactory, action_data, make_action, stage
from desaga.privacy.models import Objection
from desaga.privacy.operations.objections import object_to
from desaga.privacy.states import About
from desaga.public.models import Offer
from desaga.public.tests.factories import make_publication, offer_of_another
from desaga.reports.models import OfficialForm, Report, ReportSection, SectionComment
from desaga.reports.tests.factories import furnished_report
from desaga.reviews.models import Comment, Decision, Review, Task
from desaga.reviews.tests.factories import furnished_review
from desaga.rounds.models import RequestedAction, Round, UpdateRequest
from desaga.rounds.tests.factories import sent_round
from desaga.stories.models import Call, Contribution, FieldTag, OfferedStory, Story, StoryPicture
from desaga.stories.tests.factories import furnish_stories
from desaga.tenancy.context import within
from desaga.workforce.models import (
    AdvertisedPosts,
    ClassifiedRow,
    Comparator,
    DefinitionVersion,
    Extract,
    Match,
    Release,
    Snapshot,
)
from desaga.workforce.states import ExtractState
from desaga.workforce.tests.factories import furnish_release, furnish_workforce

FIRST_OF: dict[str, type[Model]] = {
    "newsletter_issue": Issue,
    "newsletter_piece": IssuePiece,
    "listing": Listing,
    "objection": Objection,
    "unit": Unit,
    "group": Group,
    "seat": GroupMembership,
    "party": Party,
    "term": GlossaryTerm,
    "employment": Employment,
    "role": RoleAssignment,
    "plan": Plan,
    "action": Action,
    "measure": Measure,
    "piece": Evidence,
    "link": Lineage,
    "owner": ActionOwner,
    "following": Following,
    "document": ImportedDocument,
    "row": StagedRow,
    "step": ReviewStep,
    "choice": RememberedChoice,
    "saved_view": SavedView,
    "bulk_change": BulkChange,
    "review": Review,
    "comment": Comment,
    "decision": Decision,
    "task": Task,
    "budget_line": BudgetLine,
    "budget_entry": BudgetEntry,
    "series": ManualSeries,
    "report": Report,
    "report_section": ReportSection,
    "section_comment": SectionComment,
    "official_form": OfficialForm,
    "round": Round,
    "request": UpdateRequest,
    "line": RequestedAction,
    "panel": Panel,
    "scheme_budget": Budget,
    "panel_round": Panel,
    "panel_member": PanelMember,
    "interest": Interest,
    "reading": Assignment,
    "blackened": Blackened,
    "snapshot": Snapshot,
    "match": Match,
    "advertised_posts": AdvertisedPosts,
    "definition_version": DefinitionVersion,
    "comparator": Comparator,
    "invitation": Invitation,
    "key": ApiKey,
    "domain": EmailDomain,
    "federated_institution": FederatedInstitution,
    "provider": Provider,
    "role_rule": RoleRule,
    "identity": Identity,
    "consent": Consent,
    "charter_pk": Charter,
    "charter_signature": Signature,
    "story": Story,
    "story_picture": StoryPicture,
    "story_field": FieldTag,
    "call": Call,
    "contribution": Contribution,
    "offered_story": OfferedStory,
    "tour_request": TourRequest,
    "question": Question,
    "school_interest": SchoolInterest,
}


def furnish(organisation: Any, lead: Any) -> None:
    """Give an organisation what slices above `organisations` add to it."""
    values = make_edition(organisation, name="Values of ours")
    make_edition(organisation, name="Next values of ours", replaces=values, in_use=False)
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    pillar = {"framework": "Technician Commitment 2017", "code": "Visibility", "text": "Visibility", "basis": "cell"}
    make_action(plan, title="Action of ours", owners=["TSM"], alignments=[pillar])
    next_plan = PlanFactory(organisation=organisation, title="Next plan of ours")
    make_action(next_plan, title="Next action of ours")
    document = stage(organisation, action_data(title="Action to be looked at"))
    with within(organisation):
        follow_edition(actor=lead, plan=plan, succession=shipped_successions()[0])
        old, new = Action.objects.get(plan=plan), Action.objects.get(plan=next_plan)
        link_actions(actor=lead, earlier=old, later=new, fate="continued")
        add_measure(actor=lead, action=Action.objects.get(plan=plan), what="case studies", target=4)
        action = Action.objects.get(plan=plan)
        give_evidence(actor=None, action=action, piece=a_file("Evidence of ours"), given_by="Office of ours")
        keep_version(actor=lead, plan=plan, name="Version of ours")
        keep_row(actor=None, row=document.rows.get())
        remember(actor=None, document=document, kind="status", words="Simmering", meaning={"status": "in_progress"})
    furnished_review(plan, actor=lead)
    with within(organisation, user=lead):
        words = {"definition": "Whom the list names.", "unit": "number", "better": "more"}
        add_series(actor=lead, organisation=organisation, name="Registrations of ours", **words)
        take_readings(organisation=organisation)
    furnished_report(plan, actor=lead)
    sent_round(plan, actor=lead)
    furnish_governance(organisation, actor=lead)
    make_publication(plan, actor=lead)
    offer_of_another(organisation)
    make_key(organisation, actor=lead)
    make_doubtful_mail(organisation)
    furnish_sign_in(organisation, lead)
    furnish_workforce(organisation, actor=lead)
    furnish_release(organisation, actor=lead)
    scheme = furnish_placements(organisation, actor=lead)
    furnish_awards(scheme, actor=lead)
    furnish_public(scheme, actor=lead)
    furnish_panel(scheme, actor=lead)
    furnish_meeting(scheme, actor=lead)
    furnish_stories(organisation, actor=lead)
    furnish_tour(organisation, actor=lead)
    furnish_careers(organisation, actor=lead)
    furnish_newsletters(organisation, actor=lead)
    furnish_directory(organisation, actor=lead)
    furnish_charters(organisation, actor=lead)
    with within(organisation, user=lead):
        object_to(actor=lead, organisation=organisation, about=About.OTHER, words="Ours", person=lead.person)
    with within(organisation, user=lead):
        seen = versions_of([Action.objects.get(plan=plan)])
        change_many(actor=lead, plan=plan, seen=seen, wish=Wish(status="delayed"))
        save_view(actor=lead, organisation=organisation, plan=plan, name="View of ours", asks={}, is_shared=True)
    with within(organisation, user=lead):
        now = timezone.now()
        Invitation.objects.create(
            organisation=organisation,
            email=f"new@{organisation.slug}.example",
            name="New colleague",
            roles=[Role.READER],
            invited_by=lead,
            key_hash=organisation.slug,
            sent_at=now,
            expires_at=now + timedelta(days=1),
        )


def things_of(organisation: Any) -> dict[str, Any]:
    """Names used in `answers` to ids of the organisation's rows."""
    with within(organisation):
        things = {name: model._default_manager.order_by("pk").first().pk for name, model in FIRST_OF.items()}
        things["person"] = Employment.objects.order_by("pk").first().person_id
        things["carrier"] = ActionOwner.objects.order_by("pk").first().party_id
        things["framework"] = Edition.objects.get(state="in_use").key
        things["draft_framework"] = Edition.objects.get(state="draft").key
        things["doubtful_mail"] = doubtful_mail(organisation)[0].pk
        things["champion"] = RoleAssignment.objects.exclude(unit=None).get(role=Role.CHAMPION).pk
        things["classified_person"] = ClassifiedRow.objects.order_by("pk").first().key
        things["release"] = Release.objects.get().pk
        things["extract"] = Extract.objects.get(state=ExtractState.CHECKED).pk
        things["offer"] = offer_to(organisation)
        things["charter"] = Charter.objects.get().slug
        things["scheme"] = Scheme.objects.get().slug
        things["application_file"] = ApplicationFile.objects.get().pk
        things["host_place"] = HostPlace.objects.order_by("pk")[0].pk
        things["asking"] = Asking.objects.filter(application__state="with_approvers").order_by("pk")[0].pk
        things["waiting_application"] = Application.objects.filter(state="with_approvers").order_by("pk")[0].reference
        things["letter"] = AskingLetter.objects.order_by("pk")[0].asking_id
        things["application"] = Assignment.objects.get().application.reference
        things |= award_things() | meeting_things() | public_things()
        things["grant"] = Grant.objects.filter(owner_organisation=organisation).order_by("pk").first().pk
    return {
        **things,
        "equality_year": 2020,
        "scheme_place": "costs",
        "scheme_thing": "travel",
        "indicator": "activities.recorded",
        "privacy_paper": "data-map",
        "processing": "accounts",
        "retained": "ended_links",
        "application_part": "about_you",
        "host_question": "host",
        "transition": "begin",
        "paper": "docx",
        "report_kind": "annual-report",
        "kind_section": "summary",
        "added_kind": f"letter-{organisation.slug}",
        "doubt": 1,
        "answer": 1,
        "wait": 1,
        "view": "actions",
        "format": "csv",
        "audience": "internal",
        "figure": "headcount",
        "version": 1,
        "rule": 1,
        "terms": 1,
        "year": 2026,
        "claim": 1,
        "story_part": "work",
        "entry_kind": "route",
        "entry_key": "degree",
        "charter_key": "employer-champion",
        "charter_year": 2026,
        "support": 1,
        "certificate_code": "AAAA-BBBB-CCCC",
    }


def offer_to(organisation: Any) -> int:
    """The offer of a plan that another holds for the organisation."""
    # The row is the offerer's; row-level security shows it to whom it is offered.
    with scopes_disabled():
        return Offer.objects.get(to=organisation).pk
