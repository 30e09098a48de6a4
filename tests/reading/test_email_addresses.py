"""An e-mail address is found however it is written, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpcontext.masking.known_values import KnownValues
from lpcontext.masking.plain_text import fold
from lpcontext.masking.texts import mask_in_text
from lpcontext.reading.email_addresses import mask_emails
from lpcontext.visits.links import format_host_and_path
from tests.support.growth import measure_growth

AT_SIGNS = (
    *("@", "＠", "﹫", "%40", "%2540", "%252540", "%EF%BC%A0", "%ef%b9%ab", "%25EF%25BC%25A0"),
    *("&#64;", "&#064;", "&#64", "&#x40;", "&#X0040;", "&commat;", "&amp;commat;", "&amp;#64;", "&#65312;", "&#xff20;"),
)
DOTS = (".", "．", "。", "%2E", "%252e", "&#46;", "&#x2e;", "&period;")
LOCALS = st.text(alphabet="abcdefgxyzäöü李小龍０１２", min_size=4, max_size=20)
QUOTED = st.text(alphabet="abcxyz ,@;:", min_size=4, max_size=20).filter(lambda text: text.strip(" ,@;:") != "")


@given(LOCALS, st.sampled_from(AT_SIGNS), st.sampled_from(DOTS), st.text(alphabet=" ,;:<>()/?=", max_size=3))
def test_no_local_part_is_read_whole_however_the_address_is_written(local: str, at: str, dot: str, around: str) -> None:
    text = f"{around}{local}{at}example{dot}com{around}"

    masked = mask_emails(text)

    assert local not in masked
    assert f"•••••{at}example" in masked
    assert mask_emails(masked) == masked


@given(QUOTED, st.sampled_from(AT_SIGNS), st.sampled_from(['"{}"', "&quot;{}&quot;", "“{}”", "%22{}%22"]))
def test_a_quoted_name_is_hidden_whole(local: str, at: str, quotes: str) -> None:
    masked = mask_emails(f"to {quotes.format(local)}{at}example.com")

    assert masked == f"to •••••{at}example.com"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("m.x@[10.0.0.1]", "m•••••@[10.0.0.1]"),
        ("m.x@[IPv6:2001:db8::1]!", "m•••••@[IPv6:2001:db8::1]!"),
        ("?to=m.x%40%5B10.0.0.1%5D", "?to=m•••••%40%5B10.0.0.1%5D"),
        ("two＠at＠example.com", "two＠a•••••＠example.com"),
        ("max%EF%BC%A0other%EF%BC%A0example.com", "max%EF%BC%A0o•••••%EF%BC%A0example.com"),
        ("&#640;example.com", "&#640;example.com"),
        ("max&#64;example.com", "m•••••&#64;example.com"),
        ("40 lamps ＠ 3 EUR", "40 lamps ＠ 3 EUR"),
        ("50% off & more", "50% off & more"),
    ],
)
def test_odd_forms(text: str, masked: str) -> None:
    assert mask_emails(text) == masked


@pytest.mark.parametrize("at", AT_SIGNS)
def test_a_path_that_holds_an_address_does_not_tell_it(at: str) -> None:
    assert "maxime" not in "".join(format_host_and_path(f"https://shop.example/of/maxime{at}example.com"))


def test_a_contact_written_wide_is_hidden_everywhere() -> None:
    assert mask_in_text("from maxime＠localhost", KnownValues(emails=(fold("maxime＠localhost"),))) == "from •••••"


@pytest.mark.parametrize(
    "piece", ["a", "a@", "%25", "%40", "%EF%BC%A0", "&amp;", "&#64;", "&#0", '"', '"a', "@[1.", "a@[", "%22", "&quot;"]
)
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    texts = {size: piece * (size // len(piece)) + "%&" for size in (20_000, 200_000)}

    assert measure_growth(lambda size: mask_emails(texts[size]), small=20_000, rounds=3) <= 15
