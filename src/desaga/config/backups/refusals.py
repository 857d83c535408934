"""What stops a backup or a restore; each says in a sentence what to do."""

from __future__ import annotations


class NoBackup(Exception):
    """A backup or restore that was not done. Nothing was changed; the message says why."""


class NotABackup(NoBackup):
    def __init__(self) -> None:
        super().__init__("This file is not a backup made by desaga backup.")


class WrongKey(NoBackup):
    def __init__(self) -> None:
        super().__init__("This backup was made for another key. Give the private key that belongs to it.")


class Damaged(NoBackup):
    def __init__(self) -> None:
        super().__init__("This backup is cut off or was altered. Nothing was restored; take another one.")
