"""E-mail addresses in a text, however they are written: in a URL, in HTML, with the wide letters of East Asia.

Pages report addresses as they stand in forms, titles and URLs (contract 5), chats as somebody typed them.
"""

from __future__ import annotations

import re

from lpcontext.reading.masks import HIDDEN

PERCENT = r"%(?:25)*+"
"""A pattern for the % of an escape, encoded once or more."""

_WIDE_AT = rf"EF{PERCENT}(?:BC{PERCENT}A0|B9{PERCENT}AB)"
_AND = r"&(?:amp;)*+"
_AT = (
    rf"(?:[@＠﹫]|{PERCENT}(?:40|{_WIDE_AT})"
    rf"|{_AND}commat;|{_AND}#0*+(?:64|65312|65131)(?![0-9]);?|{_AND}#x0*+(?:40|FF20|FE6B)(?![0-9a-f]);?)"
)
_DOT = rf"(?:[.．。｡﹒]|{PERCENT}2E|{_AND}period;|{_AND}#0*+46(?![0-9]);?|{_AND}#x0*+2E(?![0-9a-f]);?)"

_LETTERS = r"\w.+!$'*^`{|}~\-．﹒"
# Begin only where a word begins, or right after another @: with ++ this keeps long texts linear.
_BEGIN = rf"(?:(?<![{_LETTERS}%])|(?<=%40)|(?<=%EF%BC%A0)|(?<=%EF%B9%AB))"
_PLAIN = rf"{_BEGIN}(?:[{_LETTERS}]|%(?!(?:25)*+(?:40|{_WIDE_AT}))[0-9a-f]{{2}})++"
_QUOTE = r"(?:[\"“”＂]|&quot;|&\#34;|%22)"
_QUOTED = rf"{_QUOTE}(?:(?!{_QUOTE})[^\n]){{1,64}}+{_QUOTE}"
_NAMED = rf"[\w\-]++(?:{_DOT}[\w\-]++)++"
_NUMBERED = r"(?:\[|%5B)[\w:.]{2,64}+(?:\]|%5D)"  # an IP address
_EMAIL = re.compile(rf"(?P<local>{_QUOTED}|{_PLAIN})(?P<at>{_AT})(?P<domain>{_NAMED}|{_NUMBERED})", re.IGNORECASE)
_AT_SIGN = re.compile(_AT, re.IGNORECASE)


def may_hold_email(text: str) -> bool:
    """A quick look: whether there is anything that could be an @."""
    return "@" in text or "%" in text or "&" in text or "＠" in text or "﹫" in text


def holds_at_sign(text: str) -> bool:
    return _AT_SIGN.search(text) is not None


def is_email(text: str) -> bool:
    """Is the whole text an address as `mask_emails` finds them?"""
    return _EMAIL.fullmatch(text) is not None


def mask_emails(text: str) -> str:
    """The text with everything in it that looks like an e-mail address masked: `m•••••@example.com`."""
    if not may_hold_email(text):
        return text
    return _EMAIL.sub(lambda found: mask_local(found["local"]) + found["at"] + found["domain"], text)


def mask_local(local: str) -> str:
    """The first letter alone, and of a single letter or a quoted name nothing."""
    return (local[0] if len(local) > 1 and local[0].isalnum() else "") + HIDDEN
