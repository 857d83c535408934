"""`desaga assign-panel FILE.json [--json]`: who reads which application, and why. No database."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from .engine import QUESTIONS, Assignment, share_out
from .panel import BadPanel, Panel
from .reading import NumberId, read_panel

#: The affinities of the largest panel take a fifth of this.
MOST_BYTES = 64 * 2**20
HELP = """FILE.json holds {applications: [{id, organisation}], reviewers: [{id, organisation, max}], per_application,
conflicts: [[application, reviewer]], affinity: {application: {reviewer: number}}, spread, kept: [[application, reviewer]]}.
conflicts, affinity, spread and kept may be left out; max null is no limit. - reads standard input.
spread is what each further reviewer from one organisation costs an application, in the unit of affinity; 0 leaves organisations out.
Most seats are filled first, then loads are made even, then affinity is made as large as it can be: see
docs/explanation/how-a-panel-is-shared-out.md."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command. 0: shared out, even where an application lacks reviewers; 1: the file cannot be used; 2: wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        panel = read_panel(_text(options.file))
        found = share_out(panel, seconds=options.seconds)
    except BadPanel as error:
        return _refused(printable(str(error)))
    except OSError as error:
        return _refused(f"{options.file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _refused(f"{options.file} is not text in UTF-8.")
    if options.json:
        sys.stdout.write(json.dumps(as_written(found.as_data()), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(describe(panel, found))
    return 0


def as_written(data: Any) -> Any:
    """With ids that were numbers as numbers, save where JSON has only text: as keys."""
    if isinstance(data, dict):
        return {key: as_written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_written(value) for value in data]
    return int(data) if isinstance(data, NumberId) else data


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desaga assign-panel",
        description="Share the applications of a panel out among its reviewers.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="a .json file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print JSON on standard output, alone")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="how long to look for the best (60)")
    return parser


def _seconds(word: str) -> float:
    seconds = float(word)
    if not (math.isfinite(seconds) and seconds >= 0):
        raise argparse.ArgumentTypeError("must be 0 or more")
    return seconds


def _text(file: str) -> str:
    if file == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with Path(file).open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadPanel(f"{file} is larger than {MOST_BYTES // 2**20} MB, more than any panel needs.")
    return content.decode("utf-8-sig")


def describe(panel: Panel, found: Assignment) -> str:
    """For a person's eyes: each application with its reviewers and why, then loads and how good it is."""
    names = {one.id: str(one) for one in panel.reviewers}
    readers: dict[str, list[str]] = {one.id: [] for one in panel.applications}
    for application, reviewer in found.pairs:
        readers[application].append(f"  {names[reviewer]}: {found.why[application, reviewer]}")
    lines = []
    for one in panel.applications:
        lines += [str(one), *readers[one.id]]
        if one.id in found.impossible:
            lines.append(f"  Too few. {found.impossible[one.id]}")
    loads = ", ".join(f"{names[reviewer]} {load}" for reviewer, load in found.loads.items())
    lines += ["", f"Loads: {loads}.", *_quality(panel, found)]
    return "".join(printable(line) + "\n" for line in lines)


def _quality(panel: Panel, found: Assignment) -> list[str]:
    said = []
    if found.impossible:
        few = len(found.impossible)
        said.append(
            f"{few} of {len(panel.applications)} applications {'has' if few == 1 else 'have'} too few reviewers."
        )
    if panel.spread:
        said.append(f"Reviewers beyond the first of one organisation for one application: {found.repeats}.")
    said.append(f"Affinity {found.affinity:.10g}; {_how_good(found)}.")
    if open_questions := QUESTIONS[len(found.proven) :]:
        said.append(f"Not proven: {', '.join(open_questions)}.")
    return said


def _how_good(found: Assignment) -> str:
    if found.gap:
        return f"time ran out: a better panel might have {found.bound:.10g} at most ({found.gap:.2%} more)"
    if found.impossible:
        return "no panel that is as full, as fair in what is missing and as even has more"
    return "no panel that is as full and as even has more"


def printable(text: str) -> str:
    """Nothing that would move a terminal's cursor; ids are whatever a file says."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
