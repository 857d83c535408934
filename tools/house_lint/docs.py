"""What the documents promise is there: linked files, targets of make, settings, and decisions with one number each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath

LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
MAKE = re.compile(r"(?:`|^    |^)make ([a-z-]+)", re.M)
SETTING = re.compile(r'"((?:DESAGA|DATABASE)_[A-Z_]+)"')
TARGET = re.compile(r"^([a-z-]+):", re.M)


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Broken links, unknown targets and decision numbers used twice."""
    targets = set(TARGET.findall(files.get("Makefile", "")))
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for found in LINK.finditer(text):
            address = found.group(1)
            where = normpath(str(PurePosixPath(path).parent / address))
            if (
                "://" not in address
                and not address.startswith("mailto:")
                and where not in files
                and where not in folders
            ):
                yield f"{path}:{_line(text, found.start())}: links to {address}, which is not there"
        for found in MAKE.finditer(text):
            if found.group(1) not in targets:
                yield f"{path}:{_line(text, found.start())}: names make {found.group(1)}, which the Makefile lacks"
    yield from _settings(files)
    yield from _decisions(files)


def _settings(files: Mapping[str, str]) -> Iterator[str]:
    told = files.get("docs/reference/settings.md", "")
    for path, text in files.items():
        if path.startswith("src/") and path.endswith(".py") and "/tests/" not in path:
            for found in SETTING.finditer(text):
                if f"`{found.group(1)}`" not in told:
                    yield f"{path}:{_line(text, found.start())}: {found.group(1)} is not in docs/reference/settings.md"


def _decisions(files: Mapping[str, str]) -> Iterator[str]:
    numbers = [path.removeprefix("docs/adr/")[:4] for path in files if path.startswith("docs/adr/0")]
    for number, uses in Counter(numbers).items():
        if uses > 1:
            yield f"docs/adr:1: {uses} decisions have the number {number}"


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
