"""What else was reported, and the ids worth copying."""

from __future__ import annotations

from lpcontext.visits import (
    Customer,
    Day,
    Page,
    Person,
    Profiles,
    Visit,
)
from tests.panel.render_helpers import look, read, sections


def test_attributes_hold_what_stands_nowhere_else() -> None:
    visit = Visit(
        person=Person(age_years=34.0, born=Day(year=1980, month=4), gender="MALE"),
        customer=Customer(login_status=0, registered=Day(year=2013, month=5, day=23)),
        control_group="TEST",
    )
    text = read(look(visit), "attributes")

    assert "Age 34 Born Apr 1980 Gender Male Login status code 0 Registered 23 May 2013 Site test Test group" in text


def test_ids_are_there_to_be_copied_whole() -> None:
    visit = Visit(
        session_id="abc.def", pages=(Page(id="77"),), profiles=Profiles(all_profiles=("1", "2"), active_profiles=("2",))
    )
    body = look(visit)

    assert "<code data-value>abc.def</code>" in body
    assert "Profiles 1, 2 (active)" in read(body, "attributes")
    assert sections(body).count("attributes") == 1
