"""The words for what happened: one entry for every state, and those that only the script can find out.

Written for somebody on the phone: what happened, then what to check. An operator's reasons are elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec

from lpcontext.subjects import State

Tone = Literal["good", "calm", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class StateWords:
    """`word` stands in the strip, `sentence` and `advice` in the notice."""

    word: str
    sentence: str = ""
    advice: tuple[str, ...] = ()
    tone: Tone = "bad"


_NEW_IDS = "Open the panel again from the CRM record: a newer visit has newer ids."

_WORDS: Mapping[str, StateWords] = MappingProxyType(
    {
        State.LIVE: StateWords("Live", tone="good"),
        State.WAITING: StateWords(
            "Asking", "LivePerson has been asked. What it knows appears here by itself.", tone="calm"
        ),
        State.DELAYED: StateWords(
            "Delayed", "LivePerson is slow to answer. This is the last we know, and we keep asking.", tone="warn"
        ),
        State.CACHED: StateWords(
            "Last known", "LivePerson cannot be reached. This is the last we know, and we keep asking.", tone="warn"
        ),
        State.UPSTREAM_DOWN: StateWords(
            "Not reachable",
            "LivePerson cannot be reached, and nothing of this visit is known here yet.",
            ("Nothing to do: we keep asking, and the visit appears here by itself.",),
            tone="warn",
        ),
        State.NOT_FOUND: StateWords(
            "Not found",
            "LivePerson does not know it: it has ended, is more than six hours old, or never existed.",
            ("Ask whether the caller still has the site open; a new visit has a new session id.", _NEW_IDS),
            tone="warn",
        ),
        State.ENDED: StateWords(
            "Ended",
            "The visit is over and has left LivePerson's memory. This is the last we knew; it will not change.",
            tone="calm",
        ),
        State.WRONG_VISITOR: StateWords(
            "Wrong visitor id",
            "LivePerson does not accept the visitor id.",
            ("Check that the visitor id was copied whole, and is not the session id.", _NEW_IDS),
        ),
        State.WRONG_SESSION: StateWords(
            "Wrong session id",
            "LivePerson does not accept the session id.",
            ("Check that the session id was copied whole, and is not the visitor id.", _NEW_IDS),
        ),
        State.BAD_REQUEST: StateWords(
            "Ids not understood",
            "LivePerson could not make sense of these ids.",
            ("Check the visitor id and the session id for missing or added characters.", _NEW_IDS),
        ),
        State.WRONG_ACCOUNT: StateWords(
            "Wrong account",
            "LivePerson says the account is wrong. It says so for three reasons and does not tell them apart.",
            (
                "The account number is not the one this visitor belongs to.",
                "The account is looked for on the wrong LivePerson host: whoever runs lpcontext can tell.",
                "The visitor id or the session id is of another kind, such as one from a chat or an app.",
            ),
        ),
        State.UNAUTHORIZED: StateWords(
            "Connection needs attention",
            "LivePerson does not accept this account's credentials.",
            ("Nothing you can mend here: tell whoever runs lpcontext. The panel comes back by itself.",),
        ),
        State.AGENT_SESSION_REFUSED: StateWords(
            "Chats not allowed",
            "LivePerson does not let this account's service user read chats.",
            ("Nothing you can mend here: tell whoever runs lpcontext. The visit is shown all the same.",),
        ),
        State.UNREADABLE: StateWords(
            "Not readable",
            "LivePerson answered something lpcontext cannot read. It has been noted, and we ask again now and then.",
            tone="warn",
        ),
        State.MEMORY_DOWN: StateWords(
            "Memory unreachable",
            "lpcontext cannot reach its own memory for the moment. The panel comes back by itself.",
            tone="warn",
        ),
        State.REFUSED: StateWords("Closed", "This panel's time is over. Open it again from your CRM.", tone="calm"),
        "lost": StateWords(
            "Offline", "Connection to lpcontext lost; trying again. The last known is shown.", tone="warn"
        ),
        "aged": StateWords("Not current", "No news from lpcontext for a while. This is the last we know.", tone="warn"),
        "no-same-origin": StateWords(
            "Not connected",
            "This frame lacks allow-same-origin; whoever embeds the panel adds it. Until then nothing newer is shown.",
        ),
        "no-forms": StateWords(
            "Not sent", "This frame lacks allow-forms; whoever embeds the panel adds it.", tone="warn"
        ),
        "no-popups": StateWords(
            "Not opened", "This frame lacks allow-popups; whoever embeds the panel adds it.", tone="warn"
        ),
        "paused": StateWords("Paused", "Refreshing is paused.", tone="calm"),
    }
)

_UNNAMED = StateWords("Unknown", "The visit is in a state this panel has no word for.", tone="warn")


def find_state_words(state: str) -> StateWords:
    return _WORDS.get(state, _UNNAMED)


def list_state_words() -> Mapping[str, StateWords]:
    return _WORDS


@cache
def state_words_json() -> str:
    """What the script needs to put any state into the strip: `{state: [word, sentence, tone]}`."""
    texts = {state: (words.word, words.sentence, words.tone) for state, words in _WORDS.items()}
    return msgspec.json.encode(texts).decode()
