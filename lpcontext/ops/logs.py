"""Nothing that names a visitor gets into the log, whichever library words the line."""

from __future__ import annotations

import logging
import re

_FORMATTER = logging.Formatter()
# Whole addresses; then paths by themselves, of ours and of LivePerson's, that hold ids (but no source file's path).
# The scheme stays and is not looked for: a pattern that may begin at every letter takes quadratic time.
_ADDRESS = re.compile(r"://(?:[^\s/'\"]*@)?(?P<host>[^\s/?#'\"<>()]*)[^\s'\"<>()]*")
_PATH = re.compile(r"(?<![\w.-])/(?P<root>api|visits|chats|launch|login|panel|emulator)(?:/|\?)[^\s'\"<>()]*")
# These loggers are given addresses and header values by Django itself.
_LOGGERS_OF_ADDRESSES = ("django.request", "django.security", "django.server")


class WithoutAddresses(logging.Filter):
    """Lets all pass, reworded: hosts stay, paths, queries and passwords of addresses go, in tracebacks too."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(_LOGGERS_OF_ADDRESSES):
            record.msg, record.args = _word_request(record), ()
        else:
            record.msg, record.args = hide_addresses(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_addresses(record.exc_text)
        return True


def hide_addresses(text: str) -> str:
    """The text with every address cut after its host, and every path that could hold an id cut after its first word."""
    return _PATH.sub(r"/\g<root>/…", _ADDRESS.sub(r"://\g<host>/…", text))


def _word_request(record: logging.LogRecord) -> str:
    """Status and route, such as `404 at visits/<str:account>/`: Django's own words hold the address or Host header."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    place = match.route if match else "no known address"
    return f"{getattr(record, 'status_code', record.name)} at {place}"
