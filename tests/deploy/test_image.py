"""The Dockerfile and what it is given agree with the rest of the deployment."""

import json
import os
import posixpath
import re
import subprocess
import sys
from pathlib import Path

from tests.deploy.compose_file import CHECKOUT, health_words_of, read_services

INSTRUCTIONS = (CHECKOUT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
IGNORED = (CHECKOUT / ".dockerignore").read_text().splitlines()


def _instructions(word: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in INSTRUCTIONS if line.startswith(f"{word} ")]


def test_the_image_starts_the_web_server_as_compose_does() -> None:
    (command,) = _instructions("CMD")

    assert json.loads(command) == read_services()["web"]["command"]


def test_the_image_checks_its_health_as_compose_does() -> None:
    (check,) = _instructions("HEALTHCHECK")

    assert json.loads(check.partition("CMD ")[2]) == health_words_of(read_services()["web"])


def test_the_image_runs_as_the_user_compose_names() -> None:
    assert _instructions("USER") == [read_services()["web"]["user"]]


def test_both_stages_stand_on_the_same_plainly_named_image() -> None:
    bases = [base.partition(" ")[0] for base in _instructions("FROM")]

    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases[0])


def test_every_dependency_is_installed_by_its_hash() -> None:
    installs = [line for line in _instructions("RUN") if "pip install" in line]

    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)
    assert len(installs) == 2


def test_nothing_is_sent_to_the_build_but_what_it_copies() -> None:
    copied = {word for line in _instructions("COPY") if "--from" not in line for word in line.split()[:-1]}
    let_in = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}

    assert "*" in IGNORED
    assert copied == let_in


def test_no_secret_stays_in_the_image() -> None:
    assert not [line for line in _instructions("ENV") + _instructions("ARG") if re.search("KEY|TOKEN|PASSWORD", line)]


def test_the_build_collects_static_files_under_hashed_names(tmp_path: Path) -> None:
    (line,) = [line for line in _instructions("RUN") if "collectstatic" in line]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

    built = subprocess.run(
        ["sh", "-c", line.replace("/opt/lpcontext", str(tmp_path))],
        cwd=tmp_path,
        env={"PATH": path, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
    )

    assert built.returncode == 0, built.stderr.decode()
    manifest = json.loads((tmp_path / "var/static/staticfiles.json").read_text())
    assert re.fullmatch(r"admin/css/base\.[0-9a-f]{12}\.css", manifest["paths"]["admin/css/base.css"])
    assert _find_unhashed_imports(tmp_path / "var/static", manifest["paths"]) == []


def _find_unhashed_imports(folder: Path, paths: dict[str, str]) -> list[str]:
    """What our modules import, as a browser resolves it, that is no file under its final name."""
    modules = [path for name, path in paths.items() if name.startswith("panel") and name.endswith(".js")]
    imports = [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), url))
        for path in modules
        for url in re.findall(r'from "([^"]+)"', (folder / path).read_text())
    ]
    assert len(imports) >= len(modules)
    return sorted(set(imports) - set(paths.values()))
