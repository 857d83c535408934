"""The reader understands the demo's documents as they were meant. It never saw them while it was written."""

import pytest

from desaga.plans.reading import read_plan
from tools.make_demo_documents import TARGET, words_of


def action_lists():
    """(file, code and title of each action in its order) for every document whose words are in `tools/demo_plans`."""
    wexcombe, ashlar, engineering = words_of("wexcombe"), words_of("ashlar"), words_of("engineering")
    usual = [row for sheet in wexcombe["sheets"] if sheet["title"] == "Business as usual" for row in sheet["rows"]]
    themed = [action for theme in wexcombe["themes"] for action in theme["actions"]]
    paged = [row for page in ashlar["pages"] if page["heading"] != "Glossary" for row in page["rows"]]
    return [
        ("wexcombe-action-plan-2025-2027.xlsx", themed + usual),
        ("ashlar-action-plan-2025-2028.docx", paged),
        ("wexcombe-engineering-plan-2026-27.pdf", [row for theme in engineering["themes"] for row in theme["actions"]]),
    ]


@pytest.mark.parametrize(("name", "actions"), action_lists(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_action_is_found_and_none_invented(name, actions):
    found = [(action["code"], " ".join(action["title"].split())) for action in read_plan(TARGET / name)["actions"]]
    assert found == [(action[0], action[1]) for action in actions]


def test_pasted_bullets_become_actions_under_their_headings():
    lines = (TARGET / "ashlar-action-plan-2022-2025.txt").read_text(encoding="utf-8").splitlines()
    meant = [line.removeprefix("• ").rpartition(" (")[0] for line in lines if line.startswith("• ")]
    plan = read_plan(TARGET / "ashlar-action-plan-2022-2025.txt")
    assert [action["title"] for action in plan["actions"]] == meant
