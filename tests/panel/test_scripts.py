"""Our scripts: modules that find one another, evaluate nothing, keep nothing, and stay small together."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
STATIC = CHECKOUT / "static"
ENTRY = STATIC / "panel.js"
MODULES = sorted(STATIC.glob("panel/*.js"))
_IMPORT = re.compile(r"""^import \{ ([^}]+) \} from "(\.[^"]+)";$""", re.MULTILINE)


def read_imports(script: Path) -> dict[Path, set[str]]:
    """The names a module imports, by file."""
    return {
        (script.parent / url).resolve(): {name.strip() for name in names.split(",")}
        for names, url in _IMPORT.findall(script.read_text())
    }


def read_exports(script: Path) -> set[str]:
    return set(re.findall(r"^export const (\w+)", script.read_text(), re.MULTILINE))


@pytest.mark.parametrize("script", [ENTRY, *MODULES], ids=lambda path: path.name)
def test_a_module_imports_what_there_is_and_every_import_is_understood(script: Path) -> None:
    imports = read_imports(script)

    assert len(imports) == len(re.findall(r"\bimport\b", script.read_text()))
    assert [path for path, names in imports.items() if not names <= read_exports(path)] == []


@pytest.mark.parametrize("script", [ENTRY, *MODULES], ids=lambda path: path.name)
def test_no_module_hangs_anything_on_the_window(script: Path) -> None:
    assert not re.search(r"\b(?:window|globalThis|self)\.\w+\s*\??\?*=[^=]", script.read_text())


def test_every_module_is_imported_and_every_export_too() -> None:
    imported: dict[Path, set[str]] = {}
    for script in (ENTRY, *MODULES):
        for path, names in read_imports(script).items():
            imported.setdefault(path, set()).update(names)
    unused = {path.name: read_exports(path) - imported.get(path, set()) for path in MODULES}

    assert sorted(imported) == MODULES
    assert {name: names for name, names in unused.items() if names} == {"times.js": {"readSkewMs"}}  # browser tests'


def test_no_module_imports_itself_around_a_circle() -> None:
    def walk(script: Path, above: tuple[Path, ...]) -> None:
        assert script not in above, [path.name for path in above]
        for path in read_imports(script):
            walk(path, (*above, script))

    walk(ENTRY, ())


def test_the_page_asks_for_each_module_at_once() -> None:
    """Else the browser would learn of each only from the one before it."""
    page = (CHECKOUT / "templates/pages/panel.html").read_text()
    preloaded = re.findall(r'<link rel="modulepreload" href="{% static "([^"]+)" %}">', page)

    assert sorted(preloaded) == [path.relative_to(STATIC).as_posix() for path in MODULES]


def test_our_own_scripts_evaluate_nothing_and_keep_nothing() -> None:
    for script in (*STATIC.glob("*.js"), *MODULES):
        assert not re.search(
            r"\beval\(|new Function|innerHTML|localStorage|sessionStorage|document\.cookie", script.read_text()
        )


def test_script_and_style_leave_room_for_the_page() -> None:
    files = [STATIC / "panel.css", ENTRY, *MODULES, *STATIC.glob("vendor/*.min.js")]

    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in files) < 38 * 1024
