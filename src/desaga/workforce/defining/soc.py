"""Occupation codes as a definition writes them: 3111, 311 (all that begin so), 3111-3116. And what we call the groups that it needs.

The numbers are SOC2020's; the words are ours, kept short. The full descriptions are the Office for National Statistics':
https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020
"""

from __future__ import annotations

import re

CODE = re.compile(r"\d{1,4}")
RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")

NAMES = {
    "311": "science, engineering and production technicians",
    "3111": "laboratory technicians",
    "3112": "electrical and electronics technicians",
    "3113": "engineering technicians",
    "3114": "building and civil engineering technicians",
    "3115": "quality assurance technicians",
    "3116": "planning, process and production technicians",
    "3119": "other science, engineering and production technicians",
    "312": "draughting and architectural technicians",
    "3120": "draughting and architectural technicians",
    "313": "information technology technicians",
    "3131": "IT operations technicians",
    "3132": "IT user support technicians",
    "3133": "database administrators and web content technicians",
    "3417": "photographers, audio-visual and broadcasting operators",
}


def fault_of(text: str) -> str:
    """What is wrong with a code or range, in a sentence; empty where nothing is."""
    if CODE.fullmatch(text):
        return ""
    found = RANGE.fullmatch(text)
    if found is None:
        return f"“{text}” is no SOC2020 code. Write up to four figures (311), or a range (3111-3116)."
    if len(found[1]) != len(found[2]) or found[1] > found[2]:
        return f"The range “{text}” does not go upwards between codes of one length. Write it as 3111-3116."
    return ""


def fits(text: str, code: str) -> bool:
    """Whether a code is one, begins with it, or lies in the range."""
    found = RANGE.fullmatch(text)
    if found is None:
        return bool(code) and code.startswith(text)
    return len(code) >= len(found[1]) and found[1] <= code[: len(found[1])] <= found[2]


def named(text: str) -> str:
    """The code with our words for it, where we have some."""
    if found := RANGE.fullmatch(text):
        return f"{found[1]} to {found[2]}"
    return f"{text} {NAMES[text]}" if text in NAMES else text
