"""British English, as far as a list of common slips can hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# American: British. Only words that no library's names force upon us.
SLIPS = {
    "analyze": "analyse",
    "apologize": "apologise",
    "behavior": "behaviour",
    "canceled": "cancelled",
    "customize": "customise",
    "emphasize": "emphasise",
    "enrollment": "enrolment",
    "favorite": "favourite",
    "finalize": "finalise",
    "honor": "honour",
    "labor": "labour",
    "minimize": "minimise",
    "organization": "organisation",
    "organize": "organise",
    "prioritize": "prioritise",
    "recognize": "recognise",
    "rumor": "rumour",
    "skeptical": "sceptical",
    "summarize": "summarise",
    "traveled": "travelled",
    "unauthorized": "unauthorised",
}
SLIP = re.compile(r"\b(" + "|".join(SLIPS) + r")(?=(?:s|d|r|rs|al|ally|ing)?\b)", re.I)
SUFFIXES = (".py", ".md", ".html", ".toml", ".txt", ".json")
# Documents of the world keep their spelling; this file lists the slips; locks belong to others; structured data are in schema.org's words.
EXEMPT = (
    "LICENSE",
    "tools/house_lint/spelling.py",
    "tools/tests/test_house_lint.py",
    "package-lock.json",
    "uv.lock",
    "src/desaga/website/structured.py",
)


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each American spelling of the list, with the British one."""
    for path, text in files.items():
        if path in EXEMPT or not path.endswith(SUFFIXES):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for found in SLIP.finditer(line):
                yield f"{path}:{number}: “{found.group()}”: we write “{SLIPS[found.group().lower()]}”"
