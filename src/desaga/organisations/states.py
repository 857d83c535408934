"""The kinds and roles that there are, in the words people use for them."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    INSTITUTION = "institution", "Institution"
    SECTOR_BODY = "sector_body", "Sector body"
    CONSORTIUM = "consortium", "Consortium"
    EMPLOYER = "employer", "Employer"
    UNION = "union", "Union"
    SCHOOL_OR_COLLEGE = "school_or_college", "School or college"
    PROFESSIONAL_BODY = "professional_body", "Professional body"
    FUNDER = "funder", "Funder"
    COMPANY = "company", "Company"


#: What they mostly do is to fund and convene others: their navigation has schemes.
FUNDS_OTHERS = (
    OrganisationKind.SECTOR_BODY,
    OrganisationKind.CONSORTIUM,
    OrganisationKind.FUNDER,
    OrganisationKind.PROFESSIONAL_BODY,
)


class UnitKind(TextChoices):
    FACULTY = "faculty", "Faculty"
    SCHOOL = "school", "School"
    DEPARTMENT = "department", "Department"
    INSTITUTE = "institute", "Institute"
    SERVICE = "service", "Service"
    OTHER = "other", "Other"


class GroupKind(TextChoices):
    STEERING = "steering", "Steering group"
    WORKING = "working", "Working group"
    OTHER = "other", "Other group"


class MembershipRole(TextChoices):
    CHAIR = "chair", "Chair"
    SECRETARY = "secretary", "Secretary"
    MEMBER = "member", "Member"
    OBSERVER = "observer", "Observer"


class PartyKind(TextChoices):
    PERSON = "person", "Person"
    ROLE = "role", "Role"
    GROUP = "group", "Group"
    UNIT = "unit", "Unit"
    TEXT = "text", "Not resolved yet"


class Role(TextChoices):
    """What a person may be to an organisation; held with dates, for all of it or for one unit."""

    LEAD = "lead", "Lead"
    PROJECT_OFFICER = "project_officer", "Project officer"
    UNIT_LEAD = "unit_lead", "Unit lead"
    CHAMPION = "champion", "Champion"
    STEERING_MEMBER = "steering_member", "Steering group member"
    ACTION_OWNER = "action_owner", "Action owner"
    HR_DATA_STEWARD = "hr_data_steward", "HR data steward"
    EQUALITY_DATA_STEWARD = "equality_data_steward", "Equality data steward"
    EDITOR = "editor", "Editor"
    TECHNICIAN = "technician", "Technician"
    LINE_MANAGER = "line_manager", "Line manager"
    SCHEME_MANAGER = "scheme_manager", "Scheme manager"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    REVIEWER = "reviewer", "Reviewer"
    FINANCE = "finance", "Finance"
    UNION_LEARNING_REPRESENTATIVE = "union_learning_representative", "Union learning representative"
    READER = "reader", "Reader"


#: The roles that can be held for one unit. The others are for the whole organisation.
HELD_FOR_A_UNIT = (Role.UNIT_LEAD, Role.CHAMPION)


class May(TextChoices):
    """What a grant lets others do. To act includes to see."""

    SEE = "see", "See"
    ACT = "act", "See and act"
