"""`desaga suggest FILE --framework talent|n8|pillars|themes [--json]`: which principles a document's actions answer, by their words alone."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .proposing import propose
from .vocabulary import FRAMEWORKS


def suggest_for_json(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`{"actions": [{"code", "title", "suggestions": [{"code", "score", "because"}]}]}` of the file at `path`, best first.

    What the document states of alignments, the actions' codes and the themes are not looked at. The limited child process runs it.
    """
    from desaga.plans.reading import read_plan

    plan = read_plan(Path(payload["path"]))
    return {"actions": [suggested_for(action, payload["framework"]) for action in plan["actions"]]}


def suggested_for(action: Mapping[str, Any], framework: str) -> dict[str, Any]:
    """What is proposed for an action in the interchange format; its own alignments are not looked at."""
    texts = {part: action[part] for part in ("title", "how", "success")}
    told = [asdict(one) for one in propose(texts, framework)]
    suggestions = [{name: one[name] for name in ("code", "score", "because")} for one in told]
    return {"code": action["code"], "title": action["title"], "suggestions": suggestions}


def main(arguments: list[str] | None = None) -> int:
    """Run the command. 0: read, even where no plan was found; 1: the file cannot be read; 2: wrong usage."""
    parser = argparse.ArgumentParser(
        prog="desaga suggest",
        description="Say which principles of a framework each action of a document answers, and by which words.",
    )
    parser.add_argument("file", type=Path, help="a document that holds an action plan")
    parser.add_argument("--framework", required=True, choices=sorted(FRAMEWORKS), help="what to propose from")
    parser.add_argument("--json", action="store_true", help="print JSON on standard output, alone")
    options = parser.parse_args(arguments)

    from desaga.documents.model import UnreadableDocument
    from desaga.documents.sandbox import run_limited

    payload = {"path": str(options.file.absolute()), "framework": FRAMEWORKS[options.framework]}
    try:
        told = run_limited(f"{__name__}:suggest_for_json", payload)
    except UnreadableDocument as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        json.dump(told, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(describe(told))
    return 0


def describe(told: Mapping[str, Any], most: int = 3) -> str:
    """The same for a person's eyes: the best few of each action, with the words that made them so."""
    lines = []
    for action in told["actions"]:
        label = f"{action['code']}  " if action["code"] else ""
        lines.append(f"{label}{' '.join((action['title'] or '(no title)').split())[:100]}")
        for one in action["suggestions"][:most]:
            lines.append(
                f"    {one['code']:<20} {one['score']:.2f}  {', '.join(one['because']) or 'like what was accepted before'}"
            )
        lines += [] if action["suggestions"] else ["    nothing in its words says which"]
    return "\n".join(lines or ["No action was found."]) + "\n"
