"""A type's decoder is made while its module is imported.

msgspec prepares a type when it is first decoded. Two threads that do so at once crash the process: a web server died of
it under its first hundred panels.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lpcontext

ROOT = Path(lpcontext.__file__).parent
MODULES = [path for path in sorted(ROOT.rglob("*.py")) if "msgspec" in path.read_text()]


def find_late(tree: ast.Module) -> Iterator[int]:
    """Lines where a type is given to a decoder, or to a decoding function, when a function runs."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                names_type = any(keyword.arg == "type" for keyword in call.keywords)
                if call.func.attr == "Decoder" or (call.func.attr in ("decode", "convert") and names_type):
                    yield call.lineno


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_makes_a_decoder(module: Path) -> None:
    assert list(find_late(ast.parse(module.read_text()))) == []


def test_what_is_looked_for_is_found() -> None:
    late = "def read(body):\n    return msgspec.json.decode(body, type=Asked)\n"

    assert list(find_late(ast.parse(late))) == [2]
