"""The fields of the Staff record that an extract can fill, with where each was read.

A field is *certain* where its name and whom it is asked of were read in a coding manual; what is not says "not checked", here and on pages. The
return of technical staff was made optional in England and Northern Ireland from 2019/20, and is expected again from 2028/29: the manual of that
year does not exist yet, so that the newest ones found stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MANUAL = "https://www.hesa.ac.uk/collection"
SUPPLY = f"{MANUAL}/c21025/downloadable_files"
CONTENTS = f"{MANUAL}/c15025/n"
RESCON = f"{MANUAL}/c23025/a/rescon"
ACTLEAVE = f"{MANUAL}/c23025/a/actleave"
OPTIONAL_SINCE, EXPECTED_FROM = 2019, 2028


class Entity(StrEnum):
    PERSON = "Person"
    CONTRACT = "Contract"
    ACTIVITY = "ContractActivity"


class Asked(StrEnum):
    """Of whom a field is asked."""

    ALL = "of everybody"
    NOT_ATYPICAL = "of permanent and fixed-term contracts"
    ENDED = "of contracts that ended"
    LEAVERS = "of people who left"
    UNKNOWN = "not checked"


@dataclass(frozen=True, slots=True)
class StaffField:
    """A field. `column` is the key of what is read in an extract (`reading.fields`); `codes` the list it is coded in."""

    entity: Entity
    name: str
    label: str
    column: str
    asked: Asked
    source: str
    is_certain: bool = True
    codes: str = ""
    longest: int = 0
    note: str = ""

    @property
    def path(self) -> str:
        """As HESA writes it: Person.BIRTHDTE."""
        entity = "Activity" if self.entity is Entity.ACTIVITY else self.entity.value
        return f"{entity}.{self.name}"


@dataclass(frozen=True, slots=True)
class Codes:
    """A code list of the collection year: its codes, whether it was read, and where."""

    values: frozenset[str]
    is_certain: bool
    source: str
    version: str = ""


P, C, A = Entity.PERSON, Entity.CONTRACT, Entity.ACTIVITY
FIELDS: tuple[StaffField, ...] = (
    StaffField(P, "OWNSTAFFID", "Staff number", "staff_number", Asked.ALL, SUPPLY, longest=20),
    StaffField(P, "BIRTHDTE", "Date of birth", "birth_date", Asked.NOT_ATYPICAL,
               "http://www.hesa.ac.uk/component/option,com_studrec/task,show_file/Itemid,233/mnl,12025/href,a%5E_%5EBIRTHDTE.html/", longest=10),
    StaffField(P, "SEXID", "Sex", "sex", Asked.UNKNOWN, SUPPLY, codes="SEXID", note="Codes of two figures from 2022/23."),
    StaffField(P, "ETHNIC", "Ethnicity", "ethnicity", Asked.UNKNOWN, SUPPLY, codes="ETHNIC", note="Codes of three figures from 2022/23."),
    StaffField(P, "DISABLE", "Disability", "disability", Asked.UNKNOWN, "https://www.hesa.ac.uk/innovation/records/reviews/staff-2022-23", codes="DISABLE",
               note="Up to nine of them from 2022/23."),
    StaffField(P, "DATELEFT", "Date of leaving", "ends_on", Asked.LEAVERS, CONTENTS, longest=10, note="The last day of the last contract."),
    StaffField(C, "CONTRACTID", "Contract number", "contract_number", Asked.ALL, CONTENTS, is_certain=False, longest=20,
               note="The extract's own, where it has one; else made of the staff number and the day on which the contract began."),
    StaffField(C, "TERMS", "Terms of employment", "terms", Asked.ALL, f"{MANUAL}/c18025/a/terms", codes="TERMS"),
    StaffField(C, "MOEMP", "Mode of employment", "mode", Asked.ALL, f"{MANUAL}/c12025/a/moemp", codes="MOEMP"),
    StaffField(C, "LEVELS", "Contract level", "level", Asked.UNKNOWN, f"{MANUAL}/c20025/a/levels", codes="LEVELS"),
    StaffField(C, "ACEMPFUN", "Academic employment function", "academic_function", Asked.UNKNOWN, f"{MANUAL}/c20025/a/actchqual", codes="ACEMPFUN",
               note="9 for contracts that are not academic."),
    StaffField(C, "HOURLYPAID", "Salaried or hourly paid", "paid", Asked.NOT_ATYPICAL, f"{MANUAL}/c19025/a/hourlypaid", codes="HOURPAY"),
    StaffField(C, "STARTCON", "Contract starts", "starts_on", Asked.NOT_ATYPICAL, f"{MANUAL}/c12025/n/STARTCON", longest=10),
    StaffField(C, "ENDCON", "Contract ended", "ends_on", Asked.ENDED, RESCON, longest=10, note="Only where the contract ended within the year."),
    StaffField(C, "RESCON", "Reason for the end of the contract", "leaving_reason", Asked.ENDED, RESCON, is_certain=False,
               note="Seven of its codes were read in the manual of 2023/24; 6 and 8 are inferred."),
    StaffField(C, "CONFTE", "Full-time equivalent", "fte", Asked.UNKNOWN,
               "http://www.hesa.ac.uk/component/option,com_collns/task,show_manuals/Itemid,233/r,04026/f,009/", is_certain=False,
               note="HESA asks for the share of the whole year; the extract has it on one day."),
    StaffField(A, "ACTSOC2020", "SOC2020 of the activity", "soc", Asked.ALL, ACTLEAVE, is_certain=False,
               note="The name was read in the manual of 2023/24; whether three or four figures are asked was not."),
)  # fmt: skip
BY_PATH = {one.path: one for one in FIELDS}


def year_words(year: int) -> str:
    """2028 as people write it: 2028/29."""
    return f"{year}/{(year + 1) % 100:02}"
