"""settings.py alone reads the environment, and .env.example names all it reads."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "lpcontext"


def read_names() -> set[str]:
    source = (PACKAGE / "settings.py").read_text()
    return set(re.findall(r'_read\w*\(\s*"([A-Z_]+)"', source)) | set(re.findall(r'"LPCONTEXT_([A-Z_]+)"', source))


def test_every_setting_is_in_the_example_with_how_to_obtain_it() -> None:
    listed = set(re.findall(r"LPCONTEXT_([A-Z_]+)=", (CHECKOUT / ".env.example").read_text()))

    assert read_names() - listed == set()
    assert {name for name in listed if not name.endswith("_FILE")} - read_names() - {"LIVEPERSON_CA_FILE"} == set()


def test_only_settings_and_the_command_line_read_the_environment() -> None:
    readers = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text())
    }

    assert readers == {"settings.py", "cli"}
