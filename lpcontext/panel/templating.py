"""Templates of the parts: Jinja2, strict about names, each include written into the template that asks for it.

A part's template decides nothing: it says names, asks whether something is there, and goes through what there is. A
test walks through the syntax tree of each and holds that.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, cast

from django.template import engines
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

ENGINE = "parts"
"""Its name among Django's template engines; whole pages are rendered by Django's own."""

_needs_escape = re.compile(r"[&<>\"']").search
_INDENT = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
_INCLUDE = re.compile(r'\{% include "([^"]+)"(?: with ([^%]+))? %\}')
_LAST_BREAK = re.compile(r"\n{1,2}(?=\{% (?:endif|else|endfor) )")


def render_template(name: str, /, **scope: object) -> SafeString:
    """The template with these names, as HTML. Every value is escaped unless it is markup already."""
    template = _find_template(name)
    pieces = template.root_render_func(template.new_context(scope, shared=True))
    return SafeString("".join(pieces).strip())  # nosec B703 # our own markup around escaped values


def join_markup(pieces: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(pieces))  # nosec B703 # markup joined to markup


def load_templates(names: Iterable[str]) -> None:
    """Compile them now: each takes some milliseconds, once a process."""
    for name in names:
        _find_template(name)


def escape_value(value: object) -> str:
    """Django's `conditional_escape`, with the common case (a text with nothing to escape) first."""
    if type(value) is SafeString:
        return value
    text = value if type(value) is str else str(value)
    return html.escape(text) if _needs_escape(text) else text


def make_environment(**options: Any) -> Environment:
    """Django asks for it, with the folders of our templates as `loader`."""
    loader = _CompactLoader(options.pop("loader").searchpath)
    return _StrictEnvironment(loader=loader, **options | {"undefined": StrictUndefined, "autoescape": True})


class _PartTemplate(Template):
    @classmethod
    def from_code(cls, environment: Environment, *arguments: Any, **named: Any) -> Template:
        """Escaped as Django does, and faster: Jinja2's own, which stands beneath it, makes a Markup of each value."""
        template = super().from_code(environment, *arguments, **named)
        template.root_render_func.__globals__["escape"] = escape_value
        return template


class _StrictEnvironment(Environment):
    template_class = _PartTemplate
    # An attribute nobody gave is an error at once, whatever is asked of it; Jinja2 would try it as an item first.
    # Jinja2 declares a method, but one of ours around the builtin would cost each name of a template twice as much.
    getattr = staticmethod(getattr)  # type: ignore[assignment]


class _CompactLoader(FileSystemLoader):
    """Sources without their indentation, and with what they include: calling another template costs ten names."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        compact = _INCLUDE.sub(lambda found: self._include(environment, *found.groups()), _INDENT.sub("\n", source))
        return _LAST_BREAK.sub("", compact), path, is_current

    def _include(self, environment: Environment, name: str, names: str | None) -> str:
        """What stands in place of an include; with names given as Django's templates give them, `with name=value`."""
        source = self.get_source(environment, name)[0]
        return f"{{% with {names} %}}{source}{{% endwith %}}" if names else source


@cache
def _find_template(name: str) -> Template:
    engine: Any = engines[ENGINE]  # the stubs know only the common face of all engines
    return cast("Environment", engine.env).get_template(name)
