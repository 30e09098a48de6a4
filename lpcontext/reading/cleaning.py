"""One text as LivePerson sends it into one we can keep, send and show as text.

Bidi controls are left: a name may need them, and the face isolates every text it shows.
"""

from __future__ import annotations

import re

NULL_TEXT = "*!@NULL*!@"
"""What LivePerson prints where a name is missing, in engagementSkill.skillName (contract 0.4)."""

CUT_MARK = "…"
"""The last character of a text that was longer than we keep."""

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str, *, limit: int) -> str | None:
    """The text on one line, without control characters, at most `limit` characters; None when nothing is left."""
    if not text.isprintable():
        text = _make_printable(text)
    text = text.strip()
    if not text or text == NULL_TEXT:
        return None
    return text if len(text) <= limit else text[: limit - 1] + CUT_MARK


def clean_lines(text: str) -> str | None:
    """The text with its line breaks as LF and without other control characters, whole; None when nothing is left."""
    if not text.isprintable():
        text = "\n".join(_make_printable(line) for line in _LINE_ENDS.split(text))
    text = text.strip()
    return text if text and text != NULL_TEXT else None


def _make_printable(text: str) -> str:
    """Line breaks and tabs become one space, C0 and C1 controls go, a lone surrogate becomes U+FFFD.

    A lone surrogate is legal in JSON and cannot be encoded to UTF-8: it would break the snapshot and the page.
    """
    text = _BREAKS.sub(" ", text)
    text = _CONTROLS.sub("", text)
    return _LONE_SURROGATES.sub("\ufffd", text)
