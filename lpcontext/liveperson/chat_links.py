"""LivePerson's links (contract 7.2): found by what they are for, followed nowhere but within the chat they came with.

No href is asked as it stands: it may name another of LivePerson's hosts (`va-a.…` for `va.…`), an agent session that
is over, or, in an answer gone wrong, a foreign host or somebody else's chat. What a `next` link tells is from where to
read on; that is taken from it, and asked at our own origin, in our own session, of our own chat.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from lpcontext.liveperson.paths import encode_value

_LONGEST = 2048
_MOST_PARAMETERS = 8
_SENT_ANYWAY = ("v", "NC")


def find_href(holder: object, *, rel: str) -> str:
    """The href of `holder`'s link for `rel`: one object or an array, with `@` or without. Empty when there is none."""
    told = holder.get("link") if isinstance(holder, dict) else None
    for link in told if isinstance(told, list) else [told]:
        if isinstance(link, dict) and rel in (link.get("@rel"), link.get("rel")):
            href = link.get("@href", link.get("href"))
            return href if isinstance(href, str) else ""
    return ""


def read_next(href: str, *, account_id: str, chat_id: str) -> dict[str, str] | None:
    """What a `next` link asks for, ready to be sent; None for one that does not lead to this chat or its events.

    Without `v` and `NC`, which every question gets (contract 7.2).
    """
    try:
        link = urlsplit(href)
        asked = parse_qsl(link.query, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return None
    if len(href) > _LONGEST or not _leads_to_chat(link.path, account_id=account_id, chat_id=chat_id):
        return None
    sendable = {encode_value(name): encode_value(text) for name, text in asked if name not in _SENT_ANYWAY}
    return {name: text for name, text in sendable.items() if name and text} or None


def _leads_to_chat(path: str, *, account_id: str, chat_id: str) -> bool:
    segments = [unquote(segment) for segment in path.split("/")]
    if segments[5:6]:
        segments[5] = "any"
    home = ["", "api", "account", account_id, "agentSession", "any", "chat", chat_id]
    return segments in (home, [*home, "events"])
