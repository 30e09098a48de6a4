from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from lpcontext.liveperson import ConnectionFailed, LivePersonError
from tests.support.client_harness import ACCOUNT, KEY, SESSION, USER, VISITOR, ClientHarness
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply


def test_a_connection_is_kept_open_between_looks(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}), reply(404, {"internalCode": 12}), reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        with pytest.raises(LivePersonError):
            harness.look()
        harness.look()

    assert len({asked.connection for asked in server.asked_for("state")}) == 1


def test_a_connection_closed_by_the_server_while_idle_is_replaced(server: ScriptedServer) -> None:
    server.will("state", Reply(reply(200, {}).raw, closing=True))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        harness.look()

    assert len({asked.connection for asked in server.asked_for("state")}) == 2


def test_threads_share_one_client_without_mixing_answers(server: ScriptedServer) -> None:
    server.will("state", *(reply(200, {"number": number}) for number in range(40)), reply(500))
    seen: list[object] = []

    with ClientHarness(server.base_url, pool_size=4) as harness:

        def look_often() -> None:
            for _ in range(5):
                seen.append(harness.look())

        threads = [threading.Thread(target=look_often) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(str(one) for one in seen) == sorted(str({"number": number}) for number in range(40))
    assert len({asked.connection for asked in server.asked_for("state")}) <= 4


def test_who_we_are_and_what_we_take_is_said(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()

    headers = server.asked_for("state")[0].headers
    assert headers["user-agent"].partition("/")[0] == "lpcontext"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip"


def test_a_cookie_of_one_service_reaches_no_other_call(server: ScriptedServer) -> None:
    cookie = (("Set-Cookie", "Session_id=s1; Path=/"), ("Set-Cookie", "sticky=node7; Path=/"))
    server.will("baseURI.json", reply(200, {"baseURI": server.host}, headers=cookie))
    server.will("login", reply(200, {"bearer": "b", "csrf": "c"}, headers=cookie))
    server.will("state", reply(200, {}, headers=cookie))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.look()

    assert all("cookie" not in asked.headers for asked in server.asked)


def test_nothing_of_the_surroundings_enters_a_call(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A proxy, a CA bundle or a .netrc of the machine would win over our settings, and over the signature."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "there-is-none"))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()

    assert server.asked_for("state")[0].headers["authorization"].startswith("OAuth ")
    assert "authorization" not in server.asked_for("baseURI.json")[0].headers


def test_a_proxy_of_our_settings_is_used(server: ScriptedServer) -> None:
    with ScriptedServer() as proxy:
        proxy.will("state", reply(200, {"through": "the proxy"}))
        with ClientHarness(server.base_url, KEY, proxies={"http": proxy.base_url}) as harness:
            assert harness.look() == {"through": "the proxy"}

    assert server.asked == []
    assert proxy.asked_for("state")[0].target.startswith("http://127.0.0.1:")


def test_a_ca_bundle_that_is_not_there_is_a_failed_connection(server: ScriptedServer, tmp_path: Path) -> None:
    address = server.base_url.replace("http:", "https:")

    with ClientHarness(address, ca_bundle=str(tmp_path / "none.pem")) as harness, pytest.raises(ConnectionFailed):
        harness.look()


@pytest.mark.parametrize(
    "response",
    [
        reply(200, {}),
        Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon here\r\nX: 1\r\n\r\n{}"),
        HANG_UP,
    ],
)
def test_no_library_logs_an_address_a_signature_or_an_id(
    server: ScriptedServer, caplog: pytest.LogCaptureFixture, response: Reply
) -> None:
    server.will("state", response)
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)

    with ClientHarness(server.base_url) as harness:
        try:
            harness.look()
        except ConnectionFailed:
            assert response is HANG_UP

    for secret in (VISITOR, SESSION, ACCOUNT, KEY.app_key, KEY.secret, "oauth_signature"):
        assert secret not in caplog.text


def test_a_connection_that_cannot_be_made_logs_no_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ScriptedServer() as gone:
        address = gone.base_url

    with ClientHarness(address) as harness:
        harness.store.put("domain:smt", b'["%s", 1.0, 9e9]' % address.removeprefix("http://").encode(), seconds=60)
        with pytest.raises(ConnectionFailed):
            harness.look()

    assert VISITOR not in caplog.text
    assert ACCOUNT not in caplog.text
