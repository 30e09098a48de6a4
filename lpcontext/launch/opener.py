"""Who asks for an address that opens once: the agent's browser, something that only looks ahead, or a script.

Nobody can prove to be a browser; so what is not plainly one uses up nothing of the agent's (docs/security.md says what
that leaves open).
"""

from __future__ import annotations

import re
from enum import StrEnum

from django.http import HttpRequest

# What browsers say when they fetch or draw a page before anybody wants it.
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
# Link previews, mail and chat scanners, crawlers. `bot`, but no phone of the brand Cubot.
_PREVIEWERS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|unfurl|facebookexternalhit|whatsapp|slack-imgproxy|embedly|iframely"
    r"|ms-office|msoffice|microsoft office|safelinks|proofpoint|mimecast|barracuda|linkcheck|link[ -]check|urlscan"
    r"|virustotal",
    re.IGNORECASE,
)


class Opener(StrEnum):
    """As far as a request tells."""

    AGENT = "agent"
    LOOK_AHEAD = "look-ahead"
    SCRIPT = "script"


def find_opener(request: HttpRequest) -> Opener:
    """A page's form is sent by nobody who only looks; a browser that says nothing of itself has to send one.

    Browsers say `Sec-Fetch-Mode` over https and to this machine, since 2020 (Safari: 2023).
    """
    headers = request.headers
    agent, mode = headers.get("User-Agent", ""), headers.get("Sec-Fetch-Mode", "")
    if any(name in headers for name in _AHEAD) or _PREVIEWERS.search(agent) or mode not in ("", "navigate"):
        return Opener.LOOK_AHEAD
    if mode or request.method == "POST":
        return Opener.AGENT
    return Opener.LOOK_AHEAD if agent.startswith("Mozilla/") else Opener.SCRIPT
