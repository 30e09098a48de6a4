"""Numbers as their country writes them: known in every form it gives them, and hidden in each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpcontext.masking.fields import mask_phone
from lpcontext.masking.known_values import KnownValues
from lpcontext.masking.texts import mask_in_text
from lpcontext.visits.model import Contact, Geo, Person, Visit
from tests.masking.known import find_contacts


def contacts_of(phone: str, country: str | None = None) -> KnownValues:
    """What is known of a visitor in this country who left this number."""
    person = Person(contacts=(Contact(phone=phone),))
    return find_contacts(Visit(person=person, geo=Geo(country_code=country)))


@pytest.mark.parametrize(
    ("phone", "country", "text", "masked"),
    [
        ("8 (495) 123-45-67", "RU", "from +7 495 123-45-67", "from +•••••4567"),
        ("06 1 234 5678", "HU", "from +36 1 234 5678", "from +•••••5678"),
        ("0049 30 1234567", "DE", "from 030 1234567", "from •••••4567"),
        ("011 44 20 7946 0958", "US", "from (020) 7946-0958", "from (•••••0958"),
        ("030 1234567 ext. 12", "DE", "from 030 1234567", "from •••••4567"),
        ("+49 30 1234567 ext. 12", None, "from 030 1234567", "from •••••4567"),
        ("tel:+49-30-1234567", None, "from 030 1234567", "from •••••4567"),
        ("011 15 2345-6789", "AR", "from +54 9 11 2345-6789", "from +•••••6789"),
        ("+0049 30 1234567", "DE", "from +49 30 1234567", "from +•••••4567"),
        ("+00 44 20 7946 0958", None, "from (020) 7946-0958", "from (•••••0958"),
        ("1-800-FLOWERS", "US", "from 800 356 9377", "from •••••9377"),
    ],
)
def test_a_number_is_known_in_the_form_of_its_country(phone: str, country: str | None, text: str, masked: str) -> None:
    assert mask_in_text(text, contacts_of(phone, country)) == masked


@pytest.mark.parametrize("country", [None, "DE", "US", "RU", "AR", "QQ", "de", "Germany", "001"])
@pytest.mark.parametrize("phone", ["030 1234567", "8 (495) 123-45-67", "011 15 2345-6789"])
def test_a_number_is_known_as_it_was_written_wherever_the_visitor_is(phone: str, country: str | None) -> None:
    masked = mask_in_text(f"from {phone}", contacts_of(phone, country))

    assert "•••••" in masked
    assert "1234567" not in masked.replace(" ", "").replace("-", "")
    assert "23456789" not in masked.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+999 123 456 78", "+••• ••• •56 78"),
        ("+012 345 678 9012", "+••• ••• ••• 9012"),
        ("+000 123 456 789", "+••• ••• ••6 789"),
        ("+0044 20 7946 0958", "+0044 •• •••• 0958"),
        ("+883 5100 1234 5678", "+883 •••• •••• 5678"),
        ("+", "•••••"),
        ("+4", "+•"),
    ],
)
def test_only_a_code_that_a_country_has_is_shown(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(), st.none() | st.sampled_from(["DE", "US", "IL", "zz"]) | st.text(max_size=3))
def test_anything_may_stand_in_a_phone_field(phone: str, country: str | None) -> None:
    assert all(len(digits) >= 6 and digits.isdigit() for digits in contacts_of(phone, country).phones)


@pytest.mark.parametrize("phone", ["+" + "1" * 5_000, "1" * 5_000, "1-" * 2_500, "1 ext " * 800, ";ext=" * 1_000])
@pytest.mark.parametrize("country", [None, "US"])
def test_an_endless_number_is_read_and_left_at_that(phone: str, country: str | None) -> None:
    assert len(contacts_of(phone, country).phones) <= 2
