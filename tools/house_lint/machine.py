"""Nothing in the repository knows the machine it was written on, nor the hosts that packages came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

PATHS = re.compile(r"(?<![\w.~])/(?:work|root|Users|home/[a-z]+|tmp/[a-z])(?:/|\b)")
HOSTS = re.compile(r"\b(?:files\.pythonhosted\.org|pypi\.org|registry\.npmjs\.org|deb\.debian\.org)\b")
EXEMPT = ("uv.lock", "package-lock.json", "tools/house_lint/machine.py")


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each absolute path of a machine and each registry's host."""
    for path, text in files.items():
        if path in EXEMPT:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if found := PATHS.search(line):
                yield f"{path}:{number}: “{found.group()}” is a path of one machine: derive it, or take a setting"
            if found := HOSTS.search(line):
                yield f"{path}:{number}: “{found.group()}” is a registry's host: name the package instead"
