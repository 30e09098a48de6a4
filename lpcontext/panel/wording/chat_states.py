"""The words for a chat that is not live, whatever its visit is doing. Written for somebody who is talking meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lpcontext.panel.wording.states import Tone
from lpcontext.subjects import State


@dataclass(frozen=True, slots=True)
class ChatWords:
    """`blank` stands in for `sentence` where nothing of the chat is known; `word` is "" where the visit's word fits."""

    sentence: str
    blank: str = ""
    tone: Tone = "warn"
    word: str = ""


_ASK_OPERATOR = "Nothing you can mend here: tell whoever runs lpcontext. The chat comes back by itself."

_WORDS: Mapping[str, ChatWords] = MappingProxyType(
    {
        State.WAITING: ChatWords("LivePerson has been asked for this chat. It appears here by itself.", tone="calm"),
        State.CACHED: ChatWords(
            "LivePerson is not answering for the chat. This is the last we know, and we keep asking."
        ),
        State.UPSTREAM_DOWN: ChatWords(
            "LivePerson is not answering for the chat. This is the last we know, and we keep asking.",
            "LivePerson is not answering, and nothing of this chat is known here yet. We keep asking.",
        ),
        State.ENDED: ChatWords("", "The chat has ended and has left LivePerson's memory.", tone="calm"),
        State.NOT_FOUND: ChatWords(
            "LivePerson no longer knows this chat. This is the last we knew of it.",
            "LivePerson knows no such chat: it ended a while ago, or its id was not copied whole.",
        ),
        State.WRONG_ACCOUNT: ChatWords("LivePerson says that this chat belongs to another account.", tone="bad"),
        State.BAD_REQUEST: ChatWords(
            "LivePerson could not make sense of the chat id. Check it for missing or added characters.", tone="bad"
        ),
        State.UNAUTHORIZED: ChatWords(
            f"LivePerson does not let us see this account's chats. {_ASK_OPERATOR}", tone="bad"
        ),
        State.AGENT_SESSION_REFUSED: ChatWords(
            f"LivePerson does not let our user in as an agent, so chats cannot be seen. {_ASK_OPERATOR}",
            tone="bad",
            word="Chats not accessible",
        ),
        State.UNREADABLE: ChatWords(
            "LivePerson answered something about this chat that lpcontext cannot read. We ask again now and then."
        ),
        State.MEMORY_DOWN: ChatWords(
            "lpcontext cannot reach its own memory for the moment. The chat comes back by itself."
        ),
    }
)
_UNNAMED = ChatWords("The chat is in a state this panel has no word for.")


def find_chat_words(state: str) -> ChatWords:
    return _WORDS.get(state, _UNNAMED)


def list_chat_words() -> Mapping[str, ChatWords]:
    return _WORDS
