"""No circle of imports, in a room or between rooms, be it at the top of a file, in a function or for types alone."""

from __future__ import annotations

import pytest

from tests.architecture.import_graph import Import, find_circles, list_imports, list_modules, read_imports


def read_graph() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {module: set() for module in list_modules()}
    for each in list_imports():
        graph[each.importer].add(each.module)
    return graph


@pytest.mark.parametrize(
    ("graph", "circles"),
    [
        ({"a": {"b"}, "b": {"c"}}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set()}, [["a", "b", "c"]]),
        ({"a": {"b", "c"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
        ({"a": {"a"}}, [["a"]]),
    ],
)
def test_a_circle_is_found(graph: dict[str, set[str]], circles: list[list[str]]) -> None:
    assert find_circles(graph) == circles


@pytest.mark.parametrize(
    ("source", "module", "name"),
    [
        ("import lpcontext.settings", "lpcontext.settings", ""),
        ("from lpcontext import settings", "lpcontext.settings", ""),
        ("from ..sealing import Sealer", "lpcontext.sealing", "Sealer"),
        ("from . import middleware", "lpcontext.intake.middleware", ""),
        ("def ask():\n    from lpcontext.sealing import Sealer", "lpcontext.sealing", "Sealer"),
        ("if TYPE_CHECKING:\n    from lpcontext.sealing import Sealer", "lpcontext.sealing", "Sealer"),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, module: str, name: str) -> None:
    importer = "lpcontext.intake.reader"

    assert list(read_imports(importer, source)) == [Import(importer, module, name)]


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert find_circles(read_graph()) == []
