"""A page as people name it: its title, then its path; a link only where following it is safe."""

from __future__ import annotations

import msgspec

from lpcontext.masking import Masker
from lpcontext.visits import Page, format_host_and_path, is_safe_link


class Address(msgspec.Struct, frozen=True, gc=False):
    title: str
    path: str | None
    link: str | None

    @classmethod
    def of(cls, page: Page, masker: Masker) -> Address:
        """As the viewer may read it; a link that spells out what is hidden is none."""
        whole = _read_address(page.url, page.title)
        title, path, link = masker.text(whole.title), whole.path, whole.link
        if page.url and masker.may_hide(page.url):  # the path is part of it
            path = masker.text(path)
            link = link if link and masker.text(link) == link else None
        return cls(title, path, link)


def _read_address(url: str | None, title: str | None) -> Address:
    """The path; the host where the path says nothing. Without a title, the path is the title."""
    host, path = format_host_and_path(url) if url else ("", "")
    shown = (path if path.strip("/") else f"{host}{path}") or None
    link = url if is_safe_link(url) else None
    return Address(title, shown, link) if title else Address(shown or "Page without a title", None, link)
