"""A release must have none of the forbidden words of the quality profile."""

from shared.books.releases.description import Finding, Outcome
from shared.books.releases.listed_words import listed_words
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GrabContext

_WANT = translatable("release.no_forbidden_words", "none of the forbidden words")


def forbidden_words(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if its name or its tags have one of them."""
    named = listed_words(f"{release.title} {release.tags}", context.profile.rules.forbidden_words)
    if not named:
        return None
    words = ", ".join(f"“{word}”" for word in named)
    return Finding("forbidden words", Outcome.REJECTED, words, _WANT, 0.0)
