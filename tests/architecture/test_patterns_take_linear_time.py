"""No regular expression of ours takes more than linear time, whatever it is given: much of it comes from visitors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import walk_packages

import pytest

import lpcontext
from tests.support.growth import measure_growth

# What repeats in addresses, mail, markup, numbers, OAuth's errors, ids: nearly right again and again.
PIECES = (
    *("a", "a.", "a-", "-", "a@", "@a.", "@", "a:", "://", "http://a", "http://a.", "/api", "/api/x ", "//", "/"),
    *("1", "1-", "1 ", "1.", "1e", "+", "(", "%", "%2", "%25", "%40", "25", "40", "&", "&#", "&#0", "&#64;", "&amp;"),
    *(" ", "\n", " \n", " x", '"', 'a="', "a=", "=", "<", "<a ", ";", "from=", "oauth_problem ", "oauth_problem= "),
    *("H1", "H1-", "K", "A1_", "é", "１", "＠", "[", "]", '"a', "\\", '\\"', "[1.", "[a:"),
)
SMALL = 1_000


def find_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of ours holds, also as its bound `search` or `sub`."""
    for found in walk_packages(lpcontext.__path__, "lpcontext."):
        if found.name.endswith(("__main__", ".wsgi")) or ".migrations" in found.name:
            continue
        for name, value in vars(import_module(found.name)).items():
            pattern = getattr(value, "__self__", value)
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                yield f"{found.name}:{name}", pattern


PATTERNS = dict(find_patterns())


def test_the_patterns_are_found() -> None:
    assert {"lpcontext.ops.logs:_ADDRESS", "lpcontext.masking.masker:_six_digits"} <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern = PATTERNS[name]

    def use(text: str) -> None:
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)

    def is_steep(piece: str, *, rounds: int) -> bool:
        return measure_growth(partial(_use_long, use, piece), small=SMALL, rounds=rounds) > 30

    # What is quadratic is so each time; what another process disturbed in all of a few rounds is not in many.
    steep = [piece for piece in PIECES if is_steep(piece, rounds=3) and is_steep(piece, rounds=30)]
    assert steep == []


def _use_long(use: Callable[[str], None], piece: str, size: int) -> None:
    use(piece * (size // len(piece)) + "\x00")
