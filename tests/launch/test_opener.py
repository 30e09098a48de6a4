"""Who asks for an address that opens once, as far as a request tells."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from lpcontext.launch.opener import Opener, find_opener

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
CUBOT = "Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari"
TEAMS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.6.00 Chrome/114.0 Electron/25.8.4"

PREVIEWERS = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "Iframely/1.3.1",
    "example-link-checker/1.0 (link check)",
    "Sogou web spider/4.0",
]


def find(method: str = "GET", **headers: str) -> Opener:
    return find_opener(RequestFactory().generic(method, "/launch/ticket/x", headers=headers))


@pytest.mark.parametrize("agent", [CHROME, CUBOT, TEAMS])
@pytest.mark.parametrize("dest", ["document", "iframe"])
def test_a_browsers_navigation_is_the_agent(agent: str, dest: str) -> None:
    opener = find(**{"User-Agent": agent, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": dest})

    assert opener is Opener.AGENT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Purpose", "preview"),
        ("X-Moz", "prefetch"),
    ],
)
def test_a_browser_that_fetches_ahead_says_so(name: str, value: str) -> None:
    opener = find(**{"User-Agent": CHROME, "Sec-Fetch-Mode": "navigate", name: value})

    assert opener is Opener.LOOK_AHEAD


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "websocket", "nonsense"])
def test_a_page_that_fetches_the_address_does_not_open_it(mode: str) -> None:
    assert find(**{"User-Agent": CHROME, "Sec-Fetch-Mode": mode}) is Opener.LOOK_AHEAD


@pytest.mark.parametrize("agent", PREVIEWERS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_calls_itself_a_previewer_only_looks_also_in_a_real_browser(agent: str, method: str) -> None:
    assert find(method, **{"User-Agent": agent}) is Opener.LOOK_AHEAD
    assert find(method, **{"User-Agent": agent, "Sec-Fetch-Mode": "navigate"}) is Opener.LOOK_AHEAD


def test_what_calls_itself_a_browser_and_says_nothing_else_has_to_send_the_form() -> None:
    assert find(**{"User-Agent": CHROME}) is Opener.LOOK_AHEAD
    assert find("POST", **{"User-Agent": CHROME}) is Opener.AGENT


@pytest.mark.parametrize("agent", ["", "python-requests/2.32.5", "curl/8.14.1", "Go-http-client/2.0", "Java/21.0.1"])
def test_a_script_says_what_it_is(agent: str) -> None:
    assert find(**{"User-Agent": agent}) is Opener.SCRIPT
