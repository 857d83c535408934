"""What programs that read the feed's first version rely on, as it was promised to them. Written by hand: nothing here is taken from the schema.

A column may be added, here too, once it is out. None of these is ever renamed, taken away, of another type, or null where it was not.
"""

TEXT, WHOLE, NUMBER, DAY, MOMENT, TRUTH = "Edm.String", "Edm.Int64", "Edm.Decimal", "Edm.Date", "Edm.DateTimeOffset", "Edm.Boolean"  # fmt: skip
OF_A_RELEASE = {"ReleaseId": (WHOLE, False), "Period": (TEXT, False), "Day": (DAY, False), "Figure": (TEXT, False), "FigureName": (TEXT, False), "Cut": (TEXT, False), "CutName": (TEXT, False)}  # fmt: skip

#: By set: its key, and each column with its type and whether it may be null.
SETS = {
    "Releases": ("Id", {
        "Id": (WHOLE, False), "Period": (TEXT, False), "Day": (DAY, False), "ReleasedAt": (MOMENT, False), "Covers": (TEXT, False),
        "Definition": (TEXT, False), "DefinitionVersion": (TEXT, False), "Policy": (TEXT, False), "Replaces": (WHOLE, True),
        "WhatChanged": (TEXT, False), "ComparedWith": (DAY, True),
    }),
    "Figures": ("Key", dict.fromkeys(("Key", "Name", "Definition", "Unit", "CountedAs", "Better"), (TEXT, False))),
    "Units": ("Key", {"Key": (TEXT, False), "Name": (TEXT, False)}),
    "Cells": ("Id", {
        "Id": (TEXT, False), **OF_A_RELEASE, "RowKey": (TEXT, False), "RowName": (TEXT, False), "ColumnKey": (TEXT, False),
        "ColumnName": (TEXT, False), "IsTotal": (TRUTH, False), "Value": (NUMBER, True), "Shown": (TEXT, False), "Kind": (TEXT, False),
        "Unit": (TEXT, False), "Definition": (TEXT, False), "Policy": (TEXT, False), "ComparedWith": (DAY, True),
    }),
    "Comparators": ("Id", {
        "Id": (TEXT, False), **OF_A_RELEASE, "RowKey": (TEXT, False), "Group": (TEXT, False), "Value": (NUMBER, False), "Unit": (TEXT, False),
        "Whose": (TEXT, False), "Year": (TEXT, False), "Source": (TEXT, False),
    }),
}  # fmt: skip
NAMESPACE, CONTAINER = "Desaga.Workforce", "Feed"
KINDS = {"value", "zero", "suppressed", "not_collected"}
FIGURES = {
    f"workforce.{name}"
    for name in (
        "headcount fpe fte teaching research aged_50 retirement sex ethnicity disability women ethnic_minorities disabled starters leavers "
        "moves_in moves_out unknown_moves turnover resignations stability service promotions promotion_rate time_in_grade vacancies applicants "
        "filled valid"
    ).split()
}
#: The cuts of the headcount, which reports are built on first.
CUTS = {"", "unit", "grade", "terms", "mode", "level", "age", "age_sex"}
