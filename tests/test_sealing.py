"""Sealing: what one key and purpose sealed, nothing else opens."""

from __future__ import annotations

import pytest

from lpcontext.sealing import SealBroken, Sealer

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32


def test_what_was_sealed_opens() -> None:
    sealer = Sealer([NEW])

    assert sealer.open(sealer.seal(b"secret", purpose="a"), purpose="a") == b"secret"


def test_the_newest_key_seals_and_all_open() -> None:
    before, after = Sealer([OLD]), Sealer([NEW, OLD])

    assert after.open(before.seal(b"secret", purpose="a"), purpose="a") == b"secret"
    with pytest.raises(SealBroken):
        before.open(after.seal(b"secret", purpose="a"), purpose="a")


def test_a_key_that_is_not_in_the_list_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Sealer([OTHER]).open(Sealer([NEW]).seal(b"secret", purpose="a"), purpose="a")


def test_another_purpose_opens_nothing() -> None:
    sealer = Sealer([NEW])

    with pytest.raises(SealBroken):
        sealer.open(sealer.seal(b"secret", purpose="ticket"), purpose="panel-token")


@pytest.mark.parametrize("place", [0, 4, 16, -1])
def test_one_changed_byte_opens_nothing(place: int) -> None:
    sealer = Sealer([NEW])
    sealed = bytearray(sealer.seal(b"secret", purpose="a"))
    sealed[place] ^= 1

    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), purpose="a")


@pytest.mark.parametrize("text", ["", "a", "%%%", "ä", "AAAA", "A" * 500])
def test_rubbish_is_not_a_sealed_text(text: str) -> None:
    with pytest.raises(SealBroken):
        Sealer([NEW]).open_text(text, purpose="a")


def test_sealing_twice_gives_different_bytes() -> None:
    sealer = Sealer([NEW])

    assert sealer.seal(b"secret", purpose="a") != sealer.seal(b"secret", purpose="a")


def test_names_depend_on_key_and_on_where_parts_end() -> None:
    sealer = Sealer([NEW])

    assert sealer.name_of("ab", "c") != sealer.name_of("a", "bc")
    assert sealer.name_of("ab", "c") != Sealer([OLD]).name_of("ab", "c")
    assert sealer.name_of("ab", "c") != Sealer([NEW], naming_key=OLD).name_of("ab", "c")


def test_a_new_key_in_front_renames_nothing() -> None:
    assert Sealer([OLD]).name_of("ab", "c") == Sealer([NEW, OLD]).name_of("ab", "c")
    assert Sealer([OLD], naming_key=b"k").name_of("ab") == Sealer([NEW], naming_key=b"k").name_of("ab")


def test_a_sealer_tells_no_key() -> None:
    assert "nnnn" not in repr(Sealer([NEW]))
