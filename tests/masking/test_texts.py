"""What of an address or a number may still be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpcontext.masking.fields import mask_email, mask_phone
from lpcontext.masking.known_values import KnownValues
from lpcontext.masking.texts import mask_in_text
from tests.masking.known import find_contacts
from tests.visits.responses import on_page, visit_of


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("myname@example.com", "m•••••@example.com"),
        ("  myname@example.com ", "m•••••@example.com"),
        ("ab@example.com", "a•••••@example.com"),
        ("a@example.com", "•••••@example.com"),
        ("josé.díaz@correo.example", "j•••••@correo.example"),
        ("李小龍@例子.example", "李•••••@例子.example"),
        ('"odd name"@example.com', "•••••@example.com"),
        ("two@at@example.com", "t•••••@example.com"),
        ("@example.com", "•••••@example.com"),
        ("myname", "•••••"),
        ("myname@localhost", "•••••"),
        ("myname@example.com, other@example.com <x>", "•••••"),
        ("", "•••••"),
    ],
)
def test_an_email_shows_its_first_letter_and_its_domain(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+1 212-788-8877", "+1 •••-•••-8877"),
        ("+12127888877", "+1••••••8877"),
        ("1 (212) 788-8877", "1 (•••) •••-8877"),
        ("(212) 788-8877", "(•••) •••-8877"),
        ("212.788.8877", "•••.•••.8877"),
        ("+44 20 7946 0958", "+44 •• •••• 0958"),
        ("+972-3-555-0199", "+972-•-•••-0199"),
        ("+7 495 123-45-67", "+7 ••• •••-45-67"),
        ("+1-10-344-3765333", "+1-••-•••-•••5333"),
        ("030 1234567", "••• •••4567"),
        ("788-8877", "•••-••77"),
        ("12345", "•••45"),
        ("911", "•••"),
        ("ask for John", "•••••"),
        ("John: 2127888877", "••••• ••••••8877"),
        ("٠١٢٣٤٥٦٧٨٩", "••••••••••"),
        ("", "•••••"),
        ("9" * 300, "•••••"),
    ],
)
def test_a_phone_shows_its_country_its_shape_and_at_most_four_digits(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text())
def test_no_letter_of_whatever_stands_in_a_phone_field_is_shown(phone: str) -> None:
    assert not any(letter.isalpha() for letter in mask_phone(phone))


@given(st.text(alphabet="0123456789+-() ", max_size=40))
def test_a_masked_phone_never_shows_most_of_the_number(phone: str) -> None:
    digits = sum(letter.isdigit() for letter in phone)
    shown = sum(letter.isdigit() for letter in mask_phone(phone))

    assert shown <= digits / 2 or digits <= 5 or phone.lstrip(" (").startswith(("+", "1"))
    assert shown <= 7


PHONE = KnownValues(phones=("2127888877",))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hello myname@example.com!", "Hello m•••••@example.com!"),
        (
            "https://a.example/?mail=myname%40example.com&x=1",
            "https://a.example/?mail=m•••••%40example.com&x=1",
        ),
        ("?to=myname%2540example.com", "?to=m•••••%2540example.com"),
        ("?to=my%2Bname%40example.com", "?to=m•••••%40example.com"),
        ("?to=%20myname@example.com", "?to=•••••@example.com"),
        ("x%40myname@example.com", "x%40m•••••@example.com"),
        ("two@at@example.com", "two@a•••••@example.com"),
        ("MYNAME@EXAMPLE.COM", "M•••••@EXAMPLE.COM"),
        ("a@b.example, c@d.example", "•••••@b.example, •••••@d.example"),
        ("Nothing here", "Nothing here"),
        ("40 lamps @ 3 EUR", "40 lamps @ 3 EUR"),
        ("", ""),
    ],
)
def test_an_email_is_masked_wherever_it_stands(text: str, masked: str) -> None:
    assert mask_in_text(text, KnownValues()) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 212-788-8877 now", "call •••••8877 now"),
        ("call +1 212-788-8877", "call +•••••8877"),
        ("call (212) 788 8877", "call (•••••8877"),
        ("id-12127888877-x", "id-•••••8877-x"),
        ("?phone=%2B12127888877&x=1", "?phone=%2B•••••8877&x=1"),
        ("?phone=%2B1%20212%20788%208877", "?phone=%2B•••••8877"),
        ("?q=a%202127888877", "?q=a%20•••••8877"),
        ("0012127888877", "•••••8877"),
        ("order 1234567890", "order 1234567890"),
        ("at 1475675316326", "at 1475675316326"),
        ("788-8877", "•••••8877"),
        ("88-8877", "88-8877"),
        ("%20%20%20", "%20%20%20"),
        ("call ２１２-７８８-８８７７ now", "call •••••8877 now"),
        ("call ＋１（２１２）７８８８８７７", "call ＋•••••8877"),
        ("٢١٢٧٨٨٨٨٧٧", "•••••8877"),
        (
            "?q=%EF%BC%92%EF%BC%91%EF%BC%92%EF%BC%97%EF%BC%98%EF%BC%98%EF%BC%98%EF%BC%98%EF%BC%97%EF%BC%97",
            "?q=•••••8877",
        ),
        ("?phone=%252B1%2520212%25207888877", "?phone=%252B•••••8877"),
    ],
)
def test_a_phone_of_this_visit_is_masked_in_each_of_its_forms_and_no_other_number(text: str, masked: str) -> None:
    assert mask_in_text(text, PHONE) == masked


def test_the_known_contacts_of_a_visit_are_those_of_now_and_of_earlier() -> None:
    visit = visit_of(
        personalInfo={"contacts": [{"phone": "+1 212-788-8877", "email": "odd one@localhost"}]},
        events=[
            {"personalInfo": on_page("1", personalInfo={"contacts": [{"phone": "030 1234567"}, {"phone": "911"}]})}
        ],
    )

    assert find_contacts(visit) == KnownValues(phones=("2127888877", "301234567"), emails=("odd one@localhost",))


def test_an_email_of_an_odd_form_is_masked_where_it_stands_in_full() -> None:
    assert mask_in_text("for Odd One@localhost", KnownValues(emails=("odd one@localhost",))) == "for •••••"


def test_a_number_without_its_trunk_zero_is_the_same_number() -> None:
    contacts = KnownValues(phones=("301234567",))

    assert mask_in_text("+49 30 1234567", contacts) == "+•••••4567"
    assert mask_in_text("030 1234567", contacts) == "•••••4567"


@given(st.text())
def test_any_text_can_be_masked_and_twice_is_as_good_as_once(text: str) -> None:
    once = mask_in_text(text, PHONE)

    assert mask_in_text(once, PHONE) == once


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(st.sampled_from(["", " ", "-", ".", "/", "　", "－", "．", "‐", ") ", "%20"]), st.booleans())
def test_a_phone_is_known_whatever_its_digits_and_whatever_stands_between(between: str, wide: bool) -> None:
    phone = between.join(("212", "788", "8877"))
    text = f"my number {phone.translate(WIDE) if wide and between != '%20' else phone}, please"

    masked = mask_in_text(text, PHONE)

    assert masked == "my number •••••8877, please"


def test_a_phone_in_wide_digits_is_known_too() -> None:
    visit = visit_of(personalInfo={"contacts": [{"phone": "＋４９ ３０ １２３４５６７"}]})

    assert find_contacts(visit) == KnownValues(phones=("301234567",))


@given(st.text(), st.text())
def test_the_phone_of_the_visit_never_stays_in_a_text(before: str, after: str) -> None:
    assert "2127888877" not in mask_in_text(f"{before} 2127888877 {after}", PHONE)


@pytest.mark.parametrize("piece", ["a", "a.", "a@", "%41", "%40", "%2540", "1-", "1%20", "@a.", "a%40a@", "%"])
def test_a_long_text_of_almost_addresses_is_masked_in_linear_time(piece: str) -> None:
    assert mask_in_text(piece * 100_000 + "@ 40", PHONE)
