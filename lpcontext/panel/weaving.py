"""Ordinary Django templates, drawn fast.

Django's own engine walks a template's nodes on every render, 2 to 3 µs for each `{{ name }}`: more than a whole body
may cost. Weaving walks them once and makes of the template one Python function, a single expression that joins texts,
so that drawing costs what hand-written joins do. It understands what a part's template may say and refuses the rest
when first woven, so that no decision can move into a template:

    text   {{ dotted.name }}   {% if dotted.name %} … {% else %} … {% endif %}   {% if not dotted.name %}
    {% for one in dotted.names %}   {% include "file" with name=dotted.name other="text" only %}   {# comments #}

Tried before: Django 2.4 ms a body, Jinja2 0.8 and a second engine, closures 1.0; f-strings leave no template to read.
A test draws every part with both engines and compares.
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import CodeType, FunctionType
from typing import Any, cast

from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, TemplateLiteral
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.template.smartif import TokenBase
from django.utils.safestring import SafeString

Draw = Callable[[Mapping[str, object]], str]
_Names = Mapping[str, ast.expr]  # what a template's names stand for; any other is looked up in the scope

_needs_escape = re.compile(r"[&<>\"']").search
_INDENT = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
_SCOPE = ast.Name("scope", ast.Load())


class CannotWeave(Exception):
    """A template says something a part's template may not; names the template and the place."""


def draw_template(name: str, **scope: object) -> SafeString:
    """The template with these names, as HTML. Every value is escaped unless it is a SafeString."""
    return SafeString(weave(name)(scope).strip())  # nosec B703 - our own markup around escaped values


def join_drawings(drawings: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(drawings))  # nosec B703 - markup joined to markup


@cache
def weave(name: str) -> Draw:
    """The template as one function of its scope. Raises CannotWeave."""
    try:
        woven = ast.Expression(ast.Lambda(_one_argument("scope"), _weave_nodes(_read_nodes(name), {})))
    except CannotWeave as error:
        raise CannotWeave(f"{name}: {error}") from None
    module = compile(ast.fix_missing_locations(woven), name, "eval")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, {"escape": escape_value, "join": "".join})


def escape_value(value: object) -> str:
    """Django's `conditional_escape`, with the common case (a text with nothing to escape) first."""
    if type(value) is SafeString:
        return value
    text = value if type(value) is str else str(value)
    return html.escape(text) if _needs_escape(text) else text


def _read_nodes(name: str) -> NodeList:
    parsed: Any = get_template(name)  # Django's own backend; its stubs know only the common face of all backends
    nodes: NodeList = parsed.template.nodelist
    return nodes


def _one_argument(name: str) -> ast.arguments:
    return ast.arguments(posonlyargs=[], args=[ast.arg(name)], kwonlyargs=[], kw_defaults=[], defaults=[])


def _weave_nodes(nodes: NodeList, names: _Names) -> ast.expr:
    return _join(_merge_texts(strand for node in nodes for strand in _weave_node(node, names)))


def _weave_block(nodes: NodeList, names: _Names) -> ast.expr:
    """What stands inside a tag pair, without the line break before the closing tag: another follows that tag."""
    strands = _merge_texts(strand for node in nodes for strand in _weave_node(node, names))
    if strands and isinstance(strands[-1], ast.Constant):
        strands[-1] = ast.Constant(str(strands[-1].value).removesuffix("\n"))
    return _join(strands)


def _weave_node(node: Node, names: _Names) -> list[ast.expr]:
    match node:
        case TextNode():
            return [ast.Constant(_INDENT.sub("\n", node.s))]
        case VariableNode():
            found = _weave_lookup(node.filter_expression, names)
            return [found if isinstance(found, ast.Constant) else _call("escape", found)]
        case IfNode():
            return [_weave_if(node, names)]
        case ForNode():
            return [_weave_for(node, names)]
        case IncludeNode():
            return _weave_include(node, names)
        case CommentNode():
            return []
        case _:
            raise CannotWeave(f"{type(node).__name__} has no place in a part's template")


def _merge_texts(strands: Iterable[ast.expr]) -> list[ast.expr]:
    merged: list[ast.expr] = []
    for strand in strands:
        if merged and isinstance(strand, ast.Constant) and isinstance(merged[-1], ast.Constant):
            merged[-1] = ast.Constant(str(merged[-1].value) + str(strand.value))
        else:
            merged.append(strand)
    return merged


def _weave_lookup(expression: FilterExpression, names: _Names) -> ast.expr:
    variable = expression.var
    if isinstance(variable, str) and not expression.filters:
        return ast.Constant(str.__str__(variable))  # a literal is a SafeString, which ast refuses
    if expression.filters or not isinstance(variable, Variable) or not variable.lookups:
        raise CannotWeave(f"{expression.token!r} is more than a dotted name")
    root, *path = variable.lookups
    found = names.get(root) or ast.Subscript(_SCOPE, ast.Constant(root), ast.Load())
    for step in path:
        found = ast.Attribute(found, step, ast.Load())
    return found


def _weave_if(node: IfNode, names: _Names) -> ast.expr:
    woven: ast.expr = ast.Constant("")
    for condition, nodes in reversed(node.conditions_nodelists):
        branch = _weave_block(nodes, names)
        woven = branch if condition is None else ast.IfExp(_weave_condition(condition, names), branch, woven)
    return woven


def _weave_condition(condition: TokenBase, names: _Names) -> ast.expr:
    asked: object = condition.first if condition.id == "not" else condition
    if not isinstance(asked, TemplateLiteral):
        raise CannotWeave("a condition asks only whether something is there")
    found = _weave_lookup(cast("FilterExpression", asked.value), names)
    return found if asked is condition else ast.UnaryOp(ast.Not(), found)


def _weave_for(node: ForNode, names: _Names) -> ast.expr:
    if len(node.loopvars) != 1 or node.is_reversed or node.nodelist_empty:
        raise CannotWeave("a loop has one name, runs forwards, and has no {% empty %}")
    name, sequence = node.loopvars[0], cast("FilterExpression", node.sequence)
    body = _weave_block(cast("NodeList", node.nodelist_loop), {**names, name: ast.Name(name, ast.Load())})
    loop = ast.comprehension(ast.Name(name, ast.Store()), _weave_lookup(sequence, names), [], is_async=0)
    return _call("join", ast.ListComp(body, [loop]))


def _weave_include(node: IncludeNode, names: _Names) -> list[ast.expr]:
    template = node.template.var
    if not node.isolated_context or not isinstance(template, str):
        raise CannotWeave("an include names its file and ends in `only`")
    given = {name: _weave_lookup(expression, names) for name, expression in node.extra_context.items()}
    return [strand for one in _read_nodes(template) for strand in _weave_node(one, given)]


def _join(strands: list[ast.expr]) -> ast.expr:
    return strands[0] if len(strands) == 1 else _call("join", ast.Tuple(strands, ast.Load()))


def _call(name: str, argument: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])
