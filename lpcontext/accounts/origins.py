"""Origins of pages that may frame a panel, read strictly, for they go into a security header."""

from __future__ import annotations

import re
from ipaddress import IPv4Address

from lpcontext.accounts.errors import BadOrigin
from lpcontext.loopback import is_loopback_in_browser

_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253})(?::(?P<port>[1-9][0-9]{0,4}))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DEFAULT_PORT = {"https": "443", "http": "80"}


def read_origin(text: str) -> str:
    """The origin as browsers spell it: lower case, no default port, no slash at the end.

    Raises BadOrigin. Wildcards are refused: one forgotten sub-domain of the CRM must not be able to frame a caller's
    data. So are IPv6 hosts, which the frame-ancestors grammar cannot say.
    """
    match = _ORIGIN.fullmatch(text.strip().lower().removesuffix("/"))
    if match is None:
        raise BadOrigin("must look like https://crm.example or https://crm.example:8443, without path or wildcard.")
    scheme, host, port = match["scheme"], match["host"], match["port"]
    if not _is_host(host) or int(port or 1) > 65535:
        raise BadOrigin("has a host or port that cannot exist.")
    if scheme == "http" and not is_loopback_in_browser(host):
        raise BadOrigin("must be https; plain http is only for localhost and 127.0.0.1.")
    return f"{scheme}://{host}" if port in (None, _DEFAULT_PORT[scheme]) else f"{scheme}://{host}:{port}"


def read_origins(texts: object) -> list[str]:
    """Each origin once, in the order given. Raises BadOrigin, which has the place in the list."""
    if not isinstance(texts, list | tuple):
        raise BadOrigin("The origins must be a list of texts.")
    origins: list[str] = []
    for place, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            raise BadOrigin("must be a text.", place=place)
        try:
            origins.append(read_origin(text))
        except BadOrigin as error:
            raise BadOrigin(error.reason, place=place) from None
    return list(dict.fromkeys(origins))


def is_origin(text: str) -> bool:
    """Whether `text` is an origin that may frame, spelled as browsers spell it."""
    try:
        return read_origin(text) == text
    except BadOrigin:
        return False


def _is_host(host: str) -> bool:
    if not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return False
    # A last label of digits makes browsers read the whole as IPv4, in forms (1.2, 0x7f.1) we would rather not guess at.
    if host.rpartition(".")[2][0].isdigit():
        return _is_ipv4(host)
    return True


def _is_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False
