"""What a column may be. One object a field: what HR systems call it, how its values are read, what it belongs to.

The names are headings as Trent and iTrent, SAP (HCM and SuccessFactors), Oracle, Workday, ResourceLink, CoreHR, Unit4 and HESA's own
files write them, folded (`values.folded`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["person", "contract", "activity", "equality"]
Kind = Literal["number", "words", "date", "code", "codes", "fte", "hours", "share", "part", "soc", "count", "mark"]


@dataclass(frozen=True, slots=True)
class Field:
    """`names` say by themselves what a column is, those in front before the others; `loose` ones may mean something else as well, and are
    believed of values that are the field's, where no other column is it."""

    key: str
    label: str
    group: Group
    kind: Kind
    names: tuple[str, ...]
    loose: tuple[str, ...] = ()
    codes: str = ""
    hint: str = ""
    is_required: bool = False

    @property
    def is_equality(self) -> bool:
        return self.group == "equality"


def _field(key: str, label: str, group: Group, kind: Kind, names: str, loose: str = "", **more: object) -> Field:
    return Field(key, label, group, kind, _several(names), _several(loose), **more)  # type: ignore[arg-type]


def _several(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(";") if name.strip())


FIELDS: tuple[Field, ...] = (
    _field("staff_number", "Staff number", "person", "number",
           "staffid;staff id;staff number;staff no;staff reference;employee no;employee number;employee id;employee reference;employee code;empl id;emplid;pernr;"
           "pers no;personnel number;personnel no;person number;personref;person ref;person reference;payroll number;payroll;pay number;worker id;ownstaffid;"
           "resource id;resno;person id;colleague number;university id;university number;staff id number;staff identifier;employee reference number;"
           "personal reference;personal reference number;payroll reference", loose="employee;worker;unique id;id",
           is_required=True, hint="The same in every extract. Kept only as a keyed hash, and sealed."),
    _field("surname", "Surname", "person", "words", "surname;last name;family name;family names;legal last name;sn",
           hint="Sealed. Only to see whether a person is one we knew."),
    _field("forename", "First name", "person", "words",
           "forename;forenames;forename s;first name;given name;legal first name;first forename;first names;fname;fnames;given names;known as;preferred name;"
           "preferred forename;preferred first name"),
    _field("name", "Whole name", "person", "words", "name;full name;employee name;worker;display name;person name;emp name", loose="employee"),
    _field("birth_date", "Date of birth", "person", "date", "birthdte;date of birth;dob;birth date;birthdate;d o b;gbdat;date of birth dob;dob date of birth",
           hint="Sealed. Ages are worked out on the day of the extract."),
    _field("joined_on", "Joined the organisation", "person", "date",
           "date of joining;continuous service date;cont service date;continuous service start;original hire date;hire date;latest hire date;date joined;"
           "start date with organisation;first joined;date first apptd;datefstapp;adjusted service date;university start date;service start date;"
           "employment start date;employee start date;date of appointment;date appointed;entry date;continuous service;continuous employment date;"
           "university service start date;date started with university;date of joining university;original start date", loose="entry;commencement date;date commenced"),
    _field("contract_number", "Contract number", "contract", "number",
           "contractid;contract id;contract no;contract number;contract reference;contract reference number;owncontractid;assignment number;assignment no;"
           "assignment id;occupancy id;occupancy number;occupancy reference;appointment id;appointment number;post holding reference;job number;job id;role id;"
           "post id;post number;post no;post ref;post reference;position id;position number;position no;position reference;plans;position code", loose="position"),
    _field("main", "Main contract of the person", "contract", "mark",
           "primary;primary flag;primary indicator;is primary;primary assignment;primary assignment flag;primary job;primary job flag;primary post;"
           "primary position;primary contract;primary appointment;primary role;main;main flag;is main;main assignment;main job;main job flag;main post;"
           "main post flag;main position;main contract;main appointment;main role;substantive;substantive post;job indicator",
           hint="Yes or no. Where no contract says yes, or several do, the largest of them counts."),
    _field("job_title", "Job title", "contract", "words",
           "job title;position title;post title;business title;role title;title of post;jobtitle;position name;post name;job name;position;post long desc;"
           "post long description;job description;job;role;stell;post description;job title role", loose="post"),
    _field("job_family", "Job family", "contract", "words",
           "job family;job family group;job family name;staff group;staff category;employee group;employment category;employee subgroup;staff type;job category;"
           "post type;occupational group;staff class;job profile;persg;category of staff;occupational category;occupational grouping;job family staff group",
           loose="category"),
    _field("grade", "Grade", "contract", "words",
           "grade;grade name;grade desc;grade code;grade spine;pay grade;scale grade;pay scale group;ps group;compensation grade;salary grade;scale;pay scale;"
           "salary scale;trfgr;pay band;band"),
    _field("unit", "Department or unit", "contract", "words",
           "department;dept;department name;dept name;department long description;unit;unit name;organisational unit;org unit;org unit name;org unit text;"
           "organisation unit;structure unit name;structure unit;school;school name;school department;department school;faculty school;school faculty;"
           "department faculty;faculty department;directorate school;school service;academic unit;supervisory organisation;organisation name;reporting unit;team;"
           "structure;orgeh;department code;dept code;division;directorate;faculty;organisation",
           loose="college;section;service area;service;business unit"),
    _field("cost_centre", "Cost centre", "contract", "words", "cost centre;cost center;costcentre;ccentre;kostl;cost centre code;cost centre number;cost code;cc"),
    _field("marker", "HR's own mark of technical staff", "contract", "words",
           "technician;technical;is technical;technical flag;technician flag;technical staff;technical marker;tech flag;tech commitment;technician commitment;"
           "technical commitment"),
    _field("soc", "SOC2020", "contract", "soc", "soc2020;soc;soc code;soc 2020;soc 2020 code;soc2020 code;standard occupational classification;"
           "standard occupational classification 2020;soc2020 occupation;occupation code;soccode;xactsoc01",
           hint="Four figures."),
    _field("terms", "Terms of employment", "contract", "code",
           "terms;terms of employment;contract type;contract status;type of contract;employment type;employee type;contract term;perm fixed term;work contract;"
           "contract permanency;appointment type;ctype;permanent fixed term;open ended fixed term;contract basis;permanent temporary;perm or fixed;perm temp;"
           "contract nature;nature of contract;contract type perm ftc;employment contract type",
           loose="contract;worker type;assignment category;employment basis;basis;employment status", codes="TERMS"),
    _field("mode", "Mode of employment", "contract", "code",
           "moemp;mode of employment;mode;full time part time;full part time;ft pt;working pattern;time type;employment mode;work pattern;full or part time;ftpt;"
           "full part",
           loose="employment status;assignment category;employment basis;basis", codes="MOEMP"),
    _field("level", "Contract level", "contract", "code", "levels;level;contract level;xperthr level;xpert hr level;hesa level;hesa contract level;ucea level",
           codes="LEVELS"),
    _field("academic_function", "Academic function", "contract", "code",
           "acempfun;academic employment function;academic function;employment function", codes="ACEMPFUN"),
    _field("paid", "Salaried or hourly paid", "contract", "code",
           "hourlypaid;hourly paid;paytype;pay type;pay basis;pay rate type;salary basis;payment type", codes="HOURPAY"),
    _field("fte", "FTE", "contract", "fte",
           "fte;contract fte;assignment fte;post holding fte;full time equivalent;fte value;fte %;contract fte %;ftepc;capacity utilisation level;"
           "employment percentage;post fte;position fte;%fte;conpa;current fte;actual fte;full time equivalent fte"),
    _field("hours", "Hours a week", "contract", "hours",
           "contracted hours;weekly hours;hours;hours per week;hours a week;working hours;scheduled weekly hours;contract hours;contractual hours;basic hours;"
           "normal hours;working hours per week;arbst;hrs;weekly contracted hours;contract hours per week;hours worked per week;hours p w"),
    _field("teaching", "Teaching contribution", "contract", "part",
           "teaching;teaching share;teaching %;% teaching;share of teaching;teaching contribution;contributes to teaching;supports teaching"),
    _field("research", "Research contribution", "contract", "part",
           "research;research share;research %;% research;share of research;research contribution;contributes to research;supports research"),
    _field("starts_on", "Contract starts", "contract", "date",
           "contract start;contract start date;startcon;assignment start;assignment start date;position start date;post start date;occupancy start date;"
           "job start date;post holding start date;appointment start date;role start date;post start;date started in post;contract commencement date;start date;"
           "date started;date from;from date;valid from;begda", loose="commencement date;date commenced;effective start date"),
    _field("ends_on", "Contract ends", "contract", "date",
           "contract end;contract end date;endcon;assignment end;assignment end date;position end date;post end date;occupancy end date;job end date;"
           "post holding end date;appointment end date;role end date;contract expiry date;contract expiry;fixed term end date;fixed term contract end date;"
           "contract end date if fixed term;contract end date if applicable;end date;expected end date;expected contract end date;projected end date;"
           "projected assignment end;leaving date;date of leaving;termination date;leave date;date left;leaver date;last day;end employment date;last working day;"
           "left on;finish date;date to;to date;valid to;endda", loose="leaving;effective end date"),
    _field("grade_since", "In the grade since", "contract", "date",
           "grade start date;date in grade;grade start;date entered grade;grade entry date;grade since;grade from;time in grade from;grade effective date;"
           "date started in grade;date started in current grade;grade date"),
    _field("leaving_reason", "Reason for leaving", "contract", "code",
           "resleave;reason for leaving;leaving reason;termination reason;leave reason;leaver reason;reason left;why left;resendcon;reason for end of contract",
           loose="reason for action", codes="RESLEAVE"),
    _field("applicants", "Applicants for a vacant post", "contract", "count", "applicants;applications;number of applicants;no of applicants;number of applications",
           hint="Only read in rows of posts that nobody holds."),
    _field("activity_soc", "Activity: SOC2020", "activity", "soc", "activity soc;activity soc2020;actsoc2020;actsoc;socact;activity soc code"),
    _field("activity_share", "Activity: share of the contract", "activity", "share",
           "activity share;activity %;activity percentage;share of contract;proportion of activity;activity proportion;actprop;split %;percentage of contract;"
           "activity fte share"),
    _field("sex", "Sex", "equality", "code", "sexid;sex;gender;legal sex;gender code;sex m f", codes="SEXID"),
    _field("ethnicity", "Ethnicity", "equality", "code", "ethnic;ethnicity;ethnic origin;ethnic group;ethnicid;race ethnicity;ethnic origin description;"
           "hesa ethnicity;ethnic background", codes="ETHNIC"),
    _field("disability", "Disabilities", "equality", "codes",
           "disable;disable1;disability;disability 1;disability status;disability code;registered disabled;disabilities;disabled;disability type;disable 1;"
           "disability declared", codes="DISABLE",
           hint="Up to nine, in one column with semicolons or in several columns."),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
#: The fields of which several columns may be mapped.
SEVERAL = frozenset({"disability"})
LABELS = {field.key: field.label for field in FIELDS}
