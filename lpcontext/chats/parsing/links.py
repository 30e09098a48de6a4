"""The links of an answer, one or several, told apart by `rel` and never by place (contract 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from lpcontext.chats.model import Link
from lpcontext.reading import LINE_LIMIT, Reader

_MOST_LINKS = 50
_FROM = re.compile(r"(?:^|[&;])from=([0-9]{1,15})(?=$|[&;])")


@dataclass(frozen=True, slots=True)
class NextPage:
    """Where the next events are: LivePerson's address, to which the caller adds `v` and `NC`, and its `from`."""

    href: str
    from_id: int | None


def read_links(holder: Reader) -> tuple[Link, ...]:
    """Every link that says both what it is and where it leads."""
    found = []
    for item in holder.parts("link", most=_MOST_LINKS):
        rel, href = item.text("rel", limit=LINE_LIMIT), item.text("href", limit=LINE_LIMIT)
        if rel and href:
            found.append(Link(rel=rel, href=href))
    return tuple(found)


def find_link(links: Iterable[Link], rel: str) -> str | None:
    """The address of the first link of this kind."""
    return next((link.href for link in links if link.rel == rel), None)


def find_next_page(links: Iterable[Link]) -> NextPage | None:
    """The page after this one, which need not begin right after the last event told (contract 7.10)."""
    href = find_link(links, "next")
    return NextPage(href=href, from_id=_from_of(href)) if href else None


def find_last_segment(href: str) -> str | None:
    """The last part of an address's path: how LivePerson tells the id of what was just made."""
    return _path_of(href).rstrip("/").rpartition("/")[2] or None


def _from_of(href: str) -> int | None:
    query = href.partition("?")[2].partition("#")[0]
    match = _FROM.search(query)
    return int(match[1]) if match else None


def _path_of(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:  # brackets that are no IPv6 address
        return ""
