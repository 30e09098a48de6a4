"""Metrics in Prometheus' text format: shared counters, readiness, troubled accounts. Labels are closed vocabularies."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import Error as DatabaseTrouble
from django.db.models import Count
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from lpcontext.accounts.models import Account
from lpcontext.ops.readiness import read_readiness
from lpcontext.snapshots import MemoryUnavailable, read_counts

_HELP = {
    "account_troubles": "Times an account ran into trouble, by kind",
    "asks_lost": "Refreshes that could not be handed to the broker",
    "chat_surroundings_missed": "Agents, slots, participants or surveys that could not be had, by kind",
    "limits_reached": "Requests refused because there were too many of them, by door",
    "payload_drift": "Fields of LivePerson's answers that were dropped, by their path",
    "upstream_failures": "Calls to LivePerson without a usable answer, by kind",
}


class InstallationCollector(Collector):
    """Reads at each scrape what all processes share; the memory or time of one of many would mislead."""

    def collect(self) -> Iterator[Metric]:
        readiness = GaugeMetricFamily("lpcontext_ready", "1 where the part answers", labels=["part"])
        for part, is_up in read_readiness().parts().items():
            readiness.add_metric([part], float(is_up))
        yield readiness
        yield from _read_troubles()
        yield from _read_counters()


def render_metrics() -> bytes:
    """The whole page, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(InstallationCollector())
    return generate_latest(registry)


def _read_counters() -> Iterator[Metric]:
    """None when memory is gone; lpcontext_ready says so."""
    try:
        counts = read_counts()
    except MemoryUnavailable:
        return
    families: dict[str, Metric] = {}
    for (name, labels), amount in sorted(counts.items()):
        full_name = f"lpcontext_{name}"
        documentation = _HELP.get(name, name.replace("_", " ").capitalize())
        family = families.setdefault(name, Metric(full_name, documentation, "counter"))
        family.add_sample(f"{full_name}_total", dict(labels), amount)
    yield from families.values()


def _read_troubles() -> Iterator[Metric]:
    """How many accounts need somebody to act, and why; which ones, the admin says."""
    troubles = GaugeMetricFamily("lpcontext_troubled_accounts", "Accounts that need attention", labels=["trouble"])
    troubled = Account.objects.filter(is_active=True).exclude(trouble="")
    try:
        for word, number in troubled.order_by().values_list("trouble").annotate(Count("pk")):
            troubles.add_metric([word], number)
    except DatabaseTrouble:
        return
    yield troubles
