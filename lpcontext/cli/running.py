"""`up` and `demo` on the terminal."""

from __future__ import annotations

import argparse
import secrets
import sys

from lpcontext.cli.demo import DEMO_USER, furnish_demo
from lpcontext.cli.house import Plan, answers, check_port_is_free, running_house
from lpcontext.cli.processes import end_on_signals


def say(words: str) -> None:
    print(words, flush=True)


def run_up(arguments: argparse.Namespace) -> int:
    end_on_signals()
    plan = Plan(host=arguments.host, port=arguments.port)
    with running_house(plan, say=say) as (supervisor, _):
        say(f"\nlpcontext is up: {plan.public_url}\nCtrl-C ends it.")
        supervisor.watch()
    return 0


def run_demo(arguments: argparse.Namespace) -> int:
    end_on_signals()
    port, desk_port = arguments.port, arguments.desk_port or arguments.port + 1
    check_port_is_free("127.0.0.1", desk_port)
    emulator_url = f"http://127.0.0.1:{desk_port}"
    plan = Plan(
        host=arguments.host,
        port=port,
        extra={"LPCONTEXT_DOMAIN_API_URL": emulator_url},
    )
    with running_house(plan, say=say) as (supervisor, environment):
        password = secrets.token_urlsafe(9)
        key = furnish_demo(origin=emulator_url, password=password)
        say("Starting LivePerson's stand-in and the demo desk …")
        command = [
            sys.executable,
            "-m",
            "lpcontext.cli",
            "emulator",
            "--port",
            str(desk_port),
            "--panel-url",
            plan.public_url,
        ]
        supervisor.start("The emulator", command, environment=environment | {"LPCONTEXT_DESK_KEY": key})
        supervisor.wait_for("The emulator", lambda: answers(f"{emulator_url}/emulator/"))
        _say_what_to_try(plan.public_url, emulator_url, password)
        supervisor.watch()
    return 0


def _say_what_to_try(public_url: str, emulator_url: str, password: str) -> None:
    say(
        f"""
The demo is up.

  The desk   {emulator_url}/desk/     a CRM that frames the panel: pick a caller, watch them browse
  The panel  {public_url}/     for agents without a CRM: user {DEMO_USER}, password {password}
  Stand-in   {emulator_url}/emulator/     LivePerson on this machine: its worlds, faults and request log

Next: open the desk, take the call of the shopper whose checkout fails, then "make trouble" and see what the panel says.
Ctrl-C ends everything.
"""
    )
