"""`desaga suggest FILE --framework talent|pillars|themes|n8 [--json]`: what a document's actions may answer, and why.

No database, network or language model, and nothing that the document itself states of frameworks is heeded.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

#: What is asked for on the command line, and the key of the shipped framework.
FRAMEWORKS = {"talent": "talent", "pillars": "technician-commitment-2017", "themes": "themes", "n8": "n8"}
MOST_SHOWN = 3
LONGEST_TITLE = 90


def suggest_for_json(payload: dict[str, Any]) -> dict[str, Any]:
    """The suggestions for the file `payload["path"]` as plain data; the function that the limited child process runs."""
    from desaga.plans.reading import read_plan

    return suggestions_for(read_plan(Path(payload["path"])), payload["framework"])


def suggestions_for(plan: dict[str, Any], framework: str) -> dict[str, Any]:
    """`{actions: [{code, title, suggestions: [{code, score, because}]}]}` for a plan in the interchange format."""
    from . import propose, shipped
    from .documents import action_texts

    found = propose(action_texts(plan), shipped(FRAMEWORKS[framework]))
    return {
        "actions": [
            {
                "code": action["code"],
                "title": action["title"],
                "suggestions": [
                    {"code": one.code, "score": one.score, "because": list(one.because)} for one in suggestions
                ],
            }
            for action, suggestions in zip(plan["actions"], found, strict=True)
        ]
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command. 0: read, even where no plan was found; 1: the file cannot be read; 2: wrong usage."""
    parser = argparse.ArgumentParser(
        prog="desaga suggest", description="Propose what the actions of a document's plan answer, and say why."
    )
    parser.add_argument("file", type=Path, help="a .docx, .xlsx, .ods, .pdf, .html, .md, .txt, .csv or .tsv file")
    parser.add_argument("--framework", choices=FRAMEWORKS, required=True, help="whose principles are proposed")
    parser.add_argument("--json", action="store_true", help="print JSON on standard output, alone")
    options = parser.parse_args(arguments)

    from desaga.documents.model import UnreadableDocument
    from desaga.documents.sandbox import run_limited

    payload = {"path": str(options.file.absolute()), "framework": options.framework}
    try:
        found = run_limited("desaga.plans.proposing.command:suggest_for_json", payload)
    except UnreadableDocument as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(describe(found, options.framework))
    return 0


def describe(found: dict[str, Any], framework: str) -> str:
    """The suggestions for a person's eyes: under each action the best, with what speaks for them."""
    from . import shipped

    titles = {one.code: one.title for one in shipped(FRAMEWORKS[framework]).principles}
    lines: list[str] = []
    for action in found["actions"]:
        title = " ".join((action["title"] or "(no title)").split())[:LONGEST_TITLE]
        lines += ["", f"{action['code']}  {title}" if action["code"] else title]
        for one in action["suggestions"][:MOST_SHOWN]:
            lines.append(f"  {one['score']:.2f}  {one['code']}  {titles[one['code']]}")
            lines.append(f"        because of: {', '.join(one['because'])}")
        if not action["suggestions"]:
            lines.append("  nothing speaks clearly for any of them")
    actions = len(found["actions"])
    lines += ["", f"{actions} actions. Suggestions only: whether an action answers a principle is for a person to say."]
    return "\n".join(lines[1:] if actions else lines) + "\n"
