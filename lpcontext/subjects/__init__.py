"""Subjects: what a panel can be about, by name alone.

Belongs here: the keys of visits and chats, the one reader of ids, which ids are the same, the words for a subject's
state and what each word means, the clock. Does not: what is known of a subject, how it is kept, how a state is worded
for people.
Looks down on: nothing. May be asked by: every room.
"""

from lpcontext.subjects.clock import now_ms
from lpcontext.subjects.keys import ChatKey, Subject, VisitKey
from lpcontext.subjects.reading_ids import IdsRefused, read_subject
from lpcontext.subjects.session_ids import is_same_session
from lpcontext.subjects.shapes import is_wellformed_account, is_wellformed_chat_id, is_wellformed_id
from lpcontext.subjects.states import State

__all__ = [
    "ChatKey",
    "IdsRefused",
    "State",
    "Subject",
    "VisitKey",
    "is_same_session",
    "is_wellformed_account",
    "is_wellformed_chat_id",
    "is_wellformed_id",
    "now_ms",
    "read_subject",
]
