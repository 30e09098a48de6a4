"""What stands between what is known and a viewer: which personal values may be read, everywhere they occur."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from typing import overload

import msgspec

from lpcontext.chats import Chat, Participant
from lpcontext.masking.chat_lines import mask_chat_line
from lpcontext.masking.fields import mask_email, mask_name, mask_phone
from lpcontext.masking.known_values import NOTHING_KNOWN, KnownValues, find_known_values
from lpcontext.masking.texts import mask_in_text
from lpcontext.reading import HIDDEN, HiddenKinds, PersonalKind, may_hold_email
from lpcontext.visits import Visit

_six_digits = re.compile(r"\A(?:\D*+\d){6}").match
_LOOKED_FOR_BY_SHAPE = frozenset({PersonalKind.PHONE, PersonalKind.EMAIL, PersonalKind.TRANSCRIPT})


@dataclass(frozen=True, slots=True)
class Masker:
    """`known` is what must not be read in any other text; `digest` stands for both in the key of what was rendered."""

    hidden: HiddenKinds
    known: KnownValues = NOTHING_KNOWN
    digest: bytes = b""

    @classmethod
    def of(
        cls,
        visit: Visit | None,
        *,
        hidden: HiddenKinds,
        chat: Chat | None = None,
        participant: Participant | None = None,
    ) -> Masker:
        if not hidden:
            return cls(hidden)
        known = find_known_values(visit or Visit(), chat=chat, participant=participant, hidden=hidden)
        digest = blake2b(msgspec.msgpack.encode((known, sorted(hidden))), digest_size=16).digest()
        return cls(hidden, known, digest)

    @property
    def masked(self) -> bool:
        return bool(self.hidden)

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """Any text as the viewer may read it. Only one that may hold something is looked at closely."""
        if not text or not self.may_hide(text):
            return text
        return mask_in_text(text, self.known, emails=PersonalKind.EMAIL in self.hidden)

    def may_hide(self, text: str) -> bool:
        """A quick look: False where nothing of the text, nor of any part of it, is hidden."""
        if self.hidden <= _LOOKED_FOR_BY_SHAPE:
            return bool(self.hidden) and (may_hold_email(text) or _holds_six_digits(text))
        return True

    def said(self, text: str) -> str:
        """Free text of a chat: people type any number into it, so that more is hidden than in what a page reports."""
        if PersonalKind.TRANSCRIPT in self.hidden:
            return HIDDEN if text else text
        if self.hidden & {PersonalKind.PHONE, PersonalKind.EMAIL}:
            text = mask_chat_line(text)
        return self.text(text)

    def email(self, email: str | None) -> str | None:
        return mask_email(email) if email and PersonalKind.EMAIL in self.hidden else self.text(email)

    def phone(self, phone: str | None) -> str | None:
        return mask_phone(phone) if phone and PersonalKind.PHONE in self.hidden else self.text(phone)

    def name(self, name: str | None) -> str | None:
        return mask_name(name) if name and PersonalKind.NAME in self.hidden else self.text(name)

    def customer_id(self, text: str | None) -> str | None:
        return HIDDEN if text and PersonalKind.CUSTOMER_ID in self.hidden else self.text(text)

    def ip(self, ip: str | None) -> str | None:
        return HIDDEN if ip and PersonalKind.IP in self.hidden else self.text(ip)

    def money(self, amount: str | None) -> str | None:
        """`amount` as it would be shown."""
        return HIDDEN if amount and PersonalKind.MONEY in self.hidden else amount


def _holds_six_digits(text: str) -> bool:
    return _six_digits(text if text.isascii() else unicodedata.normalize("NFKC", text)) is not None
