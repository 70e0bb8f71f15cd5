"""Checks the series of books: missing, without a place, with a place that two books have, under several names."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from shared.books.description import Reason as BookReason
from shared.books.gaps.works import same_series, series_key
from shared.books.series.folders import leading_place
from shared.books.series.reading import every_reading
from shared.books.series.readings import SeriesReading
from shared.books.series.sequence import is_range, normalise, same_place
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason, SeriesPlace
from shared.translatable import about, translatable

from library_scanner.domain.checks.found import PROPOSE_FROM, Found, Repair, repair
from library_scanner.domain.checks.group import Group
from library_scanner.domain.checks.series_evidence import is_clear, number_after

SIBLING_BONUS, TEXT_BONUS = 0.06, 0.04
ALONE_AT_MOST = 0.65
"""The highest score of a weak reading that neither another text nor another book supports."""
TWO_CLAIMS_AT_MOST = 0.6
"""The highest score of a place that another book has or claims."""


def check_series(group: Group) -> Iterator[Found]:
    """Series that the texts name and Audiobookshelf lacks, and series there without a place."""
    claims = _claims(group)
    for book in group.books:
        in_abs = group.in_abs[book.id]
        if not in_abs:
            yield from _series_read(group, book, claims)
        elif any(not place.sequence for place in in_abs):
            yield from _without_place(group, book, in_abs, claims)


def check_places(group: Group) -> Iterator[Found]:
    """Places in a series that books with different titles have."""
    holders: dict[tuple[str, str], list[Book]] = defaultdict(list)
    names: dict[str, str] = {}
    for book in group.books:
        for place in group.in_abs[book.id]:
            sequence = normalise(place.sequence)
            if sequence and not is_range(sequence):
                key = place.name.casefold()
                names.setdefault(key, place.name)
                holders[key, sequence].append(book)
    for (key, sequence), books in holders.items():
        titles = {group.bare_title(book): book for book in books}
        if len(titles) > 1:
            listed = sorted(f"“{book.title}”" for book in titles.values())
            words = f"{len(titles)} books have place {sequence} in “{names[key]}”: {' and '.join(listed)}"
            yield Found(
                FindingKind.PLACE_TWICE,
                tuple(book.id for book in books),
                translatable(
                    "finding.place_twice", words, count=len(titles), place=sequence, series=names[key], titles=listed
                ),
                (names[key], sequence, *sorted(titles)),
                tuple(Reason.of("place in Audiobookshelf", about(book.path, sequence)) for book in books[:8]),
            )


def check_series_names(group: Group) -> Iterator[Found]:
    """One series of an author under several names in Audiobookshelf."""
    counts: Counter[str] = Counter(place.name for book in group.books for place in group.in_abs[book.id])
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for book in group.books:
        for place in group.in_abs[book.id]:
            if sequence := normalise(place.sequence):
                places[place.name][sequence].add(group.bare_title(book))
    names = sorted(counts, key=lambda name: (-counts[name], name.islower(), name.isupper(), len(name), name))
    merged: set[str] = set()
    for at, name in enumerate(names):
        others = [
            other
            for other in names[at + 1 :]
            if other not in merged and _is_one_series(name, other) and not _contradict(places[name], places[other])
        ]
        if name in merged or not others:
            continue
        merged.update(others)
        yield _one_series(group, name, others, counts)


def _series_read(group: Group, book: Book, claims: Counter[tuple[str, str]]) -> Iterator[Found]:
    best = _best(group, book)
    if best is None:
        return
    reading, score, evidence = best
    if score < PROPOSE_FROM:
        return
    name = group.series_name(reading.name)
    if reading.sequence and claims[series_key(name), reading.sequence] > 1:
        score = min(score, TWO_CLAIMS_AT_MOST)
    new = [SeriesPlace(name=name, sequence=reading.sequence)]
    repairs = repair(book, "series", new, "series_read", score, *evidence)
    shown = f"“{name}” #{reading.sequence}" if reading.sequence else f"“{name}”"
    yield Found(
        FindingKind.SERIES_READ,
        (book.id,),
        translatable(
            "finding.series_read",
            f"“{book.title}” is in the series {shown} by its texts, but has no series in Audiobookshelf",
            title=book.title,
            series=shown,
        ),
        (book.title, book.path, name, reading.sequence or ""),
        evidence,
        repairs=repairs,
    )


def _without_place(
    group: Group, book: Book, in_abs: Sequence[SeriesPlace], claims: Counter[tuple[str, str]]
) -> Iterator[Found]:
    places, scores, evidence = [], [], []
    for place in in_abs:
        read = None if place.sequence else _place_read(group, book, place.name)
        if read is not None:
            sequence, score, reasons = read
            if claims[series_key(place.name), sequence] > 1:
                score = min(score, TWO_CLAIMS_AT_MOST)
            places.append(SeriesPlace(name=place.name, sequence=sequence))
            scores.append(score)
            evidence += reasons
        else:
            places.append(place)
    names = ", ".join(f"“{place.name}”" for place in in_abs if not place.sequence)
    repairs = repair(book, "series", places, "place_read", min(scores), *evidence) if scores else ()
    yield Found(
        FindingKind.SERIES_WITHOUT_PLACE,
        (book.id,),
        translatable(
            "finding.no_place", f"“{book.title}” has no place in the series {names}", title=book.title, series=names
        ),
        (book.title, names, *(place.sequence or "" for place in places)),
        tuple(evidence),
        repairs=repairs,
    )


def _best(group: Group, book: Book) -> tuple[SeriesReading, float, tuple[Reason, ...]] | None:
    """The reading of a book without a series, its score with the support of texts and siblings, and the evidence."""
    readings = [one for one in group.readings[book.id] if not one.guessed]
    if not readings:
        return None
    first = readings[0]
    key = series_key(first.name)
    texts = group.texts[book.id].naming(first)
    siblings = group.siblings(book, key)
    score = first.confidence + TEXT_BONUS * max(0, len(texts) - 1) + (SIBLING_BONUS if siblings else 0.0)
    if not is_clear(first, has_author=bool(book.authors)) and not siblings and len(texts) < 2:
        score = min(score, ALONE_AT_MOST)
    if first.sequence is None and not siblings:
        score = min(score, ALONE_AT_MOST)
    name = fold(first.name, drop_article=True)
    is_title_itself = name == group.bare_title(book) and fold(book.title).count(name) < 2
    if is_range(first.sequence) or (is_title_itself and texts in ([], ["title"])):
        score = min(score, ALONE_AT_MOST)
    evidence = [_reason(each) for each in first.evidence[:4]]
    if len(texts) > 1:
        words = translatable(
            "finding.texts_agree", f"{' and '.join(texts)} name it", texts=[_text(one) for one in texts]
        )
        evidence.append(Reason.of("texts agree", words, TEXT_BONUS))
    if siblings:
        words = f"{siblings} other books of the library are in “{first.name}”"
        words = translatable("finding.siblings", words, count=siblings, series=first.name)
        evidence.append(Reason.of("other books", words, SIBLING_BONUS))
    return first, min(score, 0.99), tuple(evidence)


def _place_read(group: Group, book: Book, name: str) -> tuple[str, float, list[Reason]] | None:
    """The place that the texts give in a series that Audiobookshelf names, its score and the evidence."""
    key = series_key(name)
    author = book.authors[0] if book.authors else None
    readings = [*group.readings[book.id], *every_reading(book.title, book.subtitle, author, book.path)]
    fitting = [one for one in readings if one.sequence and same_series(series_key(one.name), key)]
    if fitting:
        one = max(fitting, key=lambda each: each.confidence)
        contradicts = any(not same_place(each.sequence, one.sequence) and each.confidence > 0.6 for each in fitting)
        score = 0.6 if contradicts or is_range(one.sequence) else min(0.98, max(one.confidence, 0.5) + 0.1)
        if one.guessed:
            score = min(score, 0.75)
        return one.sequence or "", score, [_reason(each) for each in one.evidence[:4]]
    named = number_after(name, book)
    if named is not None:
        words = f"the folder name has {named} after the name of the series “{name}”"
        words = translatable("finding.number_after_series", words, number=named, series=name)
        return named, 0.9, [Reason.of("number of the folder", words, 0.9)]
    own = leading_place(book.path) if len(group.in_abs[book.id]) == 1 else None
    if own is None:
        return None
    words = f"the folder name begins with {own}, and Audiobookshelf names the series “{name}”"
    words = translatable("finding.number_of_folder", words, number=own, series=name)
    return own, 0.85, [Reason.of("number of the folder", words, 0.85)]


def _claims(group: Group) -> Counter[tuple[str, str]]:
    """How many different titles have or claim each place, by the key of the series."""
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for book in group.books:
        in_abs = group.in_abs[book.id]
        for place in in_abs:
            sequence = normalise(place.sequence)
            read = None if sequence else _place_read(group, book, place.name)
            sequence = sequence or (read[0] if read else None)
            if sequence:
                titles[series_key(place.name), sequence].add(group.bare_title(book))
        for one in () if in_abs else [each for each in group.readings[book.id] if not each.guessed][:1]:
            if one.sequence:
                titles[series_key(group.series_name(one.name)), one.sequence].add(group.bare_title(book))
    return Counter({key: len(books) for key, books in titles.items()})


def _is_one_series(name: str, other: str) -> bool:
    one, two = series_key(name), series_key(other)
    if one == two:
        return True
    numbers = [[char for char in key if char.isdigit()] for key in (one, two)]
    return numbers[0] == numbers[1] and len(min(one, two, key=len)) > 5 and same_series(one, two)


def _contradict(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    """Whether the series have different books at one place."""
    return any(titles != other[place] and not titles & other[place] for place, titles in one.items() if place in other)


def _one_series(group: Group, name: str, others: Sequence[str], counts: Counter[str]) -> Found:
    books = [book for book in group.books if any(place.name in (name, *others) for place in group.in_abs[book.id])]
    named = [_named(each, counts[each]) for each in (name, *others)]
    words = translatable("finding.names", ", ".join(named), names=named)
    reason = Reason.of("names of one series", words, 0.9)
    repairs: list[Repair] = []
    for book in books:
        places = group.in_abs[book.id]
        if any(place.name in others for place in places):
            new = [SeriesPlace(name=name, sequence=p.sequence) if p.name in others else p for p in places]
            score = 0.95 if all(series_key(other) == series_key(name) for other in others) else 0.85
            if counts[name] > max(counts[each] for each in others) or all(_is_miswritten(each) for each in others):
                repairs += repair(book, "series", new, "name_spelling", score, reason)
    return Found(
        FindingKind.SERIES_NAMES,
        tuple(book.id for book in books),
        translatable("finding.series_names", f"one series has several names: {words}", names=words),
        tuple(sorted((name, *others))),
        (reason,),
        subject="|".join(sorted({series_key(each) for each in (name, *others)})) + f"|{_owner(books)}",
        repairs=tuple(repairs),
    )


def _is_miswritten(name: str) -> bool:
    """Whether a name is written without or only with capitals."""
    return name == name.lower() or name == name.upper()


def _owner(books: Sequence[Book]) -> str:
    return min((book.authors[0] for book in books if book.authors), default="")


def _reason(reason: BookReason) -> Reason:
    return Reason.of(reason.rule, reason.words, reason.weight)


def _named(series: str, count: int) -> str:
    return translatable("finding.series_of_books", f"“{series}” ({count} books)", series=series, count=count)


def _text(name: str) -> str:
    return translatable("finding.text", name, text=name)
