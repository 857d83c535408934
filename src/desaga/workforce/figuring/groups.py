"""Codes into the few groups that figures are given in. Groups are wide, so that small numbers are rarer."""

from __future__ import annotations

from collections.abc import Sequence

from .model import BLANK, Label

#: https://www.hesa.ac.uk/collection/c18025/a/terms
TERMS = {
    "1": Label("1", "Open-ended or permanent"),
    "2": Label("2", "Fixed-term"),
    "3": Label("3", "Atypical"),
}

FULL, PART, DORMANT = Label("full", "Full-time"), Label("part", "Part-time"), Label("dormant", "Dormant")
#: The groups in which HESA publishes: https://www.hesa.ac.uk/collection/c18025/derived/XMOEMP01
MODES = {"1": FULL, "2": FULL, "3": PART, "4": PART, "5": PART, "6": DORMANT}

FEMALE, MALE = Label("female", "Female"), Label("male", "Male")
OTHER_SEX, SEX_UNSAID = Label("other", "Other"), Label("unsaid", "Not said or not known")
#: SEXID from 2022/23, and the codes before it (1 and 2, from memory, unverified).
SEXES = {
    "10": FEMALE,
    "11": MALE,
    "12": OTHER_SEX,
    "2": FEMALE,
    "1": MALE,
    "3": OTHER_SEX,
    "96": SEX_UNSAID,
    "99": SEX_UNSAID,
}

WHITE = Label("white", "White")
WHITE_MINORITY = Label("white-minority", "White minorities")
ASIAN, BLACK = Label("asian", "Asian"), Label("black", "Black")
MIXED, OTHER_ETHNICITY = Label("mixed", "Mixed"), Label("other", "Arab or other")
ETHNICITY_UNSAID = Label("unsaid", "Not said or not known")
#: Groups of both frames of ETHNIC; the frames: FACTS of the code lists in `shipped/codes`.
ETHNICITIES: dict[str, Label] = {
    **dict.fromkeys(("160", "166", "179", "10", "11", "12", "13", "19"), WHITE),
    **dict.fromkeys(("163", "168", "14", "15"), WHITE_MINORITY),
    **dict.fromkeys(("100", "101", "103", "104", "119", "31", "32", "33", "34", "39"), ASIAN),
    **dict.fromkeys(("120", "121", "139", "21", "22", "29"), BLACK),
    **dict.fromkeys(("140", "141", "142", "159", "41", "42", "43", "49"), MIXED),
    **dict.fromkeys(("180", "899", "50", "80"), OTHER_ETHNICITY),
    **dict.fromkeys(("997", "998", "999", "90", "98"), ETHNICITY_UNSAID),
}

DISABLED, NOT_DISABLED = Label("disabled", "Known to be disabled"), Label("none", "No known disability")
DISABILITY_UNSAID = Label("unsaid", "Not said or not known")
_NO_DISABILITY, _DISABILITY_UNSAID = {"95", "00"}, {"98", "99", "97"}

ACADEMIC, NOT_ACADEMIC = Label("academic", "Academic staff"), Label("other", "Other staff")
#: ACEMPFUN: 9 is not an academic contract; 2, 4 and 9 are from memory, unverified.
FUNCTIONS = {**dict.fromkeys(("1", "2", "3", "4"), ACADEMIC), "9": NOT_ACADEMIC}

RESIGNED = Label("resigned", "Resignation")
RETIRED, REDUNDANT = Label("retired", "Retirement"), Label("redundant", "Redundancy")
FIXED_TERM_ENDED = Label("fixed-term", "End of a fixed-term contract")
OTHER_REASON, REASON_UNSAID = Label("other", "Another reason"), Label("unsaid", "Not known")
#: Reasons in groups so wide that ill health, dismissal and death are told of nobody. The codes are ours: `shipped/codes/resleave.toml`.
REASONS: dict[str, Label] = {
    "01": RESIGNED,
    "02": FIXED_TERM_ENDED,
    "03": RETIRED,
    "04": REDUNDANT,
    "05": REDUNDANT,
    **dict.fromkeys(("06", "07", "08", "09", "98"), OTHER_REASON),
    "99": REASON_UNSAID,
}

SEX_GROUPS = (FEMALE, MALE, OTHER_SEX, SEX_UNSAID)
ETHNICITY_GROUPS = (WHITE, WHITE_MINORITY, ASIAN, BLACK, MIXED, OTHER_ETHNICITY, ETHNICITY_UNSAID)
DISABILITY_GROUPS = (DISABLED, NOT_DISABLED, DISABILITY_UNSAID)
#: The groups that say something of a person: what shares are of.
SAID = frozenset(
    {
        *(("sex", one.key) for one in SEX_GROUPS if one is not SEX_UNSAID),
        *(("ethnicity", one.key) for one in ETHNICITY_GROUPS if one is not ETHNICITY_UNSAID),
        *(("disability", one.key) for one in DISABILITY_GROUPS if one is not DISABILITY_UNSAID),
    }
)


def sex_of(codes: Sequence[str]) -> Label:
    return SEXES.get(codes[0], SEX_UNSAID) if codes else SEX_UNSAID


def ethnicity_of(codes: Sequence[str]) -> Label:
    return ETHNICITIES.get(codes[0], ETHNICITY_UNSAID) if codes else ETHNICITY_UNSAID


def disability_of(codes: Sequence[str]) -> Label:
    """Of up to nine codes: one that names a disability is enough."""
    said = set(codes)
    if said - _NO_DISABILITY - _DISABILITY_UNSAID:
        return DISABLED
    return NOT_DISABLED if said & _NO_DISABILITY else DISABILITY_UNSAID


def level_of(code: str) -> Label:
    """The level by its code; its descriptor belongs to UCEA and XpertHR and is not repeated."""
    return Label(code, f"Level {code[:1]}" if code.endswith("0") else f"Level {code}") if code else BLANK


def comparable() -> dict[tuple[str, str], str]:
    """The groups for which a share of others can be entered: (characteristic, group) to words."""
    told = {("sex", one.key): one.words for one in SEX_GROUPS if one is not SEX_UNSAID}
    told |= {("ethnicity", "minorities"): "Ethnic minorities, without white minorities"}
    told |= {("ethnicity", one.key): one.words for one in ETHNICITY_GROUPS if one is not ETHNICITY_UNSAID}
    told |= {("disability", one.key): one.words for one in DISABILITY_GROUPS if one is not DISABILITY_UNSAID}
    return told | {("age", "50"): "Aged 50 and over"}
