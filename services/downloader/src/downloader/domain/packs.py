"""Releases that hold several books: what is compared, and when one is worth its bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.packs.description import PackBook, PackContents, PackFile, PackKind, PackPart, PackVerdict
from shared.books.releases.description import Finding, Outcome, WantedBook
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title
from shared.contracts.downloads.candidates import RuleReason, Verdict
from shared.contracts.downloads.quality_profiles import ProfileRules
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.decision import Decision, against, described, rule_reason, wanted_book
from downloader.domain.download import Download
from downloader.domain.download_client import ContentFile
from downloader.domain.limits import GrabContext, Limits, key_of
from downloader.domain.playing_time import known_minutes
from downloader.domain.quality_profile import DEFAULT_PROFILE
from downloader.domain.rules import RULES
from downloader.domain.torrent_file import TorrentIdentity

RULE = "pack"
_OF_ONE_BOOK = frozenset({"size", "size per hour", "duration"})
"""Rules that compare a whole release with one book. The sizes of a pack's books are compared when it is divided."""


@dataclass(frozen=True, slots=True)
class PackInClient:
    """A release with several books that a download has: its torrent, and the download that leads it."""

    release: Release
    info_hash: str
    lead_id: UUID


class Packs(Protocol):
    """The torrents that several downloads share, because they hold several books."""

    async def open_books(self, near: MissingBook, release: Release, excluding: UUID) -> list[Download]:
        """Downloads whose books share the series or an author, without another chosen release; not locked.

        Those that replace an owned book are left out.
        """

    async def near(self, book: MissingBook) -> list[PackInClient]:
        """The shared torrents that contain books of the same series or author, newest first."""

    async def sharing(self, info_hash: str, excluding: UUID) -> list[Download]:
        """The other downloads that use a shared torrent, failed ones included, or have imported from it; locked."""

    async def lead_of(self, hashes: Sequence[str]) -> UUID | None:
        """The download that leads a shared torrent, or None if no download shares it."""

    async def files(self, info_hash: str) -> frozenset[str]:
        """The files of a shared torrent that any of its downloads uses."""

    async def settled(self, release: Release, items: Sequence[str]) -> frozenset[str]:
        """Those of the items that a release has filled, or that its files turned out not to be."""

    async def refused(self, releases: Sequence[Release], item: str) -> dict[tuple[str, str], str]:
        """Why the files of releases turned out not to be the item, by indexer and id; only those releases."""

    async def settle(self, release: Release, item: str, reason: str, *, filled: bool, now: datetime) -> None:
        """Store that a release has filled an item, or why its files are not the item."""


_FILES_OF_ONE_BOOK = translatable("release.files_of_one_book", "files of one book")


def book_of(download: Download, rules: ProfileRules = DEFAULT_PROFILE.rules, *, wanted: bool = True) -> PackBook:
    """The book of a download, as its quality profile wants it. Its key is the id of the download."""
    minutes = tuple(known_minutes(download.wanted))
    return PackBook(str(download.id), wanted_book(download.wanted, rules), minutes, wanted=wanted)


def may_use_pack(download: Download) -> bool:
    """Whether its book may come from a release with several books. A release that replaces an owned book may not."""
    return download.replaces is None


def share_author_or_series(one: Download, other: Download) -> bool:
    """Whether the books of two downloads may be in one release with several books."""
    same_series = one.wanted.series is not None and one.wanted.series == other.wanted.series
    return same_series or not set(one.wanted.authors).isdisjoint(other.wanted.authors)


def known_books(titles: Iterable[str], of: Download, wanted: Sequence[PackBook]) -> list[PackBook]:
    """Other books by the author or in the series, so that their files are not taken for wanted ones."""
    taken = {_spelled(title) for book in wanted for title in (book.sought.book.title, *book.sought.other_titles)}
    found = []
    for number, title in enumerate(dict.fromkeys(titles)):
        if _spelled(title) and _spelled(title) not in taken:
            book = BookDescription(title=title, authors=tuple(of.wanted.authors))
            found.append(PackBook(f"known {number}", WantedBook(book), wanted=False))
    return found


def contents_of(release: Release, identity: TorrentIdentity) -> PackContents:
    """The release with the files of its torrent file."""
    files = tuple(PackFile(file.path, file.size_bytes) for file in identity.files)
    return PackContents(described(release), files, identity.name, release.tags)


def contents_in_client(release: Release, files: Sequence[ContentFile]) -> PackContents:
    """The release with the files of its torrent in the client."""
    folder = files[0].path.partition("/")[0] if files else ""
    inside = tuple(PackFile(in_folder(file.path), file.size_bytes) for file in files if "/" in file.path)
    return PackContents(described(release), inside, folder, release.tags)


def in_folder(path: str) -> str:
    """A path of the client without the torrent's own folder."""
    return path.partition("/")[2]


def progress_of(pack_files: Iterable[str], files: Sequence[ContentFile]) -> list[float]:
    """The downloaded share of each of these files of a shared torrent, from 0 to 1."""
    progress = {in_folder(file.path): file.progress for file in files}
    return [progress.get(path, 0.0) for path in pack_files]


def part_of(verdict: PackVerdict, download: Download) -> PackPart | None:
    """The files of a download's book, if the release holds several books and surely this one."""
    if verdict.kind is not PackKind.PACK:
        return None
    return next((part for part in verdict.fills if part.key == str(download.id)), None)


def reason_of(part: PackPart) -> RuleReason:
    """Why these files are the book."""
    return RuleReason(rule="files", words=part.words, weight=part.confidence)


def worth_its_bytes(verdict: PackVerdict, limits: Limits) -> Finding:
    """Accepted if the release fills enough wanted books, and they are enough of its bytes."""
    books, share = len(verdict.fills), verdict.wanted_share
    words = f"{books} wanted books, {share:.0%} of {verdict.total_bytes / 1e6:.0f} MB"
    got = translatable("release.pack_books", words, books=books, share=share, size=verdict.total_bytes)
    if limits.pack_min_books == 0:
        want = translatable("release.no_packs", "one book, because PACK_MIN_BOOKS is 0")
        return Finding(RULE, Outcome.REJECTED, got, want, 0.0)
    least, least_share = limits.pack_min_books, limits.pack_min_wanted_share
    words = f"at least {least} wanted books and {least_share:.0%}"
    want = translatable("release.pack_wanted", words, books=least, share=least_share)
    enough = len(verdict.fills) >= limits.pack_min_books and verdict.wanted_share >= limits.pack_min_wanted_share
    return Finding(RULE, Outcome.ACCEPTED if enough else Outcome.REJECTED, got, want, verdict.wanted_share)


def against_pack(download: Download, verdict: PackVerdict | None, limits: Limits, *, is_shared: bool) -> str | None:
    """Why the files forbid the grab: several books of which none is surely the wanted one, or too few wanted ones.

    A person may choose a release with too few wanted books, and a torrent that `is_shared` is downloaded anyway.
    """
    if verdict is None or verdict.kind is not PackKind.PACK:
        return None
    if not may_use_pack(download):
        words = "pack: the torrent holds several books, and an owned book is replaced only by a release of that book"
        return translatable("download.pack_for_upgrade", words)
    if part_of(verdict, download) is None:
        words = "pack: the torrent holds several books, and its files do not surely name this one"
        return translatable("download.pack_without_book", words)
    finding = worth_its_bytes(verdict, limits)
    if download.by_person or is_shared or finding.outcome is Outcome.ACCEPTED:
        return None
    return against([rule_reason(finding)])


def decision_on(release: Release, verdict: PackVerdict, download: Download, context: GrabContext) -> Decision:
    """The decision on a release with several books for one of them. The account and the disk count as for any other."""
    part = part_of(verdict, download)
    findings = [found for rule in RULES if (found := rule(release, context)) is not None]
    findings = [finding for finding in findings if finding.rule not in _OF_ONE_BOOK]
    if part is None:
        words = "; ".join(reason.words for reason in verdict.reasons[:3])
        got = translatable("release.pack_kind", f"{verdict.kind.value}: {words}"[:500], kind=verdict.kind.value)
        findings.insert(0, Finding(RULE, Outcome.REJECTED, got, _FILES_OF_ONE_BOOK, 0.0))
    else:
        findings.insert(0, worth_its_bytes(verdict, context.limits))
    worst = [finding.outcome for finding in findings if finding.outcome is not Outcome.ACCEPTED]
    rejected_by = [finding for finding in findings if finding.outcome is Outcome.REJECTED]
    outcome = Outcome.REJECTED if rejected_by else (worst[0] if worst else Outcome.ACCEPTED)
    assessment = context.account.get(key_of(release))
    return Decision(
        release,
        Verdict(outcome.value),
        part.confidence * verdict.wanted_share if part is not None and outcome is not Outcome.REJECTED else 0.0,
        tuple(_reasons(findings, part)),
        only_for_now=bool(rejected_by) and not any(finding.lasting for finding in rejected_by),
        account=None if assessment is None else assessment.figures,
        fills=tuple(UUID(each.key) for each in verdict.fills),
        filled_bytes=verdict.filled_bytes or None,
    )


def _reasons(findings: Sequence[Finding], part: PackPart | None) -> list[RuleReason]:
    reasons = [] if part is None else [reason_of(part)]
    return [*reasons, *(rule_reason(finding) for finding in findings)]


def _spelled(title: str) -> str:
    return one_spelling(fold(main_title(title), drop_article=True))
