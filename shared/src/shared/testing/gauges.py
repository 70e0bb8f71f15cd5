"""Reads gauges as a scrape does."""

from collections.abc import Sequence

from prometheus_client import Metric

from shared.chassis.database import Database
from shared.chassis.metrics import Gauge, StoredGauges

Values = dict[tuple[str, ...], float]
"""The figures of one gauge by its labels, in their order."""


async def read_gauges(database: Database, gauges: Sequence[Gauge]) -> dict[str, Values]:
    """The figures by the name of the gauge. Raises `AssertionError` if they cannot be read."""
    metrics = await StoredGauges(database, gauges).metrics()
    figures = {each.name: _values(each) for each in metrics}
    assert figures["gapless_gauges_readable"] == {(): 1.0}
    return figures


def _values(metric: Metric) -> Values:
    return {tuple(sample.labels.values()): sample.value for sample in metric.samples}
