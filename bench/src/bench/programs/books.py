"""Measures how fast series are read and works are found on one core; prints JSON.

`python -m bench.programs.books` takes a few seconds. The invented titles have two to five words from a small
vocabulary. So works share most of their words, which is the hard case for an index.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.work_index import WorkIndex
from shared.books.series.reading import read_series

WORKS = 10_000
SEARCHES = 1_000
TITLES = 20_000
ROUNDS = 5
"""How often titles are read. One round takes half a second, so that its time depends on chance."""
VOCABULARY = """
    amber ashes atlas autumn beacon blood bone breath bridge candle castle cinder city crown dark dawn
    daughter door dream dust echo ember empire exile falcon feather fire flame forest garden gate ghost glass
    gold grave harbour heart heir hollow hour house hunter ice iron island king knife lady lake lantern light
    lion lost marsh memory midnight mirror moon mountain night oath ocean orchard palace paper pilgrim prince
    quarry queen raven river road rose ruin sand salt sea shadow shore silence silver sister snow song sparrow
    star stone storm summer sword tale thief thorn throne tide tower traitor valley vow wall war watcher wave
    well winter witch wolf wood word world
""".split()
GIVEN = ("Ada", "Bram", "Clara", "Dorian", "Edith", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Leo", "Mina")
SURNAMES = ("Ashby", "Brandt", "Carrow", "Dunmore", "Ellery", "Farrow", "Gale", "Holt", "Ingram", "Joyner", "Kestrel")
STYLES: tuple[Callable[[str, str, int], str], ...] = (
    lambda title, series, place: f"{title} ({series}, #{place})",
    lambda title, series, place: f"{series} {place:02d} - {title}",
    lambda title, series, place: f"{title}: {series}, Book {place} (Unabridged)",
    lambda title, series, place: f"{series}, Vol. {place}: {title}",
    lambda title, series, place: f"{title} [{series} {place}]",
    lambda title, series, place: title,
    lambda title, series, place: f"{title}: A Novel",
)


def phrase(chance: random.Random, longest: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=chance.randint(2, longest))).title()


def library(chance: random.Random) -> list[tuple[int, BookDescription]]:
    """Works in series of up to eight, by authors of up to four series."""
    works: list[tuple[int, BookDescription]] = []
    while len(works) < WORKS:
        author = f"{chance.choice(GIVEN)} {chance.choice('ABCDEFGH')}. {chance.choice(SURNAMES)}"
        series = phrase(chance, 3)
        for place in range(1, chance.randint(2, 9)):
            at = SeriesPlace(series, str(place))
            works.append((len(works), BookDescription(phrase(chance, 5), authors=(author,), series=(at,))))
    return works[:WORKS]


def folder_of(work: BookDescription) -> BookDescription:
    series = work.series[0]
    return BookDescription("", path=f"{work.authors[0]}/{series.name}/{series.sequence} - {work.title}")


def titles_per_second(works: list[tuple[int, BookDescription]], chance: random.Random) -> float:
    """The median of several rounds, each with other titles."""
    return statistics.median(_one_round(works, chance) for _ in range(ROUNDS))


def _one_round(works: list[tuple[int, BookDescription]], chance: random.Random) -> float:
    titles = []
    for _, work in works * (TITLES // WORKS):
        series = work.series[0]
        titles.append(chance.choice(STYLES)(work.title, series.name, int(series.sequence or 1)))
    started = time.process_time()
    for title in titles:
        read_series(title)
    return len(titles) / (time.process_time() - started)


def folders_per_second(works: list[tuple[int, BookDescription]]) -> float:
    paths = [folder_of(work).path for _, work in works]
    started = time.process_time()
    for path in paths:
        read_series(None, path=path)
    return len(paths) / (time.process_time() - started)


def searches(works: list[tuple[int, BookDescription]], chance: random.Random) -> dict[str, float]:
    started = time.process_time()
    index = WorkIndex(works)
    built = time.process_time() - started
    items = [(work_id, folder_of(work)) for work_id, work in chance.sample(works, SEARCHES)]
    seconds, right = [], 0
    for work_id, item in items:
        started = time.process_time()
        match = index.match(item)
        seconds.append(time.process_time() - started)
        right += match is not None and match.work_id == work_id
    seconds.sort()
    return {
        "index_works": len(index),
        "index_build_seconds": round(built, 2),
        "match_ms_mean": round(1000 * sum(seconds) / len(seconds), 3),
        "match_ms_p99": round(1000 * seconds[len(seconds) * 99 // 100], 3),
        "match_right_share": right / len(items),
    }


def main() -> None:
    chance = random.Random(1907)
    works = library(chance)
    figures = {
        "titles_read_per_second": round(titles_per_second(works, chance)),
        "folders_read_per_second": round(folders_per_second(works)),
        **searches(works, chance),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
