"""Why a body was not taken.

BodyRefused
├── TooLong    413
├── TooSlow    408  the rest did not come in time
├── TooMany    503  as many are waited for as may be
└── CutShort   400  the connection ended before the body did
"""

from __future__ import annotations

import threading
from http import HTTPStatus


class BodyRefused(Exception):
    """Base: the sentence is for whoever sent it, and repeats nothing of what was sent.

    `under_way`, where the body may still be read, is set once that has ended. `parting_seconds` is how long a thread
    may then see to it that the sentence is sent: next to none where there are too many.
    """

    status = HTTPStatus.BAD_REQUEST
    sentence = ""
    retry_seconds = 0
    parting_seconds = 0.2

    def __init__(self, *, under_way: threading.Event | None = None) -> None:
        self.under_way = under_way
        super().__init__(self.sentence)


class TooLong(BodyRefused):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, *, most_bytes: int, under_way: threading.Event | None = None) -> None:
        self.sentence = f"The request is larger than {most_bytes // 1024} KB."
        super().__init__(under_way=under_way)


class TooSlow(BodyRefused):
    status = HTTPStatus.REQUEST_TIMEOUT
    sentence = "The request did not arrive in time. Send it again."


class TooMany(BodyRefused):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "The server is busy. Wait a moment, then send it again."
    retry_seconds = 2
    parting_seconds = 0.002


class CutShort(BodyRefused):
    sentence = "The request ended before it was complete."
