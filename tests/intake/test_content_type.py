"""Which kind of body and which boundary: nothing else of a content type reaches Django."""

from __future__ import annotations

import pytest

from lpcontext.intake.content_type import settle_content_type


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("", ""),
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("application/x-www-form-urlencoded;charset=hex", "application/x-www-form-urlencoded"),
        ("application/json; charset*=hex''%ff", "application/json"),
        ("multipart/form-data; boundary=----Form7MA4", 'multipart/form-data; boundary="----Form7MA4"'),
        ('multipart/form-data; charset=hex; boundary="a=b/c" ', 'multipart/form-data; boundary="a=b/c"'),
        ("multipart/form-data; Boundary=x;charset=zip", 'multipart/form-data; boundary="x"'),
        ("multipart/form-data; boundary=\u00e9", "multipart/form-data"),
        ("multipart/form-data; boundary=" + "x" * 71, "multipart/form-data"),
        ('multipart/form-data; boundary="x', "multipart/form-data"),
    ],
)  # fmt: skip
def test_the_kind_and_the_boundary_are_left(said: str, left: str) -> None:
    assert settle_content_type(said) == left
