"""When it is worth asking again. Pure: whoever asks does the waiting, and no worker sleeps in its slot."""

from __future__ import annotations

from lpcontext.liveperson.errors import LoginUnderWay, RateLimited, Unreachable

# Contract 8: three times after 5, 10, 15 s, then every 2, 4, 8 minutes.
_PAUSES = (5.0, 10.0, 15.0, 120.0, 240.0, 480.0)
_LOGIN_UNDER_WAY = 0.5
_AFTER_429 = 1.0
_AFTER_LOGIN_429 = 5.0
_LONGEST_429 = 60.0
_LONGEST_WISH = 3600.0


def retry_pause(*, failures: int, error: Unreachable) -> float:
    """Seconds to wait after the `failures`-th failure in a row (1, 2, 3, …).

    A `Retry-After` longer than ours is granted, up to an hour.
    """
    wished = min(error.retry_after or 0.0, _LONGEST_WISH)
    return max(_own_pause(max(1, failures), error), wished)


def _own_pause(failures: int, error: Unreachable) -> float:
    if isinstance(error, LoginUnderWay):
        return _LOGIN_UNDER_WAY
    if isinstance(error, RateLimited):
        least = _AFTER_LOGIN_429 if error.operation == "login" else _AFTER_429
        doublings = min(failures - 1, 10)
        return float(min(least * 2**doublings, _LONGEST_429))
    return _PAUSES[min(failures, len(_PAUSES)) - 1]
