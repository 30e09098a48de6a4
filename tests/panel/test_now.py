"""Where the visitor is, on what device, in which language."""

from __future__ import annotations

from lpcontext.visits import (
    Device,
    Person,
    Visit,
)
from tests.panel.render_helpers import documented_visit, look, page, read


def test_the_device_is_named_as_people_name_it() -> None:
    assert "Uses Desktop · Chrome 53 · macOS" in read(look(documented_visit()), "now")


def test_an_unknown_browser_is_left_out() -> None:
    assert "Uses Mobile · iOS" in read(look(Visit(device=Device(family="MOBILE", os="IOS", user_agent="???"))), "now")


def test_a_language_has_its_name_and_an_unknown_one_its_code() -> None:
    assert "Hebrew (he-IL)" in read(look(Visit(person=Person(language="he-IL"))), "now")
    assert "Language xx" in read(look(Visit(person=Person(language="xx"))), "now")


def test_a_page_without_a_title_is_called_by_its_path() -> None:
    body = look(Visit(pages=(page(0, title=None, url="https://shop.example/cart?id=1"), page(1, title=None, url=None))))

    assert "Page without a title" in read(body, "now")
    assert "/cart" in read(body, "pages")
    assert "id=1" not in body.replace("https://shop.example/cart?id=1", "")
