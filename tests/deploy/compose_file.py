"""Reads docker-compose.yml as Compose would: anchors merged, variables filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
VARIABLES: Mapping[str, str] = {"POSTGRES_PASSWORD": "tests0nly", "REDIS_PASSWORD": "tests0nlyT00"}

_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::?[?-][^}]*)?\})")

Service = dict[str, Any]


def read_compose() -> dict[str, Any]:
    text = (CHECKOUT / "docker-compose.yml").read_text()
    compose: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(_fill, text))
    return compose


def read_services() -> dict[str, Service]:
    services: dict[str, Service] = read_compose()["services"]
    return services


def variables_asked_for() -> set[str]:
    text = (CHECKOUT / "docker-compose.yml").read_text()
    return {match["name"] for match in _VARIABLE.finditer(text) if match["name"]}


def words_of(command: str | list[str]) -> list[str]:
    """Compose splits a text into words as a shell would, without starting one."""
    return shlex.split(command) if isinstance(command, str) else command


def health_words_of(service: Service) -> list[str]:
    """The health check as a command of its own; empty where it is switched off."""
    kind, *words = service["healthcheck"].get("test", ["NONE"])
    return ["sh", "-c", *words] if kind == "CMD-SHELL" else words


def _fill(match: re.Match[str]) -> str:
    return "$" if match["dollar"] else VARIABLES[match["name"]]
