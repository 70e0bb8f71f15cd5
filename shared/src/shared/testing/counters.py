"""Reads what the code of a test counted."""

from prometheus_client import CollectorRegistry

from shared.chassis.counters import Counter, Counters, Histogram, count_in


class Counted:
    """What is counted from now on, in the context of a test and in the tasks that it starts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        count_in(Counters(self._registry))

    def of(self, counter: Counter | Histogram) -> dict[tuple[str, ...], float]:
        """The figures of a counter, or how many values a histogram has, by the values of the labels in their order."""
        suffix = "_count" if isinstance(counter, Histogram) else ""
        return {
            tuple(sample.labels[label] for label in counter.labels): sample.value
            for metric in self._registry.collect()
            for sample in metric.samples
            if sample.name == counter.name + suffix
        }
