"""Names in shared memory: the same on every machine through a change of seal keys, and of both forms of an id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from lpcontext.sealing import get_sealer
from lpcontext.snapshots import find_key, name_of, name_of_account, name_of_circuit
from lpcontext.subjects import ChatKey, VisitKey
from tests.support.account_queue import AccountQueue
from tests.support.stored_subject import find_status

SHORT = "ttJpjOmRQ0adbOusBi5UlA"
VISIT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id=SHORT)
CHAT = ChatKey(account_id="71820394", chat_id="H2170755172687460894")
NEWER = b"a newer key, thirty-two bytes....."[:32]


@pytest.fixture
def _newer_key_in_front(settings: Any) -> Iterator[None]:
    """What a rolling restart brings to half of the machines."""
    yield
    get_sealer.cache_clear()


def put_newer_key_in_front(settings: Any) -> None:
    settings.SEAL_KEYS = [NEWER, *settings.SEAL_KEYS]
    get_sealer.cache_clear()


def all_names() -> list[str]:
    return [name_of(VISIT), name_of(CHAT), name_of_account(VISIT.account_id), name_of_circuit(VISIT.account_id, "smt")]


@pytest.mark.usefixtures("_newer_key_in_front")
def test_a_new_seal_key_in_front_renames_nothing(settings: Any) -> None:
    before = all_names()
    sealed_with = get_sealer().seal(b"", purpose="p")[:4]

    put_newer_key_in_front(settings)

    assert get_sealer().seal(b"", purpose="p")[:4] != sealed_with
    assert all_names() == before


@pytest.mark.usefixtures("memory", "_newer_key_in_front")
def test_machines_with_the_new_key_take_up_what_those_without_it_left(settings: Any) -> None:
    queue = AccountQueue()
    queue.add(1)

    put_newer_key_in_front(settings)

    assert find_key(queue.name(1)) == queue.subject(1)
    claim = queue.take_one()
    assert queue.complete_claims(claim) == {claim.name}
    assert find_status(claim.name) is not None


@pytest.mark.usefixtures("memory", "_newer_key_in_front")
def test_what_only_the_new_key_opens_is_left_to_those_who_have_it(settings: Any) -> None:
    before = settings.SEAL_KEYS
    put_newer_key_in_front(settings)
    queue = AccountQueue()
    queue.add(1)

    settings.SEAL_KEYS = before
    get_sealer.cache_clear()
    assert queue.take(claim_ms=1).claims == ()

    put_newer_key_in_front(settings)
    assert queue.take_lapsed().subject == queue.subject(1)


def test_both_forms_of_a_session_id_name_one_visit() -> None:
    long_form = f"{SHORT}.c524460e4432e9f93cf700af590f16ef181f20e6"

    assert name_of(replace(VISIT, session_id=long_form)) == name_of(VISIT)


def test_any_other_dot_is_part_of_an_id() -> None:
    ids = ["123.567", "123.999", "123", f"{SHORT}.other", SHORT]

    assert len({name_of(replace(VISIT, session_id=id_)) for id_ in ids}) == len(ids)


def test_another_visitor_account_session_or_kind_has_another_name() -> None:
    others = [replace(VISIT, visitor_id="other"), replace(VISIT, account_id="9"), replace(VISIT, session_id="other")]
    chats = [CHAT, replace(CHAT, account_id="9")]
    names = {name_of(visit) for visit in [VISIT, *others]} | {name_of(chat) for chat in chats}

    assert len(names) == 6


def test_where_one_id_ends_and_the_next_begins_counts() -> None:
    one, other = replace(VISIT, visitor_id="ab", session_id="c"), replace(VISIT, visitor_id="a", session_id="bc")

    assert name_of(one) != name_of(other)


@pytest.mark.parametrize("name", [0, 1, 2, 3])
def test_a_name_is_thirty_two_hex_digits_and_discloses_nothing(name: int) -> None:
    text = all_names()[name]

    assert len(text) == 32
    assert set(text) <= set("0123456789abcdef")
