"""Each host is what a host has to be: one file, addresses of its own, a section of the docs, a test file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from lpcontext.launch import hosts
from lpcontext.launch.hosts import HOSTS
from lpcontext.launch.hosts.host import Host
from lpcontext.ops.logs import hide_addresses

CHECKOUT = Path(__file__).resolve().parents[3]
NOT_HOSTS = {"__init__", "canvas_envelope", "host", "proof", "signed_request"}


def find_anchors(page: Path) -> set[str]:
    """Of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def fill(path: str) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", r"x-\1", path)


def test_the_table_and_the_files_name_the_same_hosts() -> None:
    files = {path.stem for path in Path(hosts.__path__[0]).glob("*.py")} - NOT_HOSTS

    assert sorted(host.name for host in HOSTS) == sorted(files)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_has_its_section_of_the_docs(host: Host) -> None:
    page, _, anchor = host.docs.partition("#")

    assert anchor in find_anchors(CHECKOUT / "docs" / page)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_has_its_test_file(host: Host) -> None:
    assert Path(__file__).with_name(f"test_{host.name}.py").is_file()


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_each_of_its_addresses_leads_to_it(host: Host) -> None:
    found = [resolve(fill(route.path)).view_name for route in host.routes]

    assert found == [f"launch:{route.name}" for route in host.routes]


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_its_addresses_do_not_reach_the_log(host: Host) -> None:
    """They hold ids, or what opens a panel."""
    logged = [hide_addresses(f"GET {fill(route.path)}") for route in host.routes]

    assert [line for line in logged if "x-" in line] == []


def test_no_address_is_that_of_two_hosts() -> None:
    routes = [route for host in HOSTS for route in host.routes]

    assert len({route.path for route in routes}) == len({route.name for route in routes}) == len(routes)
    with pytest.raises(Resolver404):
        resolve("/launch/no-such-host/x")
