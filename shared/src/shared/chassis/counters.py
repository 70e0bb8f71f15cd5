"""Counters and histograms of a process, which `/metrics` shows beside the gauges.

Each replica counts what it did itself, so that the sum over the replicas is right. Services that share a process count
separately: each counts in the context in which it was started, which all of its tasks inherit.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import prometheus_client
from prometheus_client import CollectorRegistry

from shared.chassis.errors import RemoteError


@dataclass(frozen=True)
class Counter:
    """What is counted. The name ends in `_total`."""

    name: str
    words: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Histogram:
    """What is measured, and the upper bounds of its buckets."""

    name: str
    words: str
    buckets: tuple[float, ...]
    labels: tuple[str, ...] = ()


class Counters:
    """The counters and histograms of one service, in its registry."""

    def __init__(self, registry: CollectorRegistry, known: Iterable[Counter | Histogram] = ()) -> None:
        """`known` are shown from the start, with 0 if they have no labels. Others are added at their first use."""
        self._registry = registry
        self._counters: dict[str, prometheus_client.Counter] = {}
        self._histograms: dict[str, prometheus_client.Histogram] = {}
        for each in known:
            if isinstance(each, Counter):
                self._counter(each)
            else:
                self._histogram(each)

    def add(self, counter: Counter, *labels: str, amount: float = 1) -> None:
        """Count something with these values of the labels, in their order."""
        metric = self._counter(counter)
        (metric.labels(*labels) if labels else metric).inc(amount)

    def observe(self, histogram: Histogram, value: float, *labels: str) -> None:
        """Record a measured value with these values of the labels, in their order."""
        metric = self._histogram(histogram)
        (metric.labels(*labels) if labels else metric).observe(value)

    def _counter(self, counter: Counter) -> prometheus_client.Counter:
        if counter.name not in self._counters:
            metric = prometheus_client.Counter(counter.name, counter.words, counter.labels, registry=self._registry)
            self._counters[counter.name] = metric
        return self._counters[counter.name]

    def _histogram(self, histogram: Histogram) -> prometheus_client.Histogram:
        if histogram.name not in self._histograms:
            self._histograms[histogram.name] = prometheus_client.Histogram(
                histogram.name, histogram.words, histogram.labels, buckets=histogram.buckets, registry=self._registry
            )
        return self._histograms[histogram.name]


_counters: ContextVar[Counters | None] = ContextVar("counters", default=None)


def count_in(counters: Counters) -> None:
    """Count in these counters from now on, in this context and in the tasks that it starts."""
    _counters.set(counters)


def count(counter: Counter, *labels: str, amount: float = 1) -> None:
    """Count something in the counters of the service that runs in this context; without one, nothing is counted."""
    if (counters := _counters.get()) is not None:
        counters.add(counter, *labels, amount=amount)


def observe(histogram: Histogram, value: float, *labels: str) -> None:
    """Record a measured value as `count` does."""
    if (counters := _counters.get()) is not None:
        counters.observe(histogram, value, *labels)


OUTSIDE_REQUESTS = Counter(
    "gapless_outside_requests_total",
    "requests to outside systems by outcome: answered, or how they failed, such as unavailable or throttled",
    ("system", "outcome"),
)
PACE_WAITS = Histogram(
    "gapless_pace_wait_seconds",
    "how long requests waited for their turn and their pace, by account and line",
    (0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300),
    ("account", "line"),
)
COUNTERS_OF_CHASSIS = (OUTSIDE_REQUESTS, PACE_WAITS)


@contextmanager
def counted_request(system: str) -> Iterator[None]:
    """Count the request to an outside system that is sent within this context, by its outcome."""
    try:
        yield
    except RemoteError as error:
        count(OUTSIDE_REQUESTS, system, error.code.removeprefix("remote_"))
        raise
    count(OUTSIDE_REQUESTS, system, "answered")
