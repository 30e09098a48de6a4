from __future__ import annotations

import json

import pytest

from lpcontext.liveperson import LivePersonError, Reason, RequestRejected, UnreadableResponse, WrongAccount
from lpcontext.liveperson.errors import HostNotAllowed, ServerFailed
from tests.support.client_harness import USER, ClientHarness
from tests.support.dict_store import CountingStore
from tests.support.manual_clock import ManualClock
from tests.support.scripted_server import Reply, ScriptedServer, reply

MINUTE = 60
DAY = 24 * 60 * MINUTE


def looks_up(server: ScriptedServer) -> int:
    return len(server.asked_for("baseURI.json"))


def test_a_domain_is_looked_up_as_documented_with_no_credentials(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()

    asked = server.asked_for("baseURI.json")[0]
    assert asked.target == "/api/account/12345678/service/smt/baseURI.json?version=1.0"
    assert "authorization" not in asked.headers
    assert "cookie" not in asked.headers


def test_a_domain_is_shared_by_all_workers_and_asked_again_after_five_minutes(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE - 1)
        harness.look()
        assert looks_up(server) == 1
        harness.clock.pass_time(2)
        harness.look()

    assert looks_up(server) == 2


def test_a_domain_is_read_from_the_store_once_in_five_seconds(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))
    clock = ManualClock()
    store = CountingStore(clock)

    with ClientHarness(server.base_url, clock=clock, store=store) as harness:
        harness.look()
        harness.look()
        store.read.clear()
        for _ in range(20):
            harness.look()
        assert store.read["domain:smt"] == 0
        clock.pass_time(5)
        harness.look()
        assert store.read["domain:smt"] == 1
        clock.pass_time(-60 * MINUTE)
        harness.look()
        assert store.read["domain:smt"] == 2


def change_store(harness: ClientHarness, host: str) -> None:
    """As another worker would that has just looked it up."""
    kept = json.dumps([host, harness.clock.now, harness.clock.now + 5 * MINUTE]).encode()
    harness.store.put("domain:smt", kept, seconds=DAY)


def test_what_another_worker_has_looked_up_is_noticed_within_five_seconds(server: ScriptedServer) -> None:
    with ScriptedServer() as elsewhere, ClientHarness(server.base_url) as harness:
        server.will("state", reply(200, {"at": "the old host"}))
        elsewhere.will("state", reply(200, {"at": "the new host"}))
        harness.look()
        harness.look()
        change_store(harness, elsewhere.host)
        harness.clock.pass_time(5)

        assert harness.look() == {"at": "the new host"}


def test_a_move_another_worker_has_seen_is_followed_at_once_where_the_old_host_knows_us_no_more(
    server: ScriptedServer,
) -> None:
    with ScriptedServer() as elsewhere, ClientHarness(server.base_url) as harness:
        server.will("state", reply(200, {}), reply(200, {}), reply(404, {"internalCode": 6}))
        elsewhere.will("state", reply(200, {"at": "the new host"}))
        harness.look()
        harness.look()
        change_store(harness, elsewhere.host)

        assert harness.look() == {"at": "the new host"}
        assert harness.look() == {"at": "the new host"}
    assert looks_up(server) == 1


def test_a_domain_that_moves_is_followed(server: ScriptedServer) -> None:
    with ScriptedServer() as elsewhere, ClientHarness(server.base_url) as harness:
        server.will("state", reply(200, {"at": "the old host"}))
        elsewhere.will("state", reply(200, {"at": "the new host"}))
        harness.look()

        server.will("baseURI.json", reply(200, {"baseURI": elsewhere.host}))
        harness.clock.pass_time(6 * MINUTE)

        assert harness.look() == {"at": "the new host"}


@pytest.mark.parametrize("trouble", [reply(503), reply(200, "<html>"), reply(429)])
def test_the_last_word_of_the_domain_api_is_good_while_it_is_away(server: ScriptedServer, trouble: Reply) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        server.will("baseURI.json", trouble)
        harness.clock.pass_time(6 * MINUTE)
        harness.look()
        harness.look()
        assert looks_up(server) == 2  # not asked again at every look
        harness.clock.pass_time(31)
        harness.look()

    assert looks_up(server) == 3


def test_a_last_word_does_not_grow_younger_by_being_used(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        server.will("baseURI.json", reply(503))
        for _ in range(23):
            harness.clock.pass_time(60 * MINUTE)
            harness.look()
        harness.clock.pass_time(61 * MINUTE)
        with pytest.raises(ServerFailed):
            harness.look()


def test_a_last_word_of_yesterday_is_not_good(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        server.will("baseURI.json", reply(503))
        harness.clock.pass_time(DAY + 1)
        with pytest.raises(ServerFailed) as raised:
            harness.look()

    assert (raised.value.operation, raised.value.service) == ("domain look-up", "domain-api")


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (reply(400), WrongAccount),
        (reply(401), WrongAccount),
        (reply(404), WrongAccount),
        (reply(403), RequestRejected),
        (reply(500), ServerFailed),
        (reply(200, {"service": "smt"}), UnreadableResponse),
        (reply(200, {"baseURI": ""}), UnreadableResponse),
        (reply(200, {"baseURI": ["lo.v.liveperson.net"]}), UnreadableResponse),
        (reply(200, {"baseURIs": []}), UnreadableResponse),
    ],
)
def test_what_the_domain_api_refuses_is_named(
    server: ScriptedServer, response: Reply, kind: type[LivePersonError]
) -> None:
    server.will("baseURI.json", response)

    with ClientHarness(server.base_url) as harness, pytest.raises(LivePersonError) as raised:
        harness.look()

    assert type(raised.value) is kind


@pytest.mark.parametrize("base_uri", ["evil.example", "https://lo.v.liveperson.net", "lo.v.liveperson.net/x", "a b"])
def test_a_foreign_host_is_not_asked_and_not_kept(server: ScriptedServer, base_uri: str) -> None:
    server.will("baseURI.json", reply(200, {"baseURI": base_uri}))

    with ClientHarness(server.base_url) as harness:
        with pytest.raises(HostNotAllowed) as raised:
            harness.look()
        assert harness.store.names() == set()

    assert raised.value.reason is Reason.HOST_NOT_ALLOWED
    assert base_uri not in f"{raised.value} {vars(raised.value)}"
    assert {asked.path.rpartition("/")[2] for asked in server.asked} == {"baseURI.json"}


@pytest.mark.parametrize("kept", [b"", b"{}", b"not json", b'["evil.example", 1.0, 9e9]', b'["evil.example", "x", []]'])
def test_what_the_store_holds_is_checked_again(server: ScriptedServer, kept: bytes) -> None:
    server.will("state", reply(200, {"at": "home"}))

    with ClientHarness(server.base_url) as harness:
        harness.store.put("domain:smt", kept, seconds=DAY)
        assert harness.look() == {"at": "home"}


def test_an_unknown_account_makes_us_look_whether_it_has_moved(server: ScriptedServer) -> None:
    with ScriptedServer() as elsewhere, ClientHarness(server.base_url) as harness:
        server.will("state", reply(200, {}), reply(404, {"internalCode": 6}))
        elsewhere.will("state", reply(200, {"at": "the new host"}))
        harness.look()

        server.will("baseURI.json", reply(200, {"baseURI": elsewhere.host}))
        harness.clock.pass_time(2 * MINUTE)

        assert harness.look() == {"at": "the new host"}


def test_an_unknown_account_that_has_not_moved_stays_unknown(server: ScriptedServer) -> None:
    server.will("state", reply(404, {"internalCode": 6}))

    with ClientHarness(server.base_url) as harness:
        for _ in range(3):
            with pytest.raises(WrongAccount):
                harness.look()
        assert looks_up(server) == 1  # a look-up this young is believed
        harness.clock.pass_time(2 * MINUTE)
        with pytest.raises(WrongAccount):
            harness.look()

    assert looks_up(server) == 2
    assert len(server.asked_for("state")) == 4


def test_a_domain_api_that_fails_while_we_doubt_leaves_the_answer_as_it_was(server: ScriptedServer) -> None:
    server.will("state", reply(404, {"internalCode": 6}))

    with ClientHarness(server.base_url) as harness:
        with pytest.raises(WrongAccount):
            harness.look()
        server.will("baseURI.json", reply(503))
        harness.clock.pass_time(2 * MINUTE)
        with pytest.raises(WrongAccount):
            harness.look()


def login_with_map(*entries: object) -> Reply:
    return reply(200, {"bearer": "b", "csdsCollectionResponse": {"baseURIs": list(entries)}})


def test_the_domains_sent_at_login_are_taken_in(server: ScriptedServer) -> None:
    with ScriptedServer() as monitor, ClientHarness(server.base_url, USER) as harness:
        monitor.will("state", reply(200, {"at": "the monitor"}))
        server.will("state", reply(401), reply(200, {"at": "home"}))
        entry = {"account": "12345678", "service": "smt", "baseURI": monitor.host}
        server.will("login", login_with_map(entry))
        harness.look()

        assert harness.look() == {"at": "the monitor"}


@pytest.mark.parametrize(
    "entry",
    [
        {"account": "12345678", "service": "smt", "baseURI": "evil.example"},
        {"account": "another", "service": "smt", "baseURI": "127.0.0.1:1"},
        {"account": "12345678", "service": "SMT", "baseURI": "127.0.0.1:1"},
        {"account": "12345678", "service": "smt", "baseURI": 7},
        {"account": "12345678", "service": ["smt"]},
        "smt",
        None,
    ],
)
def test_a_domain_sent_at_login_is_judged_like_any_other(server: ScriptedServer, entry: object) -> None:
    own = {"account": "12345678", "service": "swift", "baseURI": "127.0.0.1:1"}  # the log-in itself is ours
    server.will("login", login_with_map(entry, own))
    server.will("state", reply(200, {"at": "home"}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        assert harness.look() == {"at": "home"}


def test_an_account_id_that_fits_in_no_address_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="fits in no address"):
        ClientHarness("https://api.liveperson.net", account_id="..")
