"""A text as a reader would see it, and where each of its letters stands in the text as it came.

Decoded however often it was encoded (percent, HTML, JSON), with plain digits and letters in lower case, without accents
and without what cannot be seen. So one search finds a value in every spelling a web page may give it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_ENCODED = re.compile(
    r"(?P<percent>(?:%(?:25)*+[0-9A-Fa-f]{2})++)"
    r"|(?P<html>&(?:amp;)*+(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?)"
    r"|(?P<json>(?<!\\)\\++u[0-9A-Fa-f]{4})"
)
_BYTE = re.compile(r"%(?:25)*+([0-9A-Fa-f]{2})")
MARKS = ("%", "&", "\\")
# Encoded within what was encoded otherwise: nobody nests deeper, and each pass takes linear time.
_MOST_PASSES = 4
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})


@dataclass(frozen=True, slots=True)
class PlainText:
    """`begins[i]` and `ends[i]`: where the letter i came from; None where each stands at its own place."""

    letters: str
    begins: list[int] | None = None
    ends: list[int] | None = None

    def find_place(self, begin: int, end: int) -> tuple[int, int]:
        """The part of the text as it came that the letters from `begin` up to `end` stand for."""
        if self.begins is None or self.ends is None:
            return begin, end
        return self.begins[begin], self.ends[end - 1]


def read_plain_text(text: str) -> PlainText:
    if text.isascii() and not any(mark in text for mark in MARKS):
        return PlainText(text.lower())
    letters, begins, ends = list(text), list(range(len(text))), list(range(1, len(text) + 1))
    for _ in range(_MOST_PASSES):
        joined = "".join(letters)
        if not _ENCODED.search(joined):
            break
        letters, begins, ends = _decode(joined, begins, ends)
    return _simplify(letters, begins, ends)


def _decode(text: str, begins: list[int], ends: list[int]) -> tuple[list[str], list[int], list[int]]:
    letters: list[str] = []
    new_begins: list[int] = []
    new_ends: list[int] = []

    def keep(letter: str, begin: int, end: int) -> None:
        letters.append(letter)
        new_begins.append(begins[begin])
        new_ends.append(ends[end - 1])

    last = 0
    for found in _ENCODED.finditer(text):
        for place in range(last, found.start()):
            keep(text[place], place, place + 1)
        for letter, begin, end in _read_encoded(found):
            keep(letter, begin, end)
        last = found.end()
    for place in range(last, len(text)):
        keep(text[place], place, place + 1)
    return letters, new_begins, new_ends


def _read_encoded(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Each letter with the part of the text that it was written as."""
    if found["percent"]:
        yield from _read_percent(found)
    elif found["html"]:
        named = found[0].replace("amp;", "") if found[0] != "&amp;" else found[0]
        for letter in html.unescape(named if named.endswith(";") else f"{named};") or " ":
            yield letter, found.start(), found.end()
    else:
        yield chr(int(found[0][-4:], 16)), found.start(), found.end()


def _read_percent(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Bytes of UTF-8, several of which may be one letter."""
    places = [(match.start(), match.end(), int(match[1], 16)) for match in _BYTE.finditer(found[0])]
    at = 0
    while at < len(places):
        size = next((size for size in (1, 2, 3, 4) if _is_letter(places[at : at + size], size)), 1)
        part = places[at : at + size]
        letter = bytes(byte for _, _, byte in part).decode("utf-8", "replace")
        yield letter[0], found.start() + part[0][0], found.start() + part[-1][1]
        at += size


def _is_letter(part: list[tuple[int, int, int]], size: int) -> bool:
    try:
        return len(part) == size and len(bytes(byte for _, _, byte in part).decode()) == 1
    except UnicodeDecodeError:
        return False


def _simplify(letters: list[str], begins: list[int], ends: list[int]) -> PlainText:
    simple: list[str] = []
    simple_begins: list[int] = []
    simple_ends: list[int] = []
    for letter, begin, end in zip(letters, begins, ends, strict=True):
        for each in _simplify_letter(letter):
            simple.append(each)
            simple_begins.append(begin)
            simple_ends.append(end)
    return PlainText("".join(simple), simple_begins, simple_ends)


def _simplify_letter(letter: str) -> str:
    """Nothing for what cannot be seen; several for what is written as one."""
    if letter.isascii():
        return letter.lower() if letter >= " " else " "
    folded = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else each
        for each in folded
        if unicodedata.category(each) not in _UNSEEN
    )


def fold(text: str) -> str:
    """A value as `read_plain_text` would spell it."""
    return read_plain_text(text).letters
