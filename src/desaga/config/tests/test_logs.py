"""What a log says of an error."""

from __future__ import annotations

import logging
import sys

from desaga.config.logs import WordlessFormatter


def test_a_log_says_which_error_and_where_and_not_its_words():
    try:
        try:
            raise ValueError("Ada Lovelace, born 10/12/1815")
        except ValueError as error:
            raise ExceptionGroup("about Ada", [KeyError("Ada")]) from error
    except ExceptionGroup:
        record = logging.LogRecord("desaga", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())
    said = WordlessFormatter("{levelname} {message}", style="{").format(record)
    assert ("Ada" in said, "builtins.ValueError" in said, "builtins.KeyError" in said) == (False, True, True)
    assert "in test_a_log_says_which_error_and_where_and_not_its_words" in said
