"""What a chat is answered with, and how an agent session is said to be forgotten."""

from __future__ import annotations

from tests.support.scripted_server import reply

RESPONSE: dict[str, object] = {"chat": {"info": {}}}
FORGOTTEN = [reply(404), reply(404, {"internalCode": 12}), reply(401), reply(401, {"internalCode": 10}), reply(403)]
