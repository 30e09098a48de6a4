"""The panel token: a launch, sealed. The page sends it with every tick, in a header, instead of a cookie."""

from __future__ import annotations

import msgspec

from lpcontext.launch.model import Launch, LaunchExpired, LaunchForged
from lpcontext.sealing import SealBroken, get_sealer

_PURPOSE = "panel-token"
_MOST_LETTERS = 4096
# A ticket has a few letters more than the token for the same launch.
_LONGEST_ISSUED = 3800
_decoder = msgspec.msgpack.Decoder(Launch)


def seal_token(launch: Launch) -> str:
    return get_sealer().seal_text(msgspec.msgpack.encode(launch), purpose=_PURPOSE)


def fits_address(launch: Launch) -> bool:
    """Whether the token, and a ticket for the same launch, are short enough for header and address."""
    return len(seal_token(launch)) <= _LONGEST_ISSUED


def open_token(text: str, *, now_ms: int) -> Launch:
    """Raises LaunchForged or LaunchExpired."""
    if len(text) > _MOST_LETTERS:
        raise LaunchForged
    try:
        launch = _decoder.decode(get_sealer().open_text(text, purpose=_PURPOSE))
    except (SealBroken, msgspec.DecodeError):
        raise LaunchForged from None
    if launch.expires_ms <= now_ms:
        raise LaunchExpired
    return launch
