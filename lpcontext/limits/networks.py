"""Whose a network address is: one household has 2^64 addresses of IPv6."""

from __future__ import annotations

import ipaddress


def find_network(address: str) -> str:
    """The address itself, or of IPv6 its /64; what is none is returned as it is."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal() and "." in host:  # some gateways write the port behind it
        address = host
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(read) if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))
