"""What `make bench` prints: one row a fact, with its bar."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str, str]


def list_rows(results: dict[str, Any]) -> list[Row]:
    """The rows of the groups that were measured."""
    rows: list[Row] = []
    for group, list_group in _GROUPS.items():
        if group in results:
            rows += list_group(results[group])
    return rows


def _list_polls(polls: dict[str, Any]) -> list[Row]:
    return [
        ("unchanged poll / empty Django view", f"{polls['unchanged_by_django']:.2f} ×", "at least 3.0 ×"),
        ("unchanged poll / raw hello", f"{polls['unchanged_by_hello']:.2f} ×", "at least 0.6 ×"),
        ("changed poll / empty Django view", f"{polls['changed_by_django']:.2f} ×", "at least 1.6 ×"),
        (
            "unchanged poll, 24,000 visits in turn / empty view",
            f"{polls['in_turn_by_django']:.2f} ×",
            "at least 2.0 ×, aim 3.0",
        ),
        ("first poll of a visit, asks Redis / empty view", f"{polls['first_by_django']:.2f} ×", "once a panel"),
    ]


def _list_rendering(rendering: dict[str, Any]) -> list[Row]:
    return [
        ("first render, 50 pages and 60 events", f"{rendering['first_ms']:.2f} ms", "at most 1.0 ms"),
        ("one event more", f"{rendering['one_event_ms']:.2f} ms", "at most 0.2 ms"),
        ("snapshot in Redis, sealed", f"{rendering['sealed_snapshot_bytes']} bytes", "at most 6 KB"),
    ]


def _list_looking(looking: dict[str, Any]) -> list[Row]:
    return [("cold look over LivePerson's own time", f"{looking['over_upstream_ms']:.0f} ms", "at most 100 ms")]


def _list_steady(steady: dict[str, Any]) -> list[Row]:
    return [
        ("200 visits: panel and interval / naive poll", f"{steady['panel_by_naive']:.2f} ×", "at most 0.6 ×, aim 0.35"),
        ("200 visits: worker CPU per refresh", f"{steady['worker_ms_per_refresh']:.1f} ms", "at most 2.5 ms, aim 1.5"),
    ]


def _list_thousands(thousands: dict[str, Any]) -> list[Row]:
    thousand, overload = thousands["thousand"], thousands["overload"]
    return [
        *_list_load("1,000 visits", thousand, "at most 50 ms, aim 10"),
        ("1,000 visits: refreshes of those due", f"{thousand['refreshed_of_due']:.1%}", "at least 98 %"),
        (
            "3,000 visits: refreshes per second / at 1,000",
            f"{thousands['overload_by_thousand']:.2f} ×",
            "at least 1.0 ×",
        ),
        ("3,000 visits: polls of panels ÷ interval", f"{overload['polls_of_due']:.2f} ×", "at most 1.0 ×"),
        ("3,000 visits: age per visit, p95 / p50", f"{overload['mean_age_ms']['spread']:.2f} ×", "at most 1.5 ×"),
    ]


def _list_crowd(crowd: dict[str, Any]) -> list[Row]:
    return _list_load("10,000 panels", crowd, "at most 100 ms, aim 25")


def _list_load(who: str, load: dict[str, Any], bar: str) -> list[Row]:
    return [
        (f"{who}: live at the end", f"{load['live']:.1%}", "all"),
        (f"{who}: ticks p99", f"{load['latency_ms']['p99']:.0f} ms", bar),
        (f"{who}: of that, sent late, p99", f"{load['sent_late_ms']['p99']:.0f} ms", "the load's own, not ours"),
    ]


def _list_cold(cold: dict[str, Any]) -> list[Row]:
    return [
        (
            "cold look beside 500 visits, over LivePerson's",
            f"{cold['over_upstream_ms']:.0f} ms",
            "at most 100 ms, aim 40",
        )
    ]


def _list_killed(killed: dict[str, Any]) -> list[Row]:
    if "house_ended_after_seconds" in killed:
        text = "the stack ended"
    elif killed["intervals"] is None:
        text = f"{killed['visits_without']} not fresh"
    else:
        text = f"{killed['intervals']:.1f}"
    return [
        ("worker killed, 200 visits: intervals until fresh", text, "at most 2"),
        ("of that, until the panel's next tick said so", f"{killed.get('heard_intervals') or 0:.1f}", "with its tick"),
    ]


_GROUPS = {
    "polls": _list_polls,
    "rendering": _list_rendering,
    "looking": _list_looking,
    "steady": _list_steady,
    "thousands": _list_thousands,
    "crowd": _list_crowd,
    "cold": _list_cold,
    "killed": _list_killed,
}
