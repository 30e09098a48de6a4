"""What is committed names no package registry, no place of the machine it was written on, and not who wrote it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def committed_texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    return [CHECKOUT / name for name in listed.split("\0") if name and not name.endswith((".png", ".ico"))]


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in (CHECKOUT / "requirements").glob("*.txt"):
        text = lock.read_text()

        assert "--hash=sha256:" in text
        assert "://" not in text


def test_no_committed_file_names_a_home_folder_or_a_registry() -> None:
    folders, options, hosts = "root|home|Users", "index|find-links", "pypi|registry"
    place = re.compile(
        rf"/(?:{folders})/\w|(?<![\w.])/{'work'}/\w|(?:{options})[-_]url|registry\.[a-z]+\.[a-z]+/|://(?:{hosts})\."
    )

    assert [path.name for path in committed_texts() if place.search(path.read_text())] == []


def test_what_we_write_ourselves_does_not_say_who_works_here() -> None:
    """Pages, code and templates; what others wrote (locks, a specification, vendored scripts) is theirs."""
    staffing = re.compile(r"\b(?:AI|LLM|worktree|language model|[Cc]o-[Aa]uthored-[Bb]y)\b")
    ours = [path for path in committed_texts() if path.suffix in {".py", ".md", ".html", ".toml", ".yaml", ".yml"}]

    assert len(ours) > 200
    assert [path.name for path in ours if path != Path(__file__) and staffing.search(path.read_text())] == []
