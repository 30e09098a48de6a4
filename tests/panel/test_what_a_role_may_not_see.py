"""What is hidden from a role is in no part of its panel: not in the field it belongs to, and nowhere it is repeated."""

from __future__ import annotations

import re
from html import unescape

import pytest

from lpcontext.chats.model import Chat, ChatEvent, Participant, SurveyAnswer, Transcript
from lpcontext.masking.copies import copy_masked
from lpcontext.masking.masker import Masker
from lpcontext.masking.plain_text import read_plain_text
from lpcontext.panel.rendering import render_body
from lpcontext.panel.viewer import Viewer
from lpcontext.reading import PersonalKind
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits.model import (
    Cart,
    Contact,
    Customer,
    Device,
    Event,
    Geo,
    Lead,
    Page,
    Person,
    Product,
    ProductLine,
    Purchase,
    SiteSearch,
    UnknownAttribute,
    Visit,
    VisitorError,
)

READABLE = {
    PersonalKind.PHONE: "794600",
    PersonalKind.EMAIL: "zoe.okafor@",
    PersonalKind.NAME: "okafor",
    PersonalKind.CUSTOMER_ID: "5520318",
    PersonalKind.IP: "113.77",
    PersonalKind.MONEY: "628.90",
    PersonalKind.TRANSCRIPT: "my parcel",
}
REPEATED = "Zoe Okafor +44 20 7946 0018 zoe.okafor@mail.example NF-5520318 203.0.113.77 628.90"
ENCODED = "?q=Zoe%20Okafor&p=0044%2020%207946%200018&m=zoe.okafor%2540mail.example&c=NF-5520318&i=203.0.113.77&a=628.90"
PERSON = Person(
    name="Zoe", surname="Okafor", contacts=(Contact(phone="+44 20 7946 0018", email="zoe.okafor@mail.example"),)
)
LINE = ProductLine(product=Product(name=REPEATED, sku=REPEATED, category=REPEATED, price=628.9), quantity=1)
CART = Cart(total=628.9, item_count=1, currency="EUR", lines=(LINE,))
ATTRIBUTES = (
    PERSON,
    CART,
    VisitorError(message=REPEATED, code=REPEATED),
    Lead(topic=REPEATED, value=628.9, lead_id=REPEATED),
    SiteSearch(keywords=(REPEATED,)),
    UnknownAttribute(fields=(("note", REPEATED),)),
)
VISIT = Visit(
    person=PERSON,
    customer=Customer(
        customer_id="NF-5520318", type=REPEATED, status=REPEATED, balance=628.9, currency="EUR", role=REPEATED
    ),
    geo=Geo(country_code="GB", city=REPEATED, isp=REPEATED),
    device=Device(ip="203.0.113.77"),
    pages=(Page(id="1", title=REPEATED, url=f"https://shop.example/{ENCODED}", started_at_ms=1, referrer=ENCODED),),
    external_referrer=f"https://search.example/{ENCODED}",
    events=tuple(Event(kind="note", attribute=each, at_ms=2, page_id="1") for each in ATTRIBUTES),
    cart=CART,
    purchases=(Purchase(order_id=REPEATED, total=628.9, currency="EUR", cart=CART),),
    leads=(Lead(topic=REPEATED, value=628.9),),
    viewed=(LINE,),
)
SAID = f"my parcel {REPEATED}"
CHAT = ChatSnapshot(
    state=State.LIVE,
    chat=Chat(chat_id="H1", state="chatting", visitor_name="Zoe Okafor", agent_name="Idris"),
    transcript=Transcript(
        events=(
            ChatEvent(kind="line", id=1, at_ms=1, text=SAID, source="visitor", by="Zoe Okafor"),
            ChatEvent(kind="line", id=2, at_ms=1, text=f"<b>{SAID}</b>", text_type="html", source="agent", by="Idris"),
            ChatEvent(kind="line", id=3, at_ms=1, text=SAID, source="system", by="info"),
        )
    ),
    answers=(SurveyAnswer(question_id="1", label=SAID, texts=(SAID,)),),
    participant=Participant(authenticated=True, name="Zoe", surname="Okafor", customer_id="NF-5520318"),
)


def render(kinds: frozenset[PersonalKind]) -> str:
    snapshot = VisitSnapshot(state=State.LIVE, first_seen_ms=1, version="v", visit=VISIT, as_of_ms=1, present=True)
    return render_body(snapshot, viewer=Viewer.of(kinds), chat=CHAT, version="both")


@pytest.mark.parametrize("kind", PersonalKind)
def test_one_hidden_kind_is_nowhere_and_the_others_stay(kind: PersonalKind) -> None:
    seen = read_plain_text(unescape(render(frozenset({kind})))).letters
    everything = read_plain_text(unescape(render(frozenset()))).letters

    digits = re.sub(r"[^0-9]", "", seen) if kind is PersonalKind.PHONE else seen
    assert READABLE[kind] not in digits
    assert READABLE[kind] in (re.sub(r"[^0-9]", "", everything) if kind is PersonalKind.PHONE else everything)
    if kind is not PersonalKind.TRANSCRIPT:
        assert "my parcel" in seen


def test_with_every_kind_hidden_none_can_be_read() -> None:
    seen = read_plain_text(unescape(render(frozenset(PersonalKind)))).letters

    assert [word for word in READABLE.values() if word in seen] == []


@pytest.mark.parametrize("kind", PersonalKind)
def test_a_masked_copy_of_the_whole_holds_none_of_it(kind: PersonalKind) -> None:
    masker = Masker.of(VISIT, hidden=frozenset({kind}), chat=CHAT.chat, participant=CHAT.participant)

    copied = read_plain_text(repr((copy_masked(VISIT, masker), copy_masked(CHAT, masker)))).letters

    digits = re.sub(r"[^0-9]", "", copied) if kind is PersonalKind.PHONE else copied
    assert READABLE[kind] not in digits
    if kind is PersonalKind.MONEY:
        assert "628.9" not in copied
