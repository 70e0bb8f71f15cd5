"""How many releases the downloader judges a second, by the default quality profile and by one with every rule."""

import statistics
import time
from datetime import UTC, datetime
from uuid import UUID

from downloader.domain.decision import judge_all
from downloader.domain.limits import GrabContext, Limits
from downloader.domain.manual_download import manual_wanted_book
from downloader.domain.quality_profile import DEFAULT_PROFILE, AppliedProfile
from mam_search.adapters.mam.search_rows import release_of
from sandbox.mam.row import row
from sandbox.world import World
from shared.contracts.downloads.quality_profiles import AudioFormat, ProfileRules, SeriesNarrator
from shared.contracts.mam.releases import Release
from shared.contracts.values import SeriesPlace

from bench.figures import Figure
from bench.measurement import NotMeasured

SECTION = "decisions"
ROUNDS = 3
BOOKS = 20
"""The wanted books, evenly chosen from all. Each is judged with every release, which takes a tenth of a second."""
EVERY_RULE = AppliedProfile(
    "every rule",
    ProfileRules(
        formats=[AudioFormat.M4B, AudioFormat.MP3],
        only_formats=True,
        min_mb_per_hour=10.0,
        max_mb_per_hour=200.0,
        languages=["en", "de"],
        preferred_narrators=["Phil Chenevert", "Tom Reed"],
        series_narrator=SeriesNarrator.PREFER,
        min_seeders=3,
        preferred_words=["retail", "full cast", "unabridged"],
        forbidden_words=["virtual voice", "ai narration", "sample"],
    ),
)
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def measure_decisions(world: World) -> list[Figure]:
    """Releases judged a second for some missing books of a world. Raises `NotMeasured` without releases or books."""
    rows = [row(offer, shows=frozenset(), download_hash="") for offer in world.offers if offer.indexer == "mam"]
    releases = [release for each in rows if (release := release_of(each, _ignore)) is not None]
    titles = {work.id: work for work in world.works}
    missing = [titles[each.work] for each in world.truth.missing]
    if not releases or not missing:
        raise NotMeasured("the world has no releases or no missing books")
    wanted = missing[:: -(-len(missing) // BOOKS)]
    contexts = [
        GrabContext(
            wanted=manual_wanted_book(
                UUID(int=number),
                work.title,
                work.authors,
                place=SeriesPlace(name=work.series[0].name, sequence=work.series[0].sequence) if work.series else None,
                now=_NOW,
            ),
            limits=Limits(),
            now=_NOW,
        )
        for number, work in enumerate(wanted)
    ]
    default = _rate(contexts, releases, DEFAULT_PROFILE)
    every_rule = _rate(contexts, releases, EVERY_RULE)
    return [
        Figure(SECTION, "releases judged by the default profile", default, "/s"),
        Figure(SECTION, "releases judged by a profile with every rule", every_rule, "/s", default, "default profile"),
    ]


def _rate(contexts: list[GrabContext], releases: list[Release], profile: AppliedProfile) -> float:
    """Releases judged a second, the median of several rounds after one that fills the caches."""
    rates = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        for context in contexts:
            judge_all(releases, _by(context, profile))
        rates.append(len(contexts) * len(releases) / (time.perf_counter() - started))
    return statistics.median(rates[1:])


def _by(context: GrabContext, profile: AppliedProfile) -> GrabContext:
    return GrabContext(wanted=context.wanted, limits=context.limits, now=context.now, profile=profile)


def _ignore(_field: str, _value: str) -> None:
    """The formats of the stand-in are known."""
