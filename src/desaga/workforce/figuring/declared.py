"""Every figure there is: what it counts, out of what, cut how, and whose definition that is. All of them in one list, and no others."""

from __future__ import annotations

from . import cuts
from .model import WHOLE, Better, Cut, Figure, Kind

STAFF = "https://www.hesa.ac.uk/support/definitions/staff"
MODE = "https://www.hesa.ac.uk/collection/c18025/derived/XMOEMP01"
FTE_SOURCE = "http://www.hesa.ac.uk/component/option,com_collns/task,show_manuals/Itemid,233/r,04026/f,009/"
STARTERS = "https://www.hesa.ac.uk/data-and-analysis/staff/table-22"
TURNOVER = "https://docslib.org/doc/8461916/employee-turnover-and-retention"
STABILITY = "https://www.scribd.com/document/340047468/Employee-Turnover-PDF"
DISABLE = "https://www.hesa.ac.uk/innovation/records/reviews/staff-2022-23"
TALENT = (
    "https://techniciancommitment.org.uk/research-report-highlights-transformational-changes-for-uk-technical-workforce"
)

TECHNICAL = "whom the definition of technical staff in force on the day counts"
MAIN = "Everybody is counted once, by their main contract: the one that HR marks so, or the largest."

HEADCOUNT = Figure(
    key="workforce.headcount",
    name="Technical staff, headcount",
    definition=f"How many people have a contract on the day of the snapshot and are technical staff, {TECHNICAL}. {MAIN}",
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(*cuts.OF_CONTRACTS, cuts.BY_AGE, cuts.BY_SERVICE, cuts.BY_AGE_AND_SEX, cuts.BY_GRADE_AND_SEX),
    sources=(STAFF,),
    phrases=("number of technicians", "technical headcount", "technical workforce"),
)
FPE = Figure(
    key="workforce.fpe",
    name="Technical staff, full-person equivalent",
    definition=(
        "People in whole persons: somebody with several contracts is divided over them, in the shares that the extract gives or in those of their "
        f"FTE, so that they are never counted as more than one. Counted are the contracts of technical staff, {TECHNICAL}; a contract as other staff takes "
        "its share away."
    ),
    kind=Kind.FTE,
    unit="FPE",
    cuts=cuts.OF_CONTRACTS,
    sources=(STAFF, MODE),
)
FTE = Figure(
    key="workforce.fte",
    name="Technical staff, full-time equivalent",
    definition=(
        f"The shares of a full-time week of all contracts of technical staff, {TECHNICAL}, added up as they stand on the day of the snapshot. HESA counts the share of "
        "a full-time year instead. A contract without a share counts as none."
    ),
    kind=Kind.FTE,
    unit="FTE",
    cuts=cuts.OF_CONTRACTS,
    needs=("fte",),
    sources=(FTE_SOURCE, STAFF),
    phrases=("full-time equivalent technicians", "technical fte"),
)
TEACHING = Figure(
    key="workforce.teaching",
    name="Technical staff who teach",
    definition="Of technical staff of whom the extract says whether they contribute to teaching, the share who do.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_UNIT),
    needs=("teaches",),
    phrases=("technicians who teach", "teaching contribution"),
)
RESEARCH = Figure(
    key="workforce.research",
    name="Technical staff who take part in research",
    definition="Of technical staff of whom the extract says whether they contribute to research, the share who do.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_UNIT),
    needs=("researches",),
    phrases=("technicians in research", "research contribution"),
)
FIFTY = Figure(
    key="workforce.aged_50",
    name="Technical staff aged 50 and over",
    definition="Of technical staff whose age is known, the share who are 50 or older on the day of the snapshot: the share that the TALENT Commission gives for the sector.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_STAFF),
    needs=("age",),
    sources=("https://hepi.ac.uk/2022/09/28/just-a-technician-not-any-more-why-its-a-great-time-to-be-a-technician-in-higher-education-and-research/",),
    phrases=("aged 50", "ageing workforce", "succession"),
)  # fmt: skip
RETIREMENT = Figure(
    key="workforce.retirement",
    name="Retirement horizon",
    definition=(
        "How many technical staff have reached an age of retirement, and how many reach it within the next years, by unit. The ages and the years are what the organisation "
        "states. Nobody must retire at them: it says how much skill may go, not who goes. Of a person in whole years of age it is known within which year they reach an age."
    ),
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(),
    needs=("age",),
    phrases=("retirement", "succession planning"),
)
SEX = Figure(
    key="workforce.sex",
    name="Sex of technical staff",
    definition="Technical staff by sex as they said it, beside the rest of the institution where the extract covers all staff.",
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(cuts.BY_SEX,),
    needs=("sex",),
    sources=(STAFF,),
)
ETHNICITY = Figure(
    key="workforce.ethnicity",
    name="Ethnicity of technical staff",
    definition="Technical staff by group of ethnicities as they said it, beside the rest of the institution where the extract covers all staff. The groups are wide on purpose.",
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(Cut("ethnicity", "Ethnicity", "ethnicity"),),
    needs=("ethnicity",),
    sources=(STAFF,),
)
DISABILITY = Figure(
    key="workforce.disability",
    name="Disability among technical staff",
    definition=(
        "Technical staff by whether they said that they have a disability, of whatever kind, beside the rest of the institution where the extract covers all staff. "
        "Kinds are not counted apart."
    ),
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(Cut("disability", "Disability", "disability"),),
    needs=("disability",),
    sources=(DISABLE,),
)
WOMEN = Figure(
    key="workforce.women",
    name="Women among technical staff",
    definition="Of technical staff who said their sex, the share who are female.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_STAFF),
    needs=("sex",),
    phrases=("women", "female", "gender balance"),
)
MINORITIES = Figure(
    key="workforce.ethnic_minorities",
    name="Ethnic minorities among technical staff",
    definition="Of technical staff who said their ethnicity, the share in Asian, Black, Mixed, Arab and other groups; white minorities are not counted in.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_STAFF),
    needs=("ethnicity",),
    phrases=("ethnic minority", "ethnicity", "diversity"),
)
DISABLED = Figure(
    key="workforce.disabled",
    name="Disabled people among technical staff",
    definition="Of technical staff who answered, the share who said that they have a disability.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_STAFF),
    needs=("disability",),
    phrases=("disabled", "disability"),
)
BETWEEN = "between the two snapshots"
UNKNOWN = (
    "Where the extract covers technical staff only, somebody who is not in it any more has left only if the leaving date or reason says so; "
    "until then it is not known, and this is not counted."
)
STARTED = Figure(
    key="workforce.starters",
    name="Starters",
    definition=(
        f"Technical staff who joined the institution {BETWEEN}. Other staff who became technical staff are not starters, they moved. With an extract that covers technical "
        "staff only, the date of joining says which."
    ),
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(WHOLE, cuts.BY_UNIT),
    over_time=True,
    sources=(STARTERS,),
    phrases=("new starters", "recruitment of technicians"),
)
LEFT = Figure(
    key="workforce.leavers",
    name="Leavers",
    definition=f"People who were technical staff and left the institution {BETWEEN}. Technical staff who became other staff did not leave, they moved. {UNKNOWN}",
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(WHOLE, cuts.BY_UNIT, cuts.BY_REASON),
    over_time=True,
    sources=(STARTERS,),
    phrases=("leavers",),
)
TURNOVER_RATE = Figure(
    key="workforce.turnover",
    name="Turnover",
    definition=(
        f"Leavers {BETWEEN} out of the average of the headcounts at both, scaled to a year of 365 days: what the CIPD calls crude turnover. All reasons count. {UNKNOWN}"
    ),
    kind=Kind.SHARE,
    unit="per cent a year",
    cuts=(WHOLE, cuts.BY_UNIT),
    better=Better.LESS,
    over_time=True,
    sources=(TURNOVER,),
    phrases=("turnover", "retention"),
)
RESIGNATIONS = Figure(
    key="workforce.resignations",
    name="Turnover by resignation",
    definition=f"Leavers whose reason is resignation, out of the average of the headcounts at both snapshots, scaled to a year of 365 days. {UNKNOWN}",
    kind=Kind.SHARE,
    unit="per cent a year",
    better=Better.LESS,
    needs=("leaving_reason",),
    over_time=True,
    sources=(TURNOVER,),
    phrases=("resignations", "voluntary turnover"),
)
STABILITY_RATE = Figure(
    key="workforce.stability",
    name="Stability",
    definition=(
        "Of technical staff of about a year ago (11 to 13 months), the share who are still at the institution. Those who became other staff since are still there. "
        f"{UNKNOWN}"
    ),
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_UNIT),
    better=Better.MORE,
    over_time=True,
    sources=(STABILITY,),
    phrases=("stability", "retention"),
)
SERVICE = Figure(
    key="workforce.service",
    name="Length of service",
    definition="The mean of the years since technical staff joined the institution, of those whose date of joining is known.",
    kind=Kind.AVERAGE,
    unit="years",
    cuts=(WHOLE, cuts.BY_UNIT, cuts.BY_GRADE),
    needs=("joined",),
    phrases=("length of service",),
)
PROMOTED = Figure(
    key="workforce.promotions",
    name="Promotions",
    definition=(
        "Technical staff of both snapshots whose grade lies higher in the organisation's order of grades at the later one. A grade that is not in the order is neither up nor "
        "down. A new title or a rise within the grade is none."
    ),
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(WHOLE, cuts.BY_UNIT, cuts.BY_GRADE),
    better=Better.MORE,
    needs=("grade",),
    over_time=True,
    phrases=("promotions", "regrading"),
)
PROMOTION_RATE = Figure(
    key="workforce.promotion_rate",
    name="Share promoted",
    definition="Of technical staff of both snapshots whose grades are in the organisation's order of grades, the share whose grade rose in between.",
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(WHOLE, cuts.BY_SEX),
    better=Better.MORE,
    needs=("grade",),
    over_time=True,
    phrases=("promotion", "career progression"),
)
IN_GRADE = Figure(
    key="workforce.time_in_grade",
    name="Time in grade",
    definition="The mean of the years since technical staff came into their grade, of those of whom the extract gives that day.",
    kind=Kind.AVERAGE,
    unit="years",
    cuts=(WHOLE, cuts.BY_GRADE),
    needs=("grade_since",),
    phrases=("time in grade",),
)
MOVED_OUT = Figure(
    key="workforce.moves_out",
    name="Moves from technical to other staff",
    definition="People who were technical staff and are other staff of the institution at the later snapshot. They did not leave. Only where the extract covers all staff.",
    kind=Kind.PEOPLE,
    unit="people",
    cuts=(WHOLE, cuts.BY_DESTINATION),
    over_time=True,
    sources=(TALENT,),
    phrases=("technical to academic", "moves between pathways"),
)
MOVED_IN = Figure(
    key="workforce.moves_in",
    name="Moves from other to technical staff",
    definition=(
        "People who were other staff of the institution and are technical staff at the later snapshot. With an extract that covers technical staff only, those who joined the "
        "institution before the earlier one."
    ),
    kind=Kind.PEOPLE,
    unit="people",
    over_time=True,
    phrases=("moves into technical roles",),
)
GONE = Figure(
    key="workforce.unknown_moves",
    name="Came or went, not known how",
    definition="Technical staff who are in only one of the two snapshots, where neither the extract's cover nor a date or reason says whether they started, left or moved.",
    kind=Kind.PEOPLE,
    unit="people",
    better=Better.LESS,
    over_time=True,
)
VACANCIES = Figure(
    key="workforce.vacancies",
    name="Technical posts advertised",
    definition="Posts for technical staff that were advertised in the collection year of the snapshot, by unit, as the organisation enters them or takes them from a file; or those that stand vacant in an extract of that year, where it takes these.",
    kind=Kind.PEOPLE,
    unit="posts",
    cuts=(WHOLE, cuts.BY_UNIT),
    needs=("posts",),
    phrases=("vacancies", "recruitment"),
)
APPLICANTS = Figure(
    key="workforce.applicants",
    name="Applicants for a technical post",
    definition="The mean number of applicants for a technical post advertised in the collection year of the snapshot, of posts for which the organisation entered them.",
    kind=Kind.AVERAGE,
    unit="applicants",
    cuts=(WHOLE, cuts.BY_UNIT),
    needs=("posts",),
    phrases=("applicants",),
)

BY_FIELD = Cut("field", "Field", "field")
FILLED = Figure(
    key="workforce.filled",
    name="Data filled in",
    definition=(
        "Of technical staff, the share of whom the extract says something in a field, in each of their contracts where the field is of contracts. That the person did not want to say "
        "is filled in too."
    ),
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(BY_FIELD,),
    better=Better.MORE,
    sources=(STAFF,),
    phrases=("data quality", "hesa", "workforce data"),
)
VALID = Figure(
    key="workforce.valid",
    name="Data valid for the Staff record",
    definition=(
        "Of technical staff of whom the extract says something in a field, the share where it is a code of the list of the collection year. Fields whose list was not read in a "
        "manual of HESA's are not checked."
    ),
    kind=Kind.SHARE,
    unit="per cent",
    cuts=(BY_FIELD,),
    better=Better.MORE,
    sources=(STAFF,),
    phrases=("data quality", "hesa", "workforce data"),
)

FIGURES: tuple[Figure, ...] = (
    HEADCOUNT, FPE, FTE, TEACHING, RESEARCH, FIFTY, RETIREMENT, SEX, ETHNICITY, DISABILITY, WOMEN, MINORITIES, DISABLED,
    STARTED, LEFT, MOVED_IN, MOVED_OUT, GONE, TURNOVER_RATE, RESIGNATIONS, STABILITY_RATE, SERVICE, PROMOTED, PROMOTION_RATE, IN_GRADE,
    VACANCIES, APPLICANTS, FILLED, VALID,
)  # fmt: skip
BY_KEY = {figure.key: figure for figure in FIGURES}
