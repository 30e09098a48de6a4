"""How LivePerson is reached: addresses, patience, proxy, trust. Settings as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from lpcontext.liveperson.http.hosts import is_allowed, split_host
from lpcontext.loopback import is_loopback_host


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """Times are seconds. `ca_bundle` is a path, or True for the public authorities: trust cannot be switched off.

    Raises ValueError, in a sentence, for an address we would not ask.
    """

    domain_api_url: str
    allowed_hosts: tuple[str, ...] = (".liveperson.net",)
    connect_seconds: float = 3.05
    read_seconds: float = 10
    # `read_seconds` is the longest silence. A server that drips is never silent, so the whole call has its limit too,
    # counted from its start: connection, headers and body.
    answer_seconds: float = 20
    pool_size: int = 16
    proxies: Mapping[str, str] | None = field(default=None, repr=False)
    ca_bundle: str | Literal[True] = True

    def __post_init__(self) -> None:
        url = urlsplit(self.domain_api_url)
        place = split_host(url.netloc)
        if place is None or url.query or url.fragment or url.scheme not in ("https", "http"):
            raise ValueError("the Domain API's address must look like https://host or https://host/path")
        if is_loopback_host(place[0]):
            return
        if url.scheme != "https":
            raise ValueError("the Domain API's address must be https; plain http is for this machine only")
        if not is_allowed(place[0], self.allowed_hosts):
            raise ValueError("the Domain API's host is not among the allowed hosts")

    def origin_of(self, base_uri: str) -> str | None:
        """`scheme://host[:port]` for a `baseURI` of the Domain API (contract 1), None when it may not be asked.

        A Domain API out there never sends us to a server on this machine; one on this machine (the emulator) may.
        """
        place = split_host(base_uri)
        if place is None:
            return None
        name, port = place
        home = urlsplit(self.domain_api_url)
        if is_loopback_host(name):
            scheme = home.scheme if is_loopback_host(_name_in(home.netloc)) else None
        else:
            scheme = "https" if is_allowed(name, self.allowed_hosts) else None
        if scheme is None:
            return None
        return f"{scheme}://{name}" if port is None else f"{scheme}://{name}:{port}"


def _name_in(netloc: str) -> str:
    place = split_host(netloc)
    return place[0] if place else ""
