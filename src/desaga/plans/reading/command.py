"""`desaga read-plan FILE [--json]`: what a document's action plan says. No database, network or language model."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def read_for_json(payload: dict[str, Any]) -> dict[str, Any]:
    """The plan in the file `payload["path"]` as plain data; the function that the limited child process runs."""
    from . import read_plan

    return read_plan(Path(payload["path"]))


def main(arguments: list[str] | None = None) -> int:
    """Run the command. 0: read, even where no plan was found; 1: the file cannot be read; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="desaga read-plan", description="Read the action plan that a document holds.")
    parser.add_argument("file", type=Path, help="a .docx, .xlsx, .ods, .pdf, .html, .md, .txt, .csv or .tsv file")
    parser.add_argument("--json", action="store_true", help="print the interchange format on standard output, alone")
    options = parser.parse_args(arguments)

    from desaga.documents.model import UnreadableDocument
    from desaga.documents.sandbox import run_limited

    try:
        plan = run_limited("desaga.plans.reading.command:read_for_json", {"path": str(options.file.absolute())})
    except UnreadableDocument as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        json.dump(plan, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(describe(plan))
    return 0


def describe(plan: dict[str, Any]) -> str:
    """The plan for a person's eyes: a line an action, then what is doubtful."""
    lines = [plan["title"] or "Untitled plan"]
    theme = None
    for action in plan["actions"]:
        if action["theme"] != theme:
            theme = action["theme"]
            lines += ["", theme or "Without a theme"]
        owners = ", ".join(owner["text"] for owner in action["owners"]) or "nobody named"
        label = f"{action['code']}  " if action["code"] else ""
        title = " ".join((action["title"] or "(no title)").split())
        lines.append(f"  {label}{title[:90]} — {owners} — {action['timeframe']['text'] or 'no time given'}")
        lines += [f"      ? {notice['message']}" for notice in action["notices"]]
    lines += [
        "",
        f"{len(plan['actions'])} actions, {len(plan['glossary'])} abbreviations, {len(plan['unplaced'])} pieces of other text.",
    ]
    lines += [f"? {notice['message']}" for notice in plan["notices"]]
    return "\n".join(lines) + "\n"
