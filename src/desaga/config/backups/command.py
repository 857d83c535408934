"""`desaga backup` and `desaga restore`: their words, and what they say."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from desaga.config import database, places

from . import restoring, saving, sealing, servers
from .refusals import NoBackup

KEY_SETTING = "DESAGA_BACKUP_KEY"


def backup(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="desaga backup", description="Write everything into one encrypted file.")
    parser.add_argument("file", type=Path, nargs="?", help="a file that does not exist yet")
    parser.add_argument("--key", type=Path, help=f"the public key; else the one that {KEY_SETTING} names")
    parser.add_argument(
        "--make-key", type=Path, metavar="FILE", help="make a private key FILE and its public half FILE.pub"
    )
    asked = parser.parse_args(words)
    return answered(make_key, asked.make_key) if asked.make_key else answered(make_backup, asked)


def restore(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="desaga restore", description="Bring back what a backup holds.")
    parser.add_argument("file", type=Path, help="a file that desaga backup made")
    parser.add_argument("--key", type=Path, required=True, help="the private key")
    parser.add_argument(
        "--replace", action="store_true", help="put it in place of what is here now, which is then lost"
    )
    parser.add_argument("--check", action="store_true", help="only read it through and say what it holds")
    return answered(bring_back, parser.parse_args(words))


def answered(do: Any, asked: Any) -> int:
    try:
        sys.stdout.write(f"{do(asked)}\n")
    except NoBackup as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def make_key(path: Path) -> str:
    public = sealing.make_keys(path)
    return f"Private key: {path}. Keep it away from this machine, twice: without it no backup opens.\nPublic key: {public}. Name it in {KEY_SETTING}."


def make_backup(asked: argparse.Namespace) -> str:
    key = asked.key or os.environ.get(KEY_SETTING)
    if asked.file is None:
        raise NoBackup("Name the file to write: desaga backup FILE.")
    if not key:
        raise NoBackup(
            f"No key to encrypt with. Make one with desaga backup --make-key FILE, and name FILE.pub in {KEY_SETTING}."
        )
    recipient = sealing.public_key(Path(key))
    database.ensure_running()
    manifest = saving.save(asked.file, url=servers.reader_url(), media=places.var() / "media", recipient=recipient)
    return f"{asked.file}: {described(manifest)}"


def bring_back(asked: argparse.Namespace) -> str:
    key = sealing.private_key(asked.key)
    database.prepare()
    if asked.check:
        with servers.connected(servers.reader_url()) as reader:
            command = servers.program("pg_restore", reader)
        return f"{asked.file} is whole: {described(restoring.check(asked.file, key, command).manifest)}"
    target = restoring.Target(url=database.owner_url(), reader_url=servers.reader_url(), media=places.var() / "media")
    manifest = restoring.restore(asked.file, key=key, target=target, known=known_migrations(), replace=asked.replace)
    closed = closed_seals(target.reader_url)
    return f"Restored: {described(manifest)}\n{closed}Now: desaga manage migrate, then start the services. Everybody signs in anew."


def closed_seals(reader_url: str) -> str:
    """What to say where the workforce's data in it were sealed with a key that is not on this server; nothing where all of them open."""
    from django.conf import settings

    sealed = servers.data_keys(reader_url)
    opening = [Fernet(key) for key in settings.WORKFORCE_KEYS]
    closed = [one for one in sealed if not any(opens(key, one) for key in opening)]
    if not closed:
        return ""
    return (
        f"Workforce data: {len(closed)} of {len(sealed)} kinds are sealed with a key that this server does not have. Names, numbers and what people said of themselves stay "
        "closed until that key stands in DESAGA_WORKFORCE_KEYS again; all else can be read.\n"
    )


def opens(key: Fernet, sealed: bytes) -> bool:
    try:
        key.decrypt(sealed)
    except InvalidToken:
        return False
    return True


def known_migrations() -> set[str]:
    import django
    from django.db.migrations.loader import MigrationLoader

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desaga.config.settings")
    django.setup()
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def described(manifest: dict[str, Any]) -> str:
    rows, files = sum(manifest["rows"].values()), sum(name.startswith("media/") for name in manifest["members"])
    return f"made {manifest['made_at']} by Desaga {manifest['desaga']}, {len(manifest['rows'])} tables, {rows} rows, {files} files."
