"""Reads the series and the place in it out of a title, a subtitle and a folder's path."""

from shared.books.marks import strip_marks
from shared.books.readings import SeriesReading
from shared.books.series_folders import series_in_path
from shared.books.series_phrases import series_in_subtitle, series_in_title
from shared.books.titles import LONGEST_TITLE

__all__ = ["SURE_ENOUGH", "SeriesReading", "read_series"]

SURE_ENOUGH = 0.5
"""Confidence from which a reading is given; chosen from the curve of precision against coverage."""


def read_series(
    title: str | None, subtitle: str | None = None, author: str | None = None, path: str | None = None
) -> list[SeriesReading]:
    """Every series the texts name, the surest first; empty when they name none.

    `path` is relative to the library and ends at the book's folder. Texts longer than 400 characters are cut.
    """
    found: list[SeriesReading] = []
    if subtitle:
        found += series_in_subtitle(strip_marks(subtitle[:LONGEST_TITLE]))
    if title:
        found += series_in_title(strip_marks(title[:LONGEST_TITLE]), author=author)
    if path:
        found += series_in_path(path, author)
    return _best_first(found)


def _best_first(found: list[SeriesReading]) -> list[SeriesReading]:
    best: dict[str, SeriesReading] = {}
    for reading in sorted(found, key=lambda one: -one.confidence):
        if reading.confidence >= SURE_ENOUGH:
            best.setdefault(reading.name.lower(), reading)
    return list(best.values())
