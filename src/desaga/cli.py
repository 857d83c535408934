"""The `desaga` command. Django is imported only by what needs it: reading a plan, proposing for it, protecting a table and sharing out a panel do not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

SETTINGS = "desaga.config.settings"
# The last two answer "later" themselves while the database is away.
WITHOUT_DATABASE = {
    "makemigrations",
    "collectstatic",
    "help",
    "diffsettings",
    "take_bounce",
    "receive_bounces",
    "data_map",
}
USAGE = """Usage: desaga COMMAND …

  read-plan FILE [--json]   read a plan from a document and say what was understood
  suggest FILE --framework talent|n8|pillars|themes [--json]
                            say which principles each action of a document answers, and by which words
  make-extract [--seed N] [--people N] [--years N] [--layout hesa|itrent|activity|all] [--dirty] --out DIR
                            write HR extracts of people who do not exist, to try the workforce with
  protect-table FILE.csv --policy public|internal|custom [--threshold N --base B --protection W] [--json] [--audit]
                            protect the people in a table of counts, or say what a protected one gives away
  assign-panel FILE.json [--json] [--seconds N]
                            share applications out among reviewers: no conflict broken, even loads, best affinity, and why
  demo                      set everything up and serve two invented organisations
  manage …                  Django's commands: migrate, runserver, worker, shell, …
  backup FILE [--key FILE]  write database and files into one encrypted file (--make-key FILE makes the keys)
  restore FILE --key FILE   bring back what a backup holds (--check only reads it through)
  data-map [--json]         say which fields hold personal data, for what and for how long
  db start|stop|url|prepare the database: start or stop our own, show its address, make the app's role
"""


def read_plan(words: Sequence[str]) -> int:
    from desaga.plans.reading.command import main as command

    return command(list(words)) or 0


def suggest(words: Sequence[str]) -> int:
    from desaga.plans.proposing.command import main as command

    return command(list(words)) or 0


def make_extract(words: Sequence[str]) -> int:
    from desaga.workforce.synthetic.making import main as command

    return command(list(words))


def protect_table(words: Sequence[str]) -> int:
    from desaga.disclosure.command import main as command

    return command(list(words)) or 0


def assign_panel(words: Sequence[str]) -> int:
    from desaga.placements.assigning.command import main as command

    return command(list(words))


def manage(words: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from desaga.config import database

    if words and words[0] not in WITHOUT_DATABASE:
        database.prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["desaga manage", *words])
    return 0


def demo(words: Sequence[str]) -> int:
    from desaga.config.demo import main as command

    return command(words)


def db(words: Sequence[str]) -> int:
    from desaga.config import database, embedded

    if list(words) == ["url"]:
        print(database.owner_url())
    elif list(words) == ["prepare"]:
        database.prepare()
    elif list(words) in (["start"], ["stop"]):
        if not database.is_embedded():
            print("DATABASE_URL is set: that server is started and stopped where it lives.", file=sys.stderr)
            return 2
        (embedded.start if words[0] == "start" else embedded.stop)(database.data_directory())
    else:
        return usage()
    return 0


def data_map(words: Sequence[str]) -> int:
    return manage(["data_map", *words])


def backup(words: Sequence[str]) -> int:
    from desaga.config.backups.command import backup as command

    return command(words)


def restore(words: Sequence[str]) -> int:
    from desaga.config.backups.command import restore as command

    return command(words)


def usage() -> int:
    print(USAGE, file=sys.stderr)
    return 2


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "read-plan": read_plan,
    "suggest": suggest,
    "protect-table": protect_table,
    "assign-panel": assign_panel,
    "demo": demo,
    "make-extract": make_extract,
    "manage": manage,
    "db": db,
    "data-map": data_map,
    "backup": backup,
    "restore": restore,
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; answers its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    if words in (["--help"], ["-h"], ["help"]):
        print(USAGE)
        return 0
    if words == ["--version"]:
        from importlib.metadata import version

        print(version("desaga"))
        return 0
    command = COMMANDS.get(words[0]) if words else None
    return command(words[1:]) if command else usage()


if __name__ == "__main__":
    sys.exit(main())
