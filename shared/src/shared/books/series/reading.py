"""Reads the series and the place in it from a title, a subtitle and a folder path."""

from shared.books.series.folders import series_in_path
from shared.books.series.phrases import series_in_subtitle, series_in_title
from shared.books.series.readings import SeriesReading
from shared.books.text.marks import strip_marks
from shared.books.text.titles import LONGEST_TITLE, fold

__all__ = ["SURE_ENOUGH", "SeriesReading", "every_reading", "read_series"]

SURE_ENOUGH = 0.5
"""The lowest confidence of a reading that is returned, chosen from the curve of precision against coverage."""


def read_series(
    title: str | None, subtitle: str | None = None, author: str | None = None, path: str | None = None
) -> list[SeriesReading]:
    """Every series that the texts name, the most certain first; empty when they name none.

    `path` is relative to the library and ends at the book's folder. Texts are cut at 400 characters.
    """
    return [one for one in every_reading(title, subtitle, author, path) if one.confidence >= SURE_ENOUGH]


def every_reading(
    title: str | None, subtitle: str | None = None, author: str | None = None, path: str | None = None
) -> list[SeriesReading]:
    """The readings of `read_series`, and those that are too unlikely without confirmation.

    One reading for each name, the most certain first. "The E. W. Hornung Collection, Volume 3" is no series: what is
    left of its name is the author's.
    """
    found: list[SeriesReading] = []
    if subtitle:
        found += series_in_subtitle(strip_marks(subtitle[:LONGEST_TITLE]))
    if title:
        found += series_in_title(strip_marks(title[:LONGEST_TITLE]), author=author)
    if path:
        found += series_in_path(path, author)
    writer = f" {fold(author, drop_article=True)}" if author else ""
    if writer:
        found = [one for one in found if not writer.endswith(f" {fold(one.name, drop_article=True)}")]
    return _best_first(found)


def _best_first(found: list[SeriesReading]) -> list[SeriesReading]:
    if len(found) == 1:
        return found if found[0].confidence > 0.0 else []
    best: dict[str, SeriesReading] = {}
    for reading in sorted(found, key=lambda one: -one.confidence):
        if reading.confidence > 0.0:
            best.setdefault(reading.name.lower(), reading)
    return list(best.values())
