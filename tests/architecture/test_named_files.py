"""A file that a page or a docstring names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted(
    [*(CHECKOUT / "docs").glob("*.md"), *(CHECKOUT / "docs" / "embedding").glob("*.md")]
)
ROOTS = (CHECKOUT, CHECKOUT / "lpcontext", CHECKOUT / "docs", CHECKOUT / "docs" / "embedding")
"""`lpcontext/panel/whole_pages.py` may be called `panel/whole_pages.py`, and a page names its neighbours."""
_IN_BACKQUOTES = re.compile(r"`((?:[\w.<>-]+/)+[\w.<>-]*|[\w.<>-]+\.(?:py|md|html|toml|yml|yaml|js|css))`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_PAGE_IN_CODE = re.compile(r"\b(docs/[\w/-]+\.md)\b")
MADE = ("var/", ".venv/")
"""Not in the repository: made where it runs."""
PLACEHOLDER = re.compile(r"<\w+>")


def find_missing(text: str) -> list[str]:
    """The paths in a page's text that are not there. `<section>` stands for any name: one file of the kind must be."""
    named = [path for path in [*_IN_BACKQUOTES.findall(text), *_LINK.findall(text)] if not path.startswith(MADE)]
    return [path for path in named if not any(_exists(root, path) for root in ROOTS)]


def _exists(root: Path, path: str) -> bool:
    return any(root.glob(PLACEHOLDER.sub("*", path).rstrip("/")))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("see `lpcontext/settings.py`, `accounts/` and [this](docs/security.md#redis)", []),
        ("see `tests/architecture/test_<part>.py`", []),
        (
            "see `lpcontext/nowhere.py`, `gone/` and [this](docs/gone.md)",
            ["lpcontext/nowhere.py", "gone/", "docs/gone.md"],
        ),
        ("see `tests/architecture/gone_<part>.py`", ["tests/architecture/gone_<part>.py"]),
    ],
)
def test_a_missing_file_is_found(text: str, missing: list[str]) -> None:
    assert find_missing(text) == missing


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_a_page_names_files_that_are_there(document: Path) -> None:
    assert find_missing(document.read_text()) == []


def test_code_names_pages_that_are_there() -> None:
    sources = [path for folder in ("lpcontext", "tests") for path in (CHECKOUT / folder).rglob("*.py")]
    named = {
        (path.name, page)
        for path in sources
        for page in _PAGE_IN_CODE.findall(path.read_text())
        if path.name != Path(__file__).name
    }

    assert len(named) >= 3
    assert [(name, page) for name, page in named if not (CHECKOUT / page).is_file()] == []
