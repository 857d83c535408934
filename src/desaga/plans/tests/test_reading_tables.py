"""Grids as real documents have them, and the actions that a person sees in them."""

import pytest

from desaga.plans.tests.grids import grid, plan_of

HEADS = "Action | Owner | Timeframe"
ROWS = ("Open the glass store | Estates | Mar-31", "Name a mentor for each trainee | HR | Ongoing")


def rows_of(plan):
    return [(a["theme"], a["title"], [o["text"] for o in a["owners"]], a["timeframe"]["text"]) for a in plan["actions"]]


def titles(plan):
    return [action["title"] for action in plan["actions"]]


def kinds(plan):
    return [notice["kind"] for notice in plan["notices"]]


EXPECTED = [
    (None, "Open the glass store", ["Estates"], "Mar-31"),
    (None, "Name a mentor for each trainee", ["HR"], "Ongoing"),
]


@pytest.mark.parametrize(
    "heads",
    [
        "Action | Owner | Timeframe",
        "Activity | Lead | When",
        "Objective | Responsible | Deadline",
        "Planned action | Responsible (identify key contact) | Date for completion",
        "What we will do | Who | By when",
        "Step | By whom | Target date",
        "ACTION | LEAD(S) | TIMESCALE",
    ],
)
def test_headings_are_read_by_meaning(heads) -> None:
    assert rows_of(plan_of(grid(heads, *ROWS))) == EXPECTED


def test_a_heading_row_that_repeats_is_no_action() -> None:
    plan = plan_of(grid(HEADS, ROWS[0], HEADS, ROWS[1]))

    assert rows_of(plan) == EXPECTED


def test_a_heading_row_repeated_in_other_words_is_read_anew() -> None:
    plan = plan_of(
        grid(HEADS, ROWS[0], page=1),
        grid("Planned activity | Responsible (identify key contact) | Date", ROWS[1], page=2),
    )

    assert rows_of(plan) == EXPECTED


def test_heads_may_stand_on_the_second_row_under_a_merged_title() -> None:
    plan = plan_of(grid("Technician plan of Nowhere, 2030 to 2032 | > | >", HEADS, *ROWS))

    assert rows_of(plan) == EXPECTED
    assert plan["period"] == {"start": "2030", "end": "2032"}


def test_merged_heads_stand_over_others() -> None:
    plan = plan_of(
        grid(
            "Action | Owner | Timeframe | >",
            "^ | ^ | Start | End",
            "Open the glass store | Estates | Jan-31 | Mar-31",
            "Name a mentor | HR | 2031 | 2032",
        )
    )

    assert [(a["timeframe"]["start"], a["timeframe"]["end"]) for a in plan["actions"]] == [
        ("2031-01", "2031-03"),
        ("2031", "2032"),
    ]


def test_lost_heads_are_carried_over_and_reported() -> None:
    plan = plan_of(grid(HEADS, ROWS[0], page=1), grid(ROWS[1], page=2))

    assert rows_of(plan) == EXPECTED
    assert kinds(plan) == ["header_carried"]


def test_a_column_fewer_is_placed_by_what_its_cells_say() -> None:
    plan = plan_of(
        grid(
            "Ref | Action | Owner | Timeframe | Status | Comments",
            "1 | Open the glass store | Estates | Mar-31 | Complete | All went well on the day",
            page=1,
        ),
        grid(
            "2 | Name a mentor for each trainee | HR | Apr-31 | Waiting for the new handbook to come out",
            "3 | Print the list of awards | HR | May-31 | The printer has to be chosen first by the office",
            page=2,
        ),
    )

    assert [(a["code"], a["status"], a["comments"]) for a in plan["actions"]] == [
        ("1", "complete", "All went well on the day"),
        ("2", None, "Waiting for the new handbook to come out"),
        ("3", None, "The printer has to be chosen first by the office"),
    ]
    assert kinds(plan) == ["header_shifted"]


THEMED = [
    ("Visibility", "Open the glass store", ["Estates"], "Mar-31"),
    ("Recognition", "Name a mentor for each trainee", ["HR"], "Ongoing"),
]


@pytest.mark.parametrize(
    "table",
    [
        (HEADS, "Visibility | > | >", ROWS[0], "Recognition | > | >", ROWS[1]),
        (HEADS, "Visibility", ROWS[0], "Recognition", ROWS[1]),
        (HEADS, "Pillar 1: Visibility | > | >", ROWS[0], "Pillar 2: Recognition | > | >", ROWS[1]),
        ("Theme | " + HEADS, "Visibility | " + ROWS[0], "Recognition | " + ROWS[1]),
    ],
)
def test_themes_stand_on_rows_of_their_own_or_in_a_column(table) -> None:
    plan = plan_of(grid(*table))
    themes = {theme["code"] or theme["title"]: theme["title"] for theme in plan["themes"]}

    assert [(themes[theme], *rest) for theme, *rest in rows_of(plan)] == THEMED
    assert [a["alignments"][0]["code"] for a in plan["actions"]] == ["Visibility", "Recognition"]
    assert {a["alignments"][0]["basis"] for a in plan["actions"]} == {"theme"}


def test_a_theme_column_merged_downwards_holds_for_all_its_rows() -> None:
    plan = plan_of(grid("Theme | " + HEADS, "Visibility | " + ROWS[0], "^ | " + ROWS[1]))

    assert [theme for theme, *_ in rows_of(plan)] == ["Visibility", "Visibility"]


def test_a_heading_between_tables_is_the_theme_of_the_next() -> None:
    plan = plan_of("# Visibility", grid(HEADS, ROWS[0]), "# Recognition", grid(HEADS, ROWS[1]))

    assert rows_of(plan) == THEMED


def test_a_sheets_name_is_its_theme() -> None:
    plan = plan_of(grid(HEADS, ROWS[0], sheet="Visibility"), grid(HEADS, ROWS[1], sheet="Recognition"), format="xlsx")

    assert rows_of(plan) == THEMED
    assert [action["source"] for action in plan["actions"]] == [
        {"sheet": "Visibility", "page": None, "row": 2},
        {"sheet": "Recognition", "page": None, "row": 2},
    ]


def test_a_theme_torn_across_the_columns_is_one_heading() -> None:
    plan = plan_of(
        grid(
            "Ref | Action | Owner | Timeframe",
            "N8-4 | Support the careers of | technical staff by | sharing posts",
            "N8-4a | Open the glass store | Estates | Mar-31",
        )
    )

    assert [theme["title"] for theme in plan["themes"]] == ["Support the careers of technical staff by sharing posts"]
    assert titles(plan) == ["Open the glass store"]
    assert [(a["code"], a["basis"]) for a in plan["actions"][0]["alignments"]] == [("N8-4", "code")]


def test_an_actions_text_may_go_on_in_the_next_row() -> None:
    plan = plan_of(
        grid(HEADS, "Open the glass store and the | Estates | Mar-31", "solvent store to all staff", ROWS[1])
    )

    assert titles(plan) == ["Open the glass store and the solvent store to all staff", "Name a mentor for each trainee"]
    assert [n["kind"] for n in plan["actions"][0]["notices"]] == ["continued"]


def test_an_actions_text_may_go_on_over_the_page() -> None:
    plan = plan_of(
        grid(HEADS, "Open the glass store and the | Estates | Mar-31", page=1),
        grid("solvent store to all staff", page=2),
        format="pdf",
    )

    assert len(plan["actions"]) == 1


def test_cells_merged_downwards_hold_for_each_row() -> None:
    plan = plan_of(grid(HEADS, "Open the glass store | Estates | Mar-31", "Paint the solvent store | ^ | ^"))

    assert [(a["title"], a["owners"][0]["text"], a["timeframe"]["end"]) for a in plan["actions"]] == [
        ("Open the glass store", "Estates", "2031-03"),
        ("Paint the solvent store", "Estates", "2031-03"),
    ]


def test_a_gap_in_the_numbering_is_reported() -> None:
    plan = plan_of(grid("Ref | " + HEADS, "1a | " + ROWS[0], "1c | " + ROWS[1]))

    assert kinds(plan) == ["gap_in_numbering"]
    assert [n["kind"] for n in plan["actions"][0]["notices"]] == ["gap_in_numbering"]


def test_two_actions_run_into_one_row_are_reported() -> None:
    plan = plan_of(
        grid(
            "Ref | Action | Owner | Timeframe | Alignment",
            "1a | Open the glass store Paint the doors | Estates | Mar-31 | Visibility; Recognition; Visibility",
            "1c | Name a mentor | HR | May-31 | Recognition",
        )
    )

    assert "two_in_one" in [n["kind"] for n in plan["actions"][0]["notices"]]
    assert len(plan["actions"]) == 2


def test_a_table_of_business_as_usual_is_kept_apart() -> None:
    plan = plan_of(
        grid("Ref | " + HEADS, "1 | " + ROWS[0]),
        grid(
            "Ref | Action | How this is now business as usual",
            "2 | Name a mentor for each trainee | The handbook says so",
        ),
    )

    assert [(a["code"], a["business_as_usual"], a["how"]) for a in plan["actions"]] == [
        ("1", False, ""),
        ("2", True, "The handbook says so"),
    ]


def test_a_title_over_the_table_makes_it_business_as_usual() -> None:
    plan = plan_of(grid(HEADS, ROWS[0]), "# Business as usual", grid(HEADS, ROWS[1]))

    assert [a["business_as_usual"] for a in plan["actions"]] == [False, True]


def test_past_quarters_are_updates_and_the_last_one_counts() -> None:
    plan = plan_of(
        grid(
            HEADS + " | Q1 2031 | Q2 2031",
            "Open the glass store | Estates | Dec-31 | Amber | Green",
            "Name a mentor | HR | Dec-31 | Red | Keys were lost",
        )
    )

    assert [(u["period"], u["rag"], u["text"]) for u in plan["actions"][0]["updates"]] == [
        ("Q1 2031", "amber", ""),
        ("Q2 2031", "green", ""),
    ]
    assert [(u["period"], u["rag"], u["text"]) for u in plan["actions"][1]["updates"]] == [
        ("Q1 2031", "red", ""),
        ("Q2 2031", None, "Keys were lost"),
    ]
    assert [a["rag"] for a in plan["actions"]] == ["green", "red"]


def test_crosses_under_periods_are_the_timeframe() -> None:
    plan = plan_of(
        grid(
            "Action | Owner | Q1 2031 | Q2 2031 | Q3 2031",
            "Open the glass store | Estates | x | x |",
            "Name a mentor | HR | | | x",
        )
    )

    assert [(a["timeframe"]["start"], a["timeframe"]["end"], a["timeframe"]["precision"]) for a in plan["actions"]] == [
        ("2031-01", "2031-06", "quarter"),
        ("2031-07", "2031-09", "quarter"),
    ]


def test_pillars_against_years_are_a_matrix_of_actions() -> None:
    plan = plan_of(
        grid(
            "| Year 1 (2031) | Year 2 (2032)",
            "Visibility | Open the glass store | Paint the doors blue",
            "Recognition | Name a mentor | Print the list of awards",
        )
    )

    assert [(a["theme"], a["title"], a["timeframe"]["end"]) for a in plan["actions"]] == [
        ("Visibility", "Open the glass store", "2031"),
        ("Visibility", "Paint the doors blue", "2032"),
        ("Recognition", "Name a mentor", "2031"),
        ("Recognition", "Print the list of awards", "2032"),
    ]


def test_an_upright_table_has_its_headings_down_the_side() -> None:
    plan = plan_of(
        grid("Action | Open the glass store", "Owner | Estates", "Timeframe | Mar-31"),
        grid("Action | Name a mentor for each trainee", "Owner | HR", "Timeframe | Ongoing"),
    )

    assert rows_of(plan) == EXPECTED


def test_actions_under_completed_are_complete() -> None:
    plan = plan_of(grid(HEADS, ROWS[0]), "# Completed actions", grid(HEADS, ROWS[1]))

    assert [a["status"] for a in plan["actions"]] == [None, "complete"]


def test_a_table_that_looks_back_on_an_earlier_plan_is_no_action() -> None:
    plan = plan_of(
        "# Action plan 2031-2033",
        grid(HEADS, ROWS[0]),
        "# Progress against the previous action plan",
        grid(HEADS, ROWS[1]),
    )

    assert titles(plan) == ["Open the glass store"]
    assert "earlier_plan" in kinds(plan)
    assert "Name a mentor for each trainee" in " ".join(piece["text"] for piece in plan["unplaced"])


NO_PLANS = {
    "risks": ("Risk | Likelihood | Impact | Mitigation | Owner", "Fire in the store | Low | High | Buy blankets | Estates"),
    "budget": ("Item | Unit cost | Quantity | Total", "Glass | £4 | 20 | £80"),
    "members": ("Name | Role | E-mail", "Ada Fenwick | Chair | ada@example.org"),
    "colours": ("RAG | Meaning", "Red | Has not begun", "Amber | Is late", "Green | Is on course"),
    "template": ("Action | Owner | Timeframe", "| | ", "| | "),
    "meetings": ("Date | Room | Time", "1 May 2031 | B12 | 10:00"),
    "scores": ("Question | Agree | Disagree | %", "I feel seen | 40 | 10 | 80"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_PLANS)
def test_tables_of_other_kinds_are_no_plan(name) -> None:
    plan = plan_of(grid(*NO_PLANS[name]))

    assert plan["actions"] == []
    assert kinds(plan) == ["no_plan"]


@pytest.mark.parametrize("name", sorted(set(NO_PLANS) - {"template"}))
def test_tables_of_other_kinds_beside_a_plan_add_nothing(name) -> None:
    plan = plan_of(grid(HEADS, *ROWS, sheet="Plan"), grid(*NO_PLANS[name], sheet="Other"), format="xlsx")

    assert rows_of(plan) == EXPECTED


def test_debris_in_a_continued_row_is_set_aside_and_reported() -> None:
    plan = plan_of(
        grid(HEADS, "Open the glass store and the | Estates | Mar-31", "solvent store to all staff | | 4 2 2", ROWS[1]),
        format="pdf",
    )

    assert plan["actions"][0]["timeframe"]["text"] == "Mar-31"
    assert "debris" in [n["kind"] for n in plan["actions"][0]["notices"]]
    assert "4 2 2" in [piece["text"] for piece in plan["unplaced"]]


def test_what_other_rows_have_and_this_one_lacks_is_missing() -> None:
    plan = plan_of(grid(HEADS, ROWS[0], "Name a mentor for each trainee | | "))

    assert [(n["field"], n["kind"]) for n in plan["actions"][1]["notices"]] == [
        ("owners", "missing"),
        ("timeframe", "missing"),
    ]
