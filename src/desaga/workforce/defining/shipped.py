"""The definition to start from, in our words. What no published source was read for is asked of a person, and says so."""

from __future__ import annotations

from .model import EMPTY, Condition, Counting, Definition, Looks, Outcome, Rule

SOC2020 = "https://www.hesa.ac.uk/collection/coding-manual-tools/sicsocdata/industrial-and-occupational-classification"
FUNCTIONS = "https://www.hesa.ac.uk/collection/c20025/a/actchqual"
NOT_CHECKED = "No published definition that we read settles these, so a person decides."


def _soc(*codes: str) -> Condition:
    return Condition(Looks.SOC, codes)


def _title(*words: str) -> Condition:
    return Condition(Looks.TITLE, words)


def _asked(reason: str, *conditions: Condition, source: str = "") -> Rule:
    return Rule(conditions, Outcome.ASK, f"{reason} {NOT_CHECKED}", source, is_unverified=True)


STARTING = Definition(
    title="Technical staff, to start from",
    note=(
        "HESA has no mark for technicians: this starts from SOC2020 unit groups, as occupations are coded for the Staff record "
        "from 2023/24. Change it until it is yours."
    ),
    counting=Counting.ANY,
    rules=(
        Rule(
            (Condition(Looks.FUNCTION, ("1", "3")),),
            Outcome.OTHER,
            "The contract is academic, with teaching in it: whoever holds it is counted with academic staff.",
            FUNCTIONS,
        ),
        Rule((_soc("3111"),), Outcome.TECHNICIAN, "Laboratory technicians.", SOC2020),
        Rule((_soc("3112", "3113"),), Outcome.TECHNICIAN, "Electronics and engineering technicians.", SOC2020),
        Rule(
            (_soc("3119"),), Outcome.TECHNICIAN, "Technicians of workshops and of science not named elsewhere.", SOC2020
        ),
        Rule(
            (_soc("3114-3116"),),
            Outcome.TECHNICIAN,
            "Technicians of building and civil engineering, quality and process.",
            SOC2020,
        ),
        Rule((_soc("3131-3132"),), Outcome.TECHNICIAN, "Technicians who run computing or help its users.", SOC2020),
        _asked(
            "Draughting, and databases or web content: technical in some institutions only.",
            _soc("3120", "3133"),
            source=SOC2020,
        ),
        _asked("Photography, sound and broadcasting.", _soc("3417")),
        _asked(
            "Experimental officers, research software engineers and those who lead facilities are often coded as professionals.",
            _title(
                "experimental officer",
                "research software engineer*",
                "facility manager",
                "imaging specialist",
                "technical specialist",
            ),
        ),
        _asked(
            "The title says technician and the code says something else, or nothing.",
            _title(
                "technician*",
                "technical officer",
                "technical manager",
                "technical services manager",
                "technical support",
            ),
        ),
        _asked(
            "HR has given no occupation code, and the job family is called technical.",
            _soc(EMPTY),
            Condition(
                Looks.JOB_FAMILY, ("technical", "technicians", "technical services", "technical and experimental")
            ),
        ),
    ),
    rest=Outcome.OTHER,
    rest_reason="Nothing in code, title or job family points to technical work.",
)
