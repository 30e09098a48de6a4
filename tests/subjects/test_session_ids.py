"""One session, two spellings; and two sessions that only look alike."""

from __future__ import annotations

import pytest

from lpcontext.subjects.session_ids import is_same_session, short_session_id

SHORT = "jnPABZYjQcOS2Uk5fp_HnA"
LONG = f"{SHORT}.c524460e4432e9f93cf700af590f16ef181f20e6"


def test_the_documented_long_form_is_the_short_one_with_a_suffix() -> None:
    assert short_session_id(LONG) == SHORT
    assert short_session_id(SHORT) == SHORT


@pytest.mark.parametrize(
    "session_id",
    [
        "123.567",
        "rty.uio",
        "s.1",
        ".",
        "",
        LONG[:-1],
        f"{LONG}a",
        f"x{LONG}",
        f"{LONG}\n",
        LONG.replace("c524", "x524"),
        LONG.replace("_", "+"),
        f"{SHORT}.{SHORT}",
    ],
)
def test_any_other_dot_is_part_of_an_opaque_id(session_id: str) -> None:
    assert short_session_id(session_id) == session_id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, SHORT, True),
        (SHORT, LONG, True),
        (LONG, f"{SHORT}.{'0' * 40}", True),
        ("123.567", "123.567", True),
        ("123.567", "123.999", False),
        ("123.567", "123", False),
        (SHORT, SHORT.swapcase(), False),
        (LONG, f"{SHORT}.1", False),
    ],
)
def test_two_ids_are_one_session_only_in_their_documented_forms(one: str, other: str, same: bool) -> None:
    assert is_same_session(one, other) is same
