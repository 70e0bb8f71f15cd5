"""The goals of the benchmark on a quiet machine of two cores, by the section and name of the figure."""

from dataclasses import dataclass

from provisioning.services import PARTS


@dataclass(frozen=True)
class Goal:
    """The limit that a figure must not exceed or, with `at_least`, must reach, in the unit of the figure."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a measured value meets the goal."""
        return value >= self.limit if self.at_least else value <= self.limit


_LISTS = ("covers", "table", "series", "wanted")
GOALS = {
    ("book knowledge, books", "titles read"): Goal(30_000, at_least=True),
    ("book knowledge, books", "match mean"): Goal(1.0),
    ("book knowledge, books_gaps", "releases: judged"): Goal(20_000, at_least=True),
    ("book knowledge, books_gaps", "gaps: total"): Goal(5.0),
    ("messy library of 3,000 books", "series proposed rightly"): Goal(0.97, at_least=True),
    ("messy library of 3,000 books", "places proposed rightly"): Goal(0.97, at_least=True),
    ("messy library of 3,000 books", "polluted titles proposed rightly"): Goal(0.97, at_least=True),
    ("messy library of 3,000 books", "wrong proposals for each book"): Goal(0.003),
    ("packs", "right books, the table"): Goal(0.95, at_least=True),
    ("packs", "right books, other titles"): Goal(0.95, at_least=True),
    ("packs", "wrong books"): Goal(0.0),
    ("wanted to grabbed", "series searched for gaps"): Goal(20, at_least=True),
    ("providers that know nothing", "series_completion"): Goal(349 / 35, at_least=True),
    ("providers that know nothing", "metadata_full_refresh"): Goal(2_987 / 140, at_least=True),
    ("metadata refresh", "first full dry run, requests to providers"): Goal(1.2),
    ("metadata refresh", "second full dry run, requests to providers"): Goal(0.2),
    ("metadata refresh", "second full dry run of 50,000 books, extrapolated"): Goal(15.0),
    ("metadata refresh", "daily dry run"): Goal(60.0),
    ("metadata refresh", "memory of the service"): Goal(300.0),
    ("pages, one after another", "memory of the browser"): Goal(600.0),
    **{("dashboard, 50,000 books", f"{name}, first rows, median"): Goal(1_000.0) for name in _LISTS},
    **{("dashboard, 50,000 books", f"{name}, jump, median"): Goal(250.0) for name in _LISTS},
    ("dashboard, 50,000 books", "live update, slowest"): Goal(1_000.0),
    ("dashboard, 50,000 books", "longest task of the main thread"): Goal(200.0),
    ("dashboard, 50,000 books", "500 events/s, table, longest task"): Goal(200.0),
    ("dashboard, 50,000 books", "500 events/s, series, longest task"): Goal(200.0),
    **{("scrape, 50,000 books", f"{part.name}, processor time"): Goal(20.0) for part in PARTS},
    ("resident memory", "all six, idle"): Goal(600.0),
    ("resident memory", "mam-search, idle"): Goal(130.0),
    ("resident memory", "one process, idle"): Goal(170.0),
    ("resident memory", "one process with Postgres and NATS, idle"): Goal(350.0),
    ("processor time, idle", "one process with Postgres and NATS"): Goal(2.0),
}
"""The completion of 349 series took 105 s and the refresh of 2,987 books 7 minutes. The goal is a third of the time."""
