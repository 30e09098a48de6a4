"""docker-compose.yml says what Compose understands, and gives no process more than it needs."""

import json
import re
from itertools import pairwise

import jsonschema
import pytest

from lpcontext.cli.programs import web_command
from tests.deploy.compose_file import (
    CHECKOUT,
    VARIABLES,
    Service,
    read_compose,
    read_services,
    variables_asked_for,
    words_of,
)

SERVICES = read_services()
OURS = ("web", "worker", "beat", "migrate")
HELD_SECRETLY = re.compile(r"KEY|TOKEN|SECRET|PASSWORD")


@pytest.fixture(scope="module")
def specification() -> jsonschema.Draft202012Validator:
    schema = json.loads((CHECKOUT / "tests/deploy/compose-spec.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_file_follows_the_compose_specification(specification: jsonschema.Draft202012Validator) -> None:
    assert [error.message for error in specification.iter_errors(read_compose())] == []


def test_the_specification_finds_a_misspelt_word(specification: jsonschema.Draft202012Validator) -> None:
    compose = read_compose()
    compose["services"]["web"]["helthcheck"] = {}

    assert not specification.is_valid(compose)


def test_every_service_that_is_needed_is_there() -> None:
    assert set(SERVICES) == {*OURS, "redis", "postgres", "emulator"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_without_root_capabilities_or_a_writable_disk(name: str) -> None:
    service = SERVICES[name]

    assert int(service["user"].partition(":")[0]) > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & set(service)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_a_service_that_stays_has_a_health_check_and_is_restarted(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_migrations_run_once_before_whatever_needs_the_database() -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", SERVICES)
def test_whatever_a_service_waits_for_exists_and_can_become_healthy(name: str) -> None:
    for awaited, terms in SERVICES[name].get("depends_on", {}).items():
        assert awaited in SERVICES
        assert terms["condition"] != "service_healthy" or SERVICES[awaited]["healthcheck"]["test"]


def test_only_the_web_server_is_published_and_only_to_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_memory_and_database_have_no_way_to_the_world() -> None:
    assert read_compose()["networks"]["inside"] == {"internal": True}
    assert SERVICES["redis"]["networks"] == SERVICES["postgres"]["networks"] == ["inside"]


def test_memory_writes_nothing_to_a_disk_and_evicts_nothing() -> None:
    words = words_of(SERVICES["redis"]["command"][-1].partition("<<")[0])
    options = dict(zip(words[3::2], words[4::2], strict=True))

    assert (options["--save"], options["--appendonly"]) == ("", "no")
    assert options["--maxmemory-policy"] == "noeviction"
    assert "volumes" not in SERVICES["redis"]


def test_memory_asks_for_a_password_that_stands_in_no_command_and_no_check() -> None:
    redis = SERVICES["redis"]
    shown = [*words_of(redis["command"]), *redis["healthcheck"]["test"]]

    assert "requirepass $REDIS_PASSWORD" in redis["command"][-1]
    assert not [word for word in shown if VARIABLES["REDIS_PASSWORD"] in word]
    for name in OURS:
        for url in ("LPCONTEXT_REDIS_URL", "LPCONTEXT_BROKER_URL"):
            assert f":{VARIABLES['REDIS_PASSWORD']}@redis:6379" in SERVICES[name]["environment"][url]


def test_secrets_come_from_the_env_file_and_only_to_our_own_services() -> None:
    with_file = {name for name, service in SERVICES.items() if service.get("env_file") == [".env"]}
    found = {name: _secrets_among(service) for name, service in SERVICES.items()}

    assert with_file == set(OURS)
    assert {name for name, secrets in found.items() if secrets} == {"postgres", "redis"}


def test_every_variable_the_file_asks_for_is_explained_in_the_example() -> None:
    example = (CHECKOUT / ".env.example").read_text()

    assert [name for name in variables_asked_for() if not re.search(rf"^#?{name}=", example, re.M)] == []


def test_the_stand_in_is_started_only_for_a_demo_and_reached_only_by_the_worker() -> None:
    emulator = SERVICES["emulator"]

    assert emulator["profiles"] == ["demo"]
    assert emulator["network_mode"] == "service:worker"
    assert "127.0.0.1" in words_of(emulator["command"])


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_named_plainly_and_with_its_version(name: str) -> None:
    image, _, version = SERVICES[name]["image"].partition(":")

    assert "." not in image.partition("/")[0]
    assert (image == "lpcontext") != bool(re.match(r"\d", version))


def test_the_web_server_gives_heads_and_threads_the_same_limits_here_as_on_one_machine() -> None:
    """Longer than the slowest tick, 10 s, or each would need a connection of its own; the intake reckons with four."""
    here = dict(word.split("=", 1) for word in words_of(SERVICES["web"]["command"]) if "=" in word)
    words = web_command("127.0.0.1", 8000)
    there = dict(pairwise(words))

    limits = {"--http1-header-read-timeout": "15000", "--http1-buffer-size": "65536", "--blocking-threads": "4"}
    assert {name: here[name] for name in limits} == limits
    assert {name: there[name] for name in limits} == limits


def _secrets_among(service: Service) -> list[str]:
    return [name for name in service.get("environment", {}) if HELD_SECRETLY.search(name)]
