"""The parts' templates decide nothing, escape everything, and know no name that nobody gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.template import engines
from django.utils.safestring import SafeString
from jinja2 import Environment, UndefinedError, nodes

from lpcontext.panel.parts import PARTS, PanelContent
from lpcontext.panel.templating import ENGINE, render_template
from lpcontext.snapshots import VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits import Cart, Engagement, Marketing, Visit
from tests.panel.chats import chat_of, said
from tests.panel.render_helpers import AT_MS, documented_visit, event, look, sections

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PIECES = (f"panel/{path.name}" for path in (TEMPLATES / "panel").glob("_*.html"))
NAMES = sorted({*(part.template for part in PARTS), *PIECES})  # the others are whole pages, which Django's engine draws
MAY_STAND = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.With)
NAMED = (nodes.Name, nodes.Getattr)


def environment() -> Environment:
    engine: Any = engines[ENGINE]
    return cast("Environment", engine.env)


def source_of(name: str) -> str:
    """As it is compiled: with what it includes."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), name)[0]


def find_decisions(source: str) -> list[str]:
    """Whatever in a template is more than a name, whether something is there, and each of several things."""
    return list(_find_decisions(environment().parse(source)))


def _find_decisions(node: nodes.Node) -> Iterator[str]:
    for child in node.iter_child_nodes():
        if isinstance(child, NAMED):
            continue
        if isinstance(child, nodes.Const) and isinstance(node, nodes.With):
            continue
        if isinstance(child, nodes.Not) and isinstance(node, nodes.If):
            yield from [] if isinstance(child.node, NAMED) else [f"{type(child.node).__name__} in a condition"]
            continue
        if not isinstance(child, MAY_STAND):
            yield f"{type(child).__name__} in line {child.lineno}"
            continue
        if isinstance(child, nodes.For) and (child.else_ or child.test or not isinstance(child.target, nodes.Name)):
            yield f"a loop with more than a name in line {child.lineno}"
        if isinstance(child, nodes.If) and child.elif_:
            yield f"elif in line {child.lineno}"
        yield from _find_decisions(child)


def test_every_part_has_a_template_of_its_name() -> None:
    assert [part.template for part in PARTS if not (TEMPLATES / part.template).is_file()] == []
    assert len({part.section for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.section)
def test_a_template_has_the_names_of_its_part(part: object) -> None:
    section = getattr(part, "section")  # noqa: B009 - parametrize knows no types
    opening = re.match(r"<section [^>]*>", source_of(f"panel/{section}.html"))

    assert opening is not None
    assert f'id="part-{section}" data-section="{section}"' in opening[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_decides_nothing(name: str) -> None:
    assert find_decisions(source_of(name)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ name|upper }}",
        "{{ name.upper() }}",
        "{{ count + 1 }}",
        "{{ one or other }}",
        "{{ names[0] }}",
        "{% if count > 3 %}many{% endif %}",
        "{% if one and other %}both{% endif %}",
        "{% if not one.is_shown() %}{% endif %}",
        "{% if one %}{% elif other %}{% endif %}",
        "{% for one, other in pairs %}{{ one }}{% endfor %}",
        "{% for one in ones if one %}{% endfor %}",
        "{% for one in ones %}{% else %}none{% endfor %}",
        "{% for one in ones|sort %}{% endfor %}",
        "{% set name = other %}",
        "{% include name %}",
        "{% macro say(word) %}{{ word }}{% endmacro %}",
        "<p>{% if shown %}<b>{% for one in ones %}{{ one.name|e }}{% endfor %}</b>{% endif %}</p>",
    ],
)
def test_a_template_that_decides_would_be_found(text: str) -> None:
    assert find_decisions(text) != []


def test_values_are_escaped_unless_they_are_markup_already() -> None:
    written = render_template("icon.html", name="<&>\"'")

    assert 'href="#i-&lt;&amp;&gt;&quot;&#x27;"' in written
    assert 'href="#i-<b>"' in render_template("icon.html", name=SafeString("<b>"))
    assert 'href="#i-3"' in render_template("icon.html", name=3)


def test_jinjas_own_escaping_is_on_beneath_ours() -> None:
    assert environment().autoescape is True


def test_a_name_nobody_gave_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        render_template("icon.html")
    with pytest.raises(AttributeError):
        render_template("panel/events.html", part=Visit())


def test_an_include_is_written_into_the_template_without_its_indentation() -> None:
    source = source_of("panel/_event_rows.html")

    assert '<svg class="icon" aria-hidden="true">\n<use' in source
    assert "include" not in source


def test_parts_stand_in_the_order_of_the_table() -> None:
    """All that a visit and a chat can have; a visit that is there needs no part that says why it is not."""
    visit = documented_visit()
    everything = visit.__class__(
        **{name: getattr(visit, name) for name in visit.__struct_fields__}
        | {
            "engagements": (Engagement(page_id="0"),),
            "marketing": Marketing(affiliate="Yahoo"),
            "events": (*visit.events, event(Cart(total=1, item_count=1), on=99)),
        }
    )

    shown = sections(look(everything))
    assert len(shown) >= 10
    assert shown == [part.section for part in PARTS if part.section in shown]


def test_a_part_sees_nothing_but_what_it_selects() -> None:
    """The same pieces are the same HTML, whatever else changed: so they may be kept by a digest of the pieces."""
    snapshot = VisitSnapshot(state=State.LIVE, first_seen_ms=AT_MS, version="v", visit=documented_visit())
    content = PanelContent(snapshot, chat_of(said(1)))

    assert [part.section for part in PARTS if part.select(PanelContent(None, None)) is not None] == []
    assert len([part.section for part in PARTS if part.select(content) is not None]) >= 10
