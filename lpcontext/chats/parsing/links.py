"""The links of an object, one or several, known by `rel` and never by place (contract 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from lpcontext.reading import SHORT_TEXT_LIMIT, Reader

_MOST_LINKS = 50
_FROM = re.compile(r"(?:^|[&;])from=([0-9]{1,15})(?=$|[&;])")


class Link(NamedTuple):
    """Where LivePerson says to go on. Read for the ids in it, never followed."""

    rel: str
    href: str


def read_links(holder: Reader) -> tuple[Link, ...]:
    """Every link that says both what it is and where it leads."""
    found = []
    for item in holder.children("link", most=_MOST_LINKS):
        rel, href = item.text("rel", limit=SHORT_TEXT_LIMIT), item.text("href", limit=SHORT_TEXT_LIMIT)
        if rel and href:
            found.append(Link(rel=rel, href=href))
    return tuple(found)


def find_link(links: Iterable[Link], rel: str) -> str | None:
    """The address of the first link of this kind."""
    return next((link.href for link in links if link.rel == rel), None)


def find_next_event(links: Iterable[Link]) -> int | None:
    """The id the next page begins with, which need not be the one after the last event (contract 7.10)."""
    href = find_link(links, "next")
    if href is None:
        return None
    query = href.partition("?")[2].partition("#")[0]
    match = _FROM.search(query)
    return int(match[1]) if match else None


def find_last_segment(href: str) -> str | None:
    """The last part of an address's path, which is the id of what lies there."""
    return _read_path(href).rstrip("/").rpartition("/")[2] or None


def _read_path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:  # brackets that are no IPv6 address
        return ""
