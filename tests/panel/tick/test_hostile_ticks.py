"""Whatever a tick or an action of a panel is sent: no fault of ours, and nothing of what was sent comes back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import Account
from lpcontext.launch import RightsCache
from lpcontext.panel.tick import TickMiddleware
from lpcontext.refresh import StatusCache
from tests.panel.tick.ticking import KEY, give_all, make_token, nothing_behind, tick

MARK = "zq7mark"
# As a server hands headers and queries over: one letter for each byte.
BYTES = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40).map(lambda text: MARK + text)
QUERIES = st.one_of(BYTES, BYTES.map(lambda text: f"seen={text}"), BYTES.map(lambda text: f"seen={text}&now=1&{text}"))
TOKENS = st.one_of(st.none(), BYTES, BYTES.map(lambda text: text * 200), st.just(""))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
hostile = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def middleware() -> Iterator[TickMiddleware]:
    statuses, rights = StatusCache(), RightsCache(read=give_all)
    yield TickMiddleware(nothing_behind, statuses=statuses, rights=rights)
    statuses.close()
    rights.close()


@hostile
@given(TOKENS, QUERIES)
def test_a_tick(middleware: TickMiddleware, token: str | None, query: str) -> None:
    """`None`: a good token."""
    status, headers, body = tick(middleware, make_token() if token is None else token, query)

    said = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
    assert status.startswith("200" if token is None else "403")
    assert MARK not in f"{headers}{said.decode()}"


@hostile
@given(st.sampled_from(["/panel/reveal", "/panel/copied"]), TOKENS, st.text(max_size=300), st.binary(max_size=300))
def test_an_action(client: Client, path: str, token: str | None, reason: str, raw: bytes) -> None:
    Account.objects.get_or_create(id=KEY.account_id, slug="s")
    headers = {"host": "localhost", "X-LPContext-Panel": make_token() if token is None else token}
    sent = {"reason": MARK + reason, "section": MARK + reason}

    answers = [
        client.post(path, sent, headers=headers),
        client.post(path, raw, content_type="application/x-www-form-urlencoded", headers=headers),
        client.post(path, raw, content_type="multipart/form-data; boundary=x", headers=headers),
    ]

    assert [answer.status_code for answer in answers if not 400 <= answer.status_code < 500] == []
    assert [
        answer for answer in answers if MARK in f"{answer.headers}{answer.text}" or "Traceback" in answer.text
    ] == []
