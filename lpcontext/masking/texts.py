"""A text without what is known to be personal in it, in whatever spelling it stands there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

from lpcontext.masking.fields import count_shown, mask_email
from lpcontext.masking.known_values import KnownValues
from lpcontext.masking.plain_text import MARKS, PlainText, read_plain_text
from lpcontext.reading import HIDDEN, mask_emails, normalize_digits

# Whatever people, and what was made of it on its way, put between two digits of one number; no letter or digit.
_BETWEEN = r"[^\w\n\r]|_"
_RUN = re.compile(rf"\d(?:(?:{_BETWEEN}){{0,4}}+\d){{5,}}+", re.ASCII)
_EXTENSION = re.compile(r"[ .,;(]{0,3}(?:ext(?:ension|\.)?|;ext=|x|#)[ .:]{0,2}\d{1,7}(?!\w)", re.ASCII)
_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[\w.+!$'*^`{|}~-]{1,64}+)@(?:[\w-]{1,63}+\.)++[\w-]{2,63}")
_IP = re.compile(r"(?<![\w.:])(?:[0-9a-f]{0,4}:[0-9a-f:.]{2,43}|\d{1,3}(?:[.-]\d{1,3}){3})(?![\w:])", re.ASCII)
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .,'’]?\d{3}){0,4}(?:[.,]\d{1,3})?(?![\d])", re.ASCII)
_CURRENCY_BEFORE = re.compile(r"(?:\b[a-z]{3}|[$€£¥₹])[ −-]{0,2}\Z")
_CURRENCY_BEHIND = re.compile(r" ?(?:[a-z]{3}\b|[$€£¥₹])")
_WORD_JOINTS = r"[\W_]{0,3}"
# Of a number this much at its end is what people dial within a town: hidden like the whole.
_LOCAL_DIGITS = 7
_SMALL_AMOUNT = 100
_NO_DIGITS = re.compile(r"[^0-9]+")


class _Found(NamedTuple):
    """`begin` and `end` count the letters of the plain text."""

    begin: int
    end: int
    left: str = HIDDEN


def mask_in_text(text: str, known: KnownValues, *, emails: bool = True) -> str:
    """The text with every known value in it masked, and every e-mail address where `emails` says so.

    Phone numbers of others are left, for nothing distinguishes them from order numbers.
    """
    text = mask_emails(text) if emails else text
    if not _may_hold(text, known, emails=emails):
        return text
    plain = read_plain_text(text)
    found = sorted(_find_all(plain.letters, known, emails=emails))
    return _replace(text, plain, found) if found else text


def _may_hold(text: str, known: KnownValues, *, emails: bool) -> bool:
    """A quick look, for nearly all texts hold nothing: only what is encoded, or kinds other than these, needs more."""
    if known.names or known.ids or known.ips or known.amounts or known.emails or any(mark in text for mark in MARKS):
        return True
    if emails and ("@" in text or not text.isascii()) and "@" in unicodedata.normalize("NFKC", text):
        return True
    digits = _NO_DIGITS.sub("", normalize_digits(text)) if known.phones else ""
    return any(phone[-_LOCAL_DIGITS:] in digits for phone in known.phones)


def _find_all(letters: str, known: KnownValues, *, emails: bool) -> Iterator[_Found]:
    if emails:
        yield from _find_emails(letters, known.emails)
    if known.phones:
        yield from _find_phones(letters, known.phones)
    if known.ips:
        yield from _find_ips(letters, known.ips)
    if known.amounts:
        yield from _find_amounts(letters, known.amounts)
    for pattern in _build_patterns(known.names, known.ids):
        for match in pattern.finditer(letters):
            yield _Found(match.start(), match.end())


def _find_emails(letters: str, odd: Sequence[str]) -> Iterator[_Found]:
    for match in _EMAIL.finditer(letters):
        yield _Found(match.start("local"), match.end("local"))
    for email in odd:
        for match in re.finditer(re.escape(email), letters):
            yield _Found(match.start(), match.end(), mask_email(email))


def _find_phones(letters: str, phones: Sequence[str]) -> Iterator[_Found]:
    """A run of digits that holds one of them, or ends one as it is dialled within a town; the extension too."""
    for match in _RUN.finditer(letters):
        digits = "".join(filter(str.isdigit, match[0]))
        phone = next((phone for phone in phones if phone in digits or _is_local_part(digits, phone)), None)
        if phone is not None:
            extension = _EXTENSION.match(letters, match.end())
            shown = phone[len(phone) - count_shown(len(phone)) :]
            yield _Found(match.start(), extension.end() if extension else match.end(), HIDDEN + shown)


def _is_local_part(digits: str, phone: str) -> bool:
    return len(digits) >= _LOCAL_DIGITS and phone.endswith(digits)


def _find_ips(letters: str, ips: Sequence[str]) -> Iterator[_Found]:
    wanted = {address for ip in ips if (address := _read_ip(ip)) is not None}
    for match in _IP.finditer(letters):
        if _read_ip(match[0]) in wanted and wanted:
            yield _Found(match.start(), match.end())
    for ip in ips:
        if _read_ip(ip) is None:
            yield from (_Found(each.start(), each.end()) for each in re.finditer(re.escape(ip), letters))


def _read_ip(text: str) -> str | None:
    """The same for each spelling of one address: `203-0-113-7` is how host names write it."""
    try:
        address = ip_address(text.strip(".").replace("-", ".") if "." in text or "-" in text else text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _find_amounts(letters: str, amounts: Sequence[str]) -> Iterator[_Found]:
    wanted = {float(amount) for amount in amounts}
    for match in _AMOUNT.finditer(letters):
        is_plain = "." in match[0] or "," in match[0] or _has_currency(letters, match.start(), match.end())
        if any(value in wanted and (is_plain or value >= _SMALL_AMOUNT) for value in _read_amounts(match[0])):
            yield _Found(match.start(), match.end())


def _has_currency(letters: str, begin: int, end: int) -> bool:
    before, behind = letters[max(0, begin - 5) : begin], letters[end : end + 5]
    return bool(_CURRENCY_BEFORE.search(before) or _CURRENCY_BEHIND.match(behind))


def _read_amounts(text: str) -> Iterator[float]:
    """With the last sign before the decimals, or without decimals: `1.250` may be either."""
    digits = re.sub(r"[ .,'’]", "", text)
    yield float(digits)
    sign = re.search(r"[.,](\d{1,3})\Z", text)
    if sign:
        yield round(float(digits) / 10 ** len(sign[1]), 2)


@lru_cache(maxsize=256)
def _build_patterns(names: tuple[str, ...], ids: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """One for names, one for ids: whole words, but in scripts that put no space between them."""
    return tuple(
        re.compile("|".join(_spell(value) for value in sorted(values, key=len, reverse=True)))
        for values in (names, ids)
        if values
    )


def _spell(value: str) -> str:
    """The value with whatever stands between its words: `maren okafor` is `maren_okafor` and `marenokafor`, too."""
    words = [re.escape(word) for word in re.findall(r"[^\W_]+", value)] or [re.escape(value)]
    spelled = _WORD_JOINTS.join(words)
    return spelled if not value.isascii() and _is_unspaced(value) else rf"(?<![^\W_]){spelled}(?![^\W_])"


def _is_unspaced(value: str) -> bool:
    return any("\u2e80" <= letter <= "\u9fff" or "\u3040" <= letter <= "\u30ff" for letter in value)


def _replace(text: str, plain: PlainText, found: Sequence[_Found]) -> str:
    """What overlaps is hidden as one, with what the first leaves."""
    pieces: list[str] = []
    done = 0
    for one in found:
        begin, end = plain.find_place(one.begin, one.end)
        if begin < done:
            done = max(done, end)
            continue
        pieces += (text[done:begin], one.left)
        done = end
    return "".join([*pieces, text[done:]])
