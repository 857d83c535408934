"""A definition as a file, and back: to keep, to send to another organisation, to write in an editor. JSON goes out; JSON and TOML come in. Pure."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from .defining import Definition

LARGEST = 1024 * 1024
KIND = "scheme definition"


class NoDefinition(ValueError):
    """The words say what is wrong with a file."""


def as_file(definition: Definition, *, scheme: str, version: int) -> bytes:
    told = {"desaga": KIND, "scheme": scheme, "version": version, "definition": definition.as_data()}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def from_file(content: bytes) -> dict[str, Any]:
    """The data of a definition, whole or under its name; whether it can work is not said here. Raises `NoDefinition`."""
    if len(content) > LARGEST:
        raise NoDefinition("The file is larger than 1 MB: no definition is.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoDefinition("The file is no text in UTF-8.") from None
    told = _read(words)
    found = told.get("definition", told)
    if not isinstance(found, dict) or "sections" not in found:
        raise NoDefinition("The file has no definition of a scheme in it.")
    return found


def _read(words: str) -> dict[str, Any]:
    try:
        told = json.loads(words)
    except ValueError as wrong:
        try:
            return tomllib.loads(words)
        except tomllib.TOMLDecodeError as other:
            trouble = wrong if words.lstrip().startswith("{") else other
            raise NoDefinition(f"The file cannot be read: {trouble}.") from None
    if not isinstance(told, dict):
        raise NoDefinition("The file has no definition of a scheme in it.")
    return told
