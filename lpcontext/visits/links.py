"""What of an address may become a link, and what of it may be read on the panel."""

from __future__ import annotations

import re

from lpcontext.reading import CUT_MARK, mask_emails

_LINK = re.compile(
    r"https?://"
    r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?"  # a host in ASCII, as browsers report even those that are not
    r"(?::[0-9]{1,5})?"
    r"(?:[/?#][^\s\\<>\"]*)?",
    re.IGNORECASE | re.ASCII,  # or ſ would pass for s
)
_ADDRESS = re.compile(r"(?:(?:https?:)?//)?(?P<host>[^\s/?#\\]*)(?P<path>[^?#;]*)", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"\A(?!https?:)[a-z][a-z0-9+.-]*:(?![0-9]{1,5}(?:[/?#]|$))", re.IGNORECASE | re.ASCII)


def is_safe_link(url: str | None) -> bool:
    """May this address become a link? Only http and https, whole, with a plain host and nothing to hide.

    Everything else is only ever text: other schemes, user names before the host, backslashes (which browsers read as
    slashes), control and bidi characters, and addresses that were cut short on the way in.
    """
    return url is not None and url.isprintable() and not url.endswith(CUT_MARK) and _LINK.fullmatch(url) is not None


def format_host_and_path(url: str) -> tuple[str, str]:
    """The host and the path of an address, for reading; e-mail addresses in the path are masked.

    Query, fragment and `;parameters` are left out: they hold search terms, session ids and personal data. An address
    with another scheme has no host, and its text up to the first `?`, `#` or `;` is the path.
    """
    url = mask_emails(url)  # first, for an @ written as &#64; would be cut in two
    if not url.startswith("https://") and _SCHEME.match(url):
        return "", re.split(r"[?#;]", url, maxsplit=1)[0]
    parts = _ADDRESS.match(url)
    if parts is None:
        return "", ""
    host = parts["host"].rpartition("@")[2].lower()
    return host, parts["path"]
