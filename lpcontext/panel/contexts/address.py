"""A page as people name it: its title, then its path; a link only where following it is safe."""

from __future__ import annotations

import msgspec

from lpcontext.panel.veil import Veil
from lpcontext.visits import Page, format_host_and_path, is_safe_link


class Address(msgspec.Struct, frozen=True, gc=False):
    title: str
    path: str | None
    link: str | None

    @classmethod
    def of(cls, page: Page, veil: Veil) -> Address:
        """As the viewer may read it; a link that spells out what is hidden is none."""
        whole = _read_address(page.url, page.title)
        if not veil.masked:
            return whole
        title, path, link = veil.text(whole.title), veil.text(whole.path), whole.link
        return cls(title, path, link if link is None or veil.text(link) == link else None)


def _read_address(url: str | None, title: str | None) -> Address:
    """The path; the host where the path says nothing. Without a title, the path is the title."""
    host, path = format_host_and_path(url) if url else ("", "")
    told = (path if path.strip("/") else f"{host}{path}") or None
    link = url if is_safe_link(url) else None
    return Address(title, told, link) if title else Address(told or "Page without a title", None, link)
