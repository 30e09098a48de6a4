"""Who imports what inside lpcontext, read from the source: at the top of a file, in a function, for types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lpcontext

PACKAGE = Path(lpcontext.__path__[0])
SEPARATE = "emulator"
"""A room that imports nothing of the others and has laws of its own (pyproject.toml)."""


@dataclass(frozen=True)
class Import:
    """`importer` uses `name` of `module`; `name` is empty where it imports the module itself. Dotted paths."""

    importer: str
    module: str
    name: str


@cache
def list_modules() -> dict[str, Path]:
    """Dotted path to file, of every module of ours but migrations."""
    return {_name_module(path): path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts}


@cache
def list_imports() -> tuple[Import, ...]:
    """Every import between two modules of ours, each once."""
    return tuple(
        dict.fromkeys(
            each for module, path in list_modules().items() for each in read_imports(module, path.read_text())
        )
    )


def read_imports(importer: str, source: str) -> Iterator[Import]:
    """Each import of a module of ours in the text of `importer`."""
    modules = list_modules()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(importer, alias.name, "") for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            base = _resolve(importer, node)
            for alias in node.names:
                if f"{base}.{alias.name}" in modules:
                    yield Import(importer, f"{base}.{alias.name}", "")
                elif base in modules:
                    yield Import(importer, base, alias.name)


def list_rooms() -> list[str]:
    """The packages right under lpcontext."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def find_room(module: str) -> str:
    """`panel` of `lpcontext.panel.tick.middleware`; `urls` of the way in `lpcontext.urls`."""
    return [*module.split("."), ""][1]


def find_circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other (Tarjan), sorted; a module that imports itself too."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    circles: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = lowest[module] = len(index)
        path.append(module)
        for other in sorted(imports.get(module, ())):
            if other not in index:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in path:
                lowest[module] = min(lowest[module], index[other])
        if lowest[module] == index[module]:
            group = path[path.index(module) :]
            del path[path.index(module) :]
            if len(group) > 1 or module in imports.get(module, ()):
                circles.append(sorted(group))

    for module in sorted(imports):
        if module not in index:
            visit(module)
    return sorted(circles)


def _name_module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _resolve(importer: str, node: ast.ImportFrom) -> str:
    """The absolute module of a `from` import, also of a relative one."""
    if not node.level:
        return node.module or ""
    is_package = list_modules()[importer].name == "__init__.py"
    parts = importer.split(".")
    parts = parts[: len(parts) - node.level + is_package]
    return ".".join([*parts, *([node.module] if node.module else [])])
