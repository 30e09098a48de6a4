"""Several open one address at the same moment, in processes of their own: exactly one is the agent."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.processes import CHECKOUT
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS

OPENINGS = 4
# Each opens all the tickets in the same order, so that they meet at most of them; it begins when told to.
_OPEN = """
import sys
import django
django.setup()
from django.test import Client
paths = sys.stdin.readline().split()
client = Client()
client.get("/login/", headers={"host": "localhost"})
print("ready", flush=True)
sys.stdin.readline()
headers = {"host": "localhost", "User-Agent": "Mozilla/5.0"}
if sys.argv[1] == "GET":
    headers["Sec-Fetch-Mode"] = "navigate"
print(*[client.generic(sys.argv[1], path, headers=headers).status_code for path in paths], flush=True)
"""


@pytest.mark.parametrize("methods", [("GET", "GET", "GET"), ("POST", "POST", "POST"), ("GET", "POST", "GET")])
def test_exactly_one_process_opens_a_ticket(stack: RunningStack, methods: tuple[str, ...]) -> None:
    subject = stack.create_visit("documented")
    paths = " ".join(stack.launch_url(subject).removeprefix(stack.url) for _ in range(OPENINGS))
    environment = stack.environment | stack.running() | {"DJANGO_SETTINGS_MODULE": "lpcontext.settings"}
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN, method],
            env=environment, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for method in methods
    ]  # fmt: skip
    for opener in openers:
        assert opener.stdin
        opener.stdin.write(f"{paths}\n")
        opener.stdin.flush()
    for opener in openers:
        assert opener.stdout
        assert opener.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(len(openers)) as pool:
        said = list(pool.map(lambda opener: opener.communicate("\n", timeout=PATIENCE_SECONDS)[0], openers))

    statuses = zip(*(line.split() for line in said), strict=True)

    assert [sorted(each) for each in statuses] == [["200", "410", "410"]] * OPENINGS


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Mode": "navigate"}], ids=["scripts", "browsers"])
def test_exactly_one_of_many_threads_opens_a_ticket(stack: RunningStack, headers: dict[str, str]) -> None:
    url = stack.launch_url(stack.create_visit("documented"))

    with ThreadPoolExecutor(8) as pool:
        statuses = pool.map(
            lambda _: stack.http.get(url, headers=headers, timeout=PATIENCE_SECONDS).status_code, range(8)
        )

    assert sorted(statuses) == [200] + [410] * 7
