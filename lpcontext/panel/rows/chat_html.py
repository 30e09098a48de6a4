"""A line that LivePerson calls HTML, as the little of it that is shown: words, emphasis, line breaks, links.

nh3 makes well-formed, harmless HTML of whatever came; what is left is read once more and written anew, so that our own
page never holds a tag or an attribute that we did not spell ourselves. No pictures, no styles, nothing that loads.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString

from lpcontext.visits import format_host_and_path, is_safe_link

_EMPHASIS = frozenset({"b", "strong", "i", "em", "u"})
_BLOCKS = frozenset({"p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_CLEANER = nh3.Cleaner(
    tags={"a", "br", *_EMPHASIS, *_BLOCKS},
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    link_rel=None,
)
_SPACE = re.compile(r"\s+")
_MOST_BREAKS = 2


def format_html_line(text: str) -> SafeString:
    """The line as inline HTML of ours. A link keeps leading somewhere only where that is safe, and says where."""
    return SafeString(_read(text, formatted=True))  # nosec B703 # every tag is written below, every text is escaped


def format_plain_line(text: str) -> str:
    """The line as text, links as `text (host)`: for a reader to whom it is masked, and for speaking it."""
    return _read(text, formatted=False)


def _read(text: str, *, formatted: bool) -> str:
    reader = _LineReader(formatted=formatted)
    reader.feed(_CLEANER.clean(text))
    reader.close()
    return "".join(reader.written).strip()


class _LineReader(HTMLParser):
    """Reads what nh3 left and writes it anew. Line breaks wait until text follows, so that none stand at the ends."""

    def __init__(self, *, formatted: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._formatted = formatted
        self._breaks = 0
        self._has_begun = False
        self._href: str | None = None
        self._linked = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._breaks += 1
        elif tag in _BLOCKS:
            self._breaks = max(self._breaks, 1)
        elif tag == "a":
            self._open_link(dict(attrs).get("href"))
        else:
            self._write_tag(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._breaks = max(self._breaks, 1)
        elif tag == "a":
            self._close_link()
        elif tag in _EMPHASIS:
            self._write_tag(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = _SPACE.sub(" ", data)
        if self._breaks or not self._has_begun:
            text = text.lstrip()
        if text:
            self._write_text(text)

    def _open_link(self, href: str | None) -> None:
        self._href, self._linked = href, ""
        if is_safe_link(href):
            address = html.escape(href or "")
            self._write_tag(f'<a href="{address}" target="_blank" rel="noopener noreferrer">')

    def _close_link(self) -> None:
        href, linked = self._href, self._linked.strip()
        host = format_host_and_path(href)[0] if href else ""
        if not linked and host:
            self._write_text(host)
        if is_safe_link(href):
            self._write_tag("</a>")
        if linked and host and linked not in {href, host}:
            self._write_text(f" ({host})")
        self._href = None

    def _write_tag(self, tag: str) -> None:
        if self._formatted:
            self.written.append(tag)

    def _write_text(self, text: str) -> None:
        self._linked += text
        if self._breaks and self._has_begun:
            self.written.append("\n" * min(self._breaks, _MOST_BREAKS))
        self._breaks, self._has_begun = 0, True
        self.written.append(f"<bdi>{html.escape(text)}</bdi>" if self._formatted else text)
