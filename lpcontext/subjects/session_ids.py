"""Two spellings of one session id: LivePerson writes it short in one document and long in another (contract 0.3)."""

from __future__ import annotations

from lpcontext.subjects.shapes import LONG_SESSION_ID


def short_session_id(session_id: str) -> str:
    """The short form of a session id, by which its two forms are one.

    Only the documented long form is cut. Any other dot is part of an opaque id: `123.567` and `123.999` are two
    sessions, and showing one for the other would show another caller's visit.
    """
    long = LONG_SESSION_ID.fullmatch(session_id)
    return long[1] if long else session_id


def is_same_session(one: str, other: str) -> bool:
    """Do both name the same session, whichever form each has?"""
    return short_session_id(one) == short_session_id(other)
