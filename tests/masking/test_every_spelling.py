"""A hidden value is hidden in every spelling and encoding a web page may give it, and wherever it stands."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpcontext.chats import Chat, Participant
from lpcontext.masking import Masker
from lpcontext.masking.plain_text import read_plain_text
from lpcontext.reading import HiddenKinds, PersonalKind
from lpcontext.visits.model import Cart, Contact, Customer, Device, Geo, Person, Product, ProductLine, Visit

ALL: HiddenKinds = frozenset(PersonalKind)
NUMBER = "+44 20 7946 0018"
LOCAL = "2079460018"
VISIT = Visit(
    person=Person(name="Zoë", surname="O'Neil-Okafor", contacts=(Contact(phone=NUMBER, email="zoe@mail.example"),)),
    customer=Customer(customer_id="NF-5520318", user_name="zoeok", balance=1250.5, currency="EUR"),
    geo=Geo(country_code="GB"),
    device=Device(ip="203.0.113.77"),
    cart=Cart(total=628.9, lines=(ProductLine(product=Product(name="Tent", price=389.0)),)),
)


def masker_of(*kinds: PersonalKind, visit: Visit = VISIT) -> Masker:
    return Masker.of(visit, hidden=frozenset(kinds))


def digits_of(text: str) -> str:
    return "".join(letter for letter in read_plain_text(text).letters if letter.isdigit())


@pytest.mark.parametrize(
    "written",
    [
        "+44 20 7946 0018",
        "0044 20 7946 0018",
        "44 20 7946 0018",
        "442079460018",
        "020 7946 0018",
        "+44 (0)20 7946 0018",
        "+44 20 7946 0018 x45",
        "+44 20 7946 0018 ext. 45",
        "+44 20 7946 0018;ext=45",
        "+44 20 7946–0018",
        "+44\u201120\u20117946\u20110018",
        "+44—20—7946—0018",
        "+44·20·7946·0018",
        "+44\u00a020\u00a07946\u00a00018",
        "+44\u200b20\u200b7946\u200b0018",
        "011 44 20 7946 0018",
        "+٤٤ ٢٠ ٧٩٤٦ ٠٠١٨",
        "+४४ २० ७९४६ ००१८",
        "＋４４ ２０ ７９４６ ００１８",
        "④④②⓪⑦⑨④⑥⓪⓪①⑧",
        "+44.20.7946.0018",
        "+44/20/7946/0018",
        "+44_20_7946_0018",
        "(+44)(20)(7946)(0018)",
        "7946 0018",
        "tel:+442079460018",
        "+44 7700 900123 / +44 20 7946 0018",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Call {} now", "phone={}&x=1", "“{}”", "id-{}-x"])
def test_a_known_number_is_hidden_however_it_is_written(written: str, around: str) -> None:
    masked = masker_of(PersonalKind.PHONE).text(around.format(written))

    assert "794600" not in digits_of(masked)
    assert "45" not in masked or "x45" not in written + around


@pytest.mark.parametrize(
    "field",
    [
        "+44 20 7946 0018",
        "0044 20 7946 0018",
        "011 44 20 7946 0018",
        "442079460018",
        "+44 20 7946 0018 x45",
        "+44 20 7946 0018 ext 45",
        "+44 20 7946 0018, +44 7700 900123",
        "+44 7700 900123 / +44 20 7946 0018",
        "+44 7700 900123 or 0044 20 7946 0018",
        "+٤٤ ٢٠ ٧٩٤٦ ٠٠١٨",
        "+44–20–7946–0018",
        "020 7946 0018",
    ],
)
@pytest.mark.parametrize("text", ["+44 20 7946 0018", "0044 (0)20 7946-0018", "020 7946 0018", "442079460018"])
def test_however_the_field_is_written_the_number_is_hidden_elsewhere(field: str, text: str) -> None:
    visit = Visit(person=Person(contacts=(Contact(phone=field),)), geo=Geo(country_code="GB"))

    assert "794600" not in digits_of(masker_of(PersonalKind.PHONE, visit=visit).text(f"from {text}"))


ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "percent": lambda text: quote(text, safe=""),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "every letter percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "lower percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "html decimal": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "html hex": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "html in percent": lambda text: quote("".join(f"&#{ord(letter)};" for letter in text), safe=""),
    "html": html.escape,
    "json": lambda text: json.dumps(text),
    "json of all": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "upper": str.upper,
    "plus for space": lambda text: text.replace(" ", "+"),
    "soft hyphens": lambda text: "\u00ad".join(text),
}
VALUES = {
    PersonalKind.PHONE: (NUMBER, "794600"),
    PersonalKind.NAME: ("Zoë O'Neil-Okafor", "okafor"),
    PersonalKind.CUSTOMER_ID: ("NF-5520318", "5520318"),
    PersonalKind.IP: ("203.0.113.77", "113.77"),
    PersonalKind.EMAIL: ("zoe@mail.example", "zoe@"),
    PersonalKind.MONEY: ("EUR 1,250.50", "1,250.50"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", VALUES)
def test_every_kind_is_hidden_in_every_encoding(kind: PersonalKind, encoding: str) -> None:
    value, readable = VALUES[kind]
    text = f"before {ENCODINGS[encoding](value)} behind"

    masked = read_plain_text(masker_of(kind).text(text)).letters

    assert readable not in masked
    assert masked.startswith("before ")
    assert masked.endswith(" behind")


@given(
    before=st.text(max_size=20),
    behind=st.text(max_size=20),
    between=st.lists(st.sampled_from(["", " ", "-", ".", "–", "\u2011", "/", ") ("]), min_size=10, max_size=10),
    encoding=st.sampled_from(sorted(ENCODINGS)),
)
def test_no_spelling_of_a_known_number_can_be_read(before: str, behind: str, between: list[str], encoding: str) -> None:
    spelled = "".join(digit + sign for digit, sign in zip(LOCAL, between, strict=True)).rstrip(" -–./)(\u2011")

    masked = masker_of(PersonalKind.PHONE).text(f"{before} {ENCODINGS[encoding](spelled)} {behind}")

    assert LOCAL[:-4] not in digits_of(masked)[len(digits_of(before)) :] or LOCAL[:-4] in digits_of(before + behind)


@given(st.text(max_size=120))
def test_a_text_without_known_values_stays_as_it_is(text: str) -> None:
    assert masker_of(PersonalKind.IP, PersonalKind.CUSTOMER_ID).text(text) == text or any(
        known in read_plain_text(text).letters for known in ("203", "5520318", "zoeok")
    )


@given(st.text(max_size=200))
def test_where_each_letter_came_from_is_known(text: str) -> None:
    plain = read_plain_text(text)

    places = [plain.find_place(number, number + 1) for number in range(len(plain.letters))]
    assert all(0 <= begin < end <= len(text) for begin, end in places)
    assert [begin for begin, _ in places] == sorted(begin for begin, _ in places)


@pytest.mark.parametrize(
    ("text", "kinds", "masked"),
    [
        ("Hello Zoe", [PersonalKind.NAME], "Hello •••••"),
        ("zoë.o'neil-okafor@mail.example", [PersonalKind.NAME], "•••••@mail.example"),
        ("ZoeOneilOkafor", [PersonalKind.NAME], "•••••"),
        ("zoeology", [PersonalKind.NAME], "zoeology"),
        ("/account/nf5520318/orders", [PersonalKind.CUSTOMER_ID], "/account/•••••/orders"),
        ("NF-55203180", [PersonalKind.CUSTOMER_ID], "NF-55203180"),
        ("host 203-0-113-77.isp.example", [PersonalKind.IP], "host •••••.isp.example"),
        ("203.0.113.78", [PersonalKind.IP], "203.0.113.78"),
        ("Pay 628,90 €", [PersonalKind.MONEY], "Pay ••••• €"),
        ("Pay 1.250,50", [PersonalKind.MONEY], "Pay •••••"),
        ("389 to go", [PersonalKind.MONEY], "••••• to go"),
        ("2 items", [PersonalKind.MONEY], "2 items"),
    ],
)
def test_a_value_is_hidden_as_a_whole_word_and_nothing_else(text: str, kinds: list[PersonalKind], masked: str) -> None:
    assert masker_of(*kinds).text(text) == masked


def test_what_a_chat_knows_is_hidden_in_the_visit_too() -> None:
    participant = Participant(name="Ada", surname="Byron", customer_id="C-99821", balance=77.31)
    masker = Masker.of(VISIT, hidden=ALL, chat=Chat(visitor_name="Augusta"), participant=participant)

    assert masker.text("Ada Byron, Augusta, C-99821, EUR 77.31") == "•••••, •••••, •••••, EUR •••••"


def test_each_field_shows_what_its_kind_leaves() -> None:
    masker = masker_of(*ALL)

    assert masker.name("Zoë Okafor") == "Z••••• O•••••"
    assert masker.phone(NUMBER) == "+44 •• •••• 0018"
    assert masker.email("zoe@mail.example") == "z•••••@mail.example"
    assert (masker.customer_id("NF-5520318"), masker.ip("203.0.113.77"), masker.money("EUR 1.00")) == ("•••••",) * 3
    assert masker.said("I am Zoë") == "•••••"


@pytest.mark.parametrize("text", ["a" * 100_000, "%25" * 40_000, "&amp;" * 20_000, "1-" * 50_000, "\\" * 100_000])
def test_an_endless_text_is_read_in_time(text: str) -> None:
    masker_of(*ALL).text(text)
