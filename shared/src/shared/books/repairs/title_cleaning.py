"""A title without what is not part of it: series and number, people, year, and marks of the copy.

Only recognised parts are removed, and only if one unbroken part of the title is left. In doubt, the title stays.
"""

import re
from dataclasses import replace

from shared.books.description import Reason, SeriesPlace
from shared.books.gaps.works import series_key
from shared.books.records import record
from shared.books.repairs.copy_words import YEAR, is_year, without_copy_tail, without_extension
from shared.books.repairs.title_parts import (
    LIKELY,
    POSSIBLE,
    SURE,
    Context,
    Part,
    PartKind,
    part_in_brackets,
    segment_part,
)
from shared.books.series.boundary_weights import JOINING
from shared.books.series.place_phrases import Place, places_in
from shared.books.series.sequence import is_range, normalise, same_place
from shared.books.text.missing_titles import is_no_title
from shared.books.text.place_words import BARE_NUMBER, UNIT
from shared.books.text.titles import LONGEST_TITLE, fold
from shared.translatable import translatable

_BRACKETS = re.compile(r"(?P<open>[\[({])(?P<inside>[^\[\](){}]*)[\])}]")
_SEPARATOR = re.compile(
    r"\s+(?P<dash>[-–—|•])\s+|\s*(?P<colon>[:꞉])\s+|(?P<semi>;)\s+"
    rf"|(?P<comma>,)\s+(?=(?:(?:{UNIT})\.?\s?#?\s?\S+|#\s?\d[\d.]*)\s*(?:$|[:꞉]|\s[-–—]\s))",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?P<sign>#)?(?P<place>0*{BARE_NUMBER})(?P<after>[.)_]\s*|\s+)(?P<rest>[^\W\d_].*)")
_PLACE_AFTER_SERIES = re.compile(
    rf"[\s,]+(?:(?:{UNIT})\.?\s?)?#?(?P<place>0*{BARE_NUMBER})(?:\s*[-–:.,]\s*|\s+)(?=[^\W\d_])", re.IGNORECASE
)
_BY = re.compile(r"(?P<title>.*\S)\s+(?:by|von|par|por|di|door|av|af)\s+(?P<name>\S.*)", re.IGNORECASE)
_GENERIC = frozenset(
    """poems stories tales essays letters plays works novels speeches sermons writings fables songs sonnets gedichte
    erzahlungen briefe marchen werke poemes contes lettres oeuvres cuentos poemas cartas obras racconti poesie
    selected collected complete short best great""".split()
)
_RESIDUE = re.compile(
    rf"\s[-–—|•]\s|\S\s*[\[({{]|^(?:{YEAR}|0\d+)\b\s*\S|[\])}}]\s*$|\.\w+$|[\s,](?:{UNIT})\.?\s?#?\d+\b|#\d|\s0\d\s",
    re.IGNORECASE,
)
"""Separators, brackets, years and numbers that are left in a title from which something was removed."""
_EDGES = " \t-–—:;,_|•.~"


@record
class CleanTitle:
    """A title without pollution, how sure it is (0 to 1), and what was removed."""

    title: str
    score: float
    reasons: tuple[Reason, ...]


def clean_title(title: str, context: Context) -> CleanTitle | None:
    """The title without recognised pollution; None if there is none, or nothing sure would be left.

    `context` comes from other sources than the title.
    """
    text = " ".join(title[:LONGEST_TITLE].split())
    removed: list[Part] = []
    text = _plain(text, removed)
    text = _without_brackets(text, context, removed)
    named = [SeriesPlace(part.series, part.place) for part in removed if part.series]
    context = replace(context, series=(*context.series, *named))
    text = _without_series_at_end(text, context, removed)
    text = _without_segments(text, context, removed)
    text = _without_edges(text, context, removed)
    if not removed or _is_doubtful(text, title, context):
        return None
    if is_no_title(text) or not any(char.isalpha() or char.isdigit() for char in text):
        return None
    if _is_the_series(text, removed, context):
        return None
    score = min(part.score for part in removed)
    if context.folder_title and fold(context.folder_title) == fold(text):
        score = min(0.99, max(score, LIKELY) + 0.02)
    reasons = [Reason(f"{part.kind} in title", _words_of(part), part.score) for part in removed]
    return CleanTitle(text, round(score, 3), tuple(reasons))


def _words_of(part: Part) -> str:
    """What was removed, in words."""
    text = part.text[:80]
    match part.kind:
        case PartKind.SERIES:
            return translatable("finding.part_series", f"the series “{text}”", text=text)
        case PartKind.NUMBER:
            return translatable("finding.part_number", f"the number “{text}”", text=text)
        case PartKind.PERSON:
            return translatable("finding.part_person", f"the person “{text}”", text=text)
        case PartKind.YEAR:
            return translatable("finding.part_year", f"the year “{text}”", text=text)
        case _:
            return translatable("finding.part_copy", f"“{text}”, which describes the copy", text=text)


def _plain(text: str, removed: list[Part]) -> str:
    """The text without an extension, and with spaces where a file name has underscores or dots."""
    plain = without_extension(text)
    if " " not in plain and "_" in plain:
        plain = " ".join(plain.replace("_", " ").split())
    elif " " not in plain and re.fullmatch(r"[^\W\d_]{2,}(?:\.[\w’']+){2,}", plain):
        plain = plain.replace(".", " ")
    if plain != text:
        removed.append(Part(text, PartKind.COPY, SURE))
    return plain


def _without_brackets(text: str, context: Context, removed: list[Part]) -> str:
    def keep_or_remove(match: re.Match[str]) -> str:
        part = part_in_brackets(match["inside"], match["open"], context)
        if part.kind is PartKind.TEXT:
            return match[0]
        if part.kind is PartKind.YEAR and text[match.end() :].strip(_EDGES) and match.start() > 0:
            part = replace(part, score=min(part.score, LIKELY))
        removed.append(replace(part, text=match[0]))
        return " " if part.kind is PartKind.COPY else " - "

    for _ in range(2):
        shorter = _joined(_BRACKETS.sub(keep_or_remove, text))
        if shorter == text:
            break
        text = shorter
    return text


def _joined(text: str) -> str:
    """A text from which brackets were removed, without spaces and separators that are left over."""
    text = re.sub(r"\s+(?=[\])}])", "", " ".join(text.split()))
    text = re.sub(r"(?:\s*[-–—]\s+)+(?=[-–—:]\s)|(?<=[:;,])\s+-(?=\s)", " ", text)
    return re.sub(r"^[-–—\s]+|\s+[-–—:;,]*$", "", " ".join(text.split()))


def _is_doubtful(text: str, title: str, context: Context) -> bool:
    """Whether something is left that may be pollution too, so that the rest may not be the title."""
    if context.folder_title and fold(context.folder_title) == fold(text):
        return False
    flat = " - " in title and not context.authors
    return flat or _RESIDUE.search(text) is not None


def _without_segments(text: str, context: Context, removed: list[Part]) -> str:
    """The one unbroken run of title text; the whole text if the title text is not in one piece."""
    pieces = _split(text)
    if len(pieces) < 2:
        return text
    parts = []
    for place, (start, end, before, after) in enumerate(pieces):
        part = segment_part(text[start:end], context, separator=before or after, is_first=place == 0)
        if place == 0 and after in "-–—" and is_year(part.text) and _contains_title(text[pieces[1][0] :], context):
            part = replace(part, kind=PartKind.YEAR, score=LIKELY)
        parts.append(part)
    parts = _with_neighbours(parts, pieces, context)
    texts = [place for place, part in enumerate(parts) if part.kind is PartKind.TEXT]
    if not texts or len(texts) == len(parts) or texts[-1] - texts[0] + 1 != len(texts):
        return text
    removed += [part for part in parts if part.kind is not PartKind.TEXT]
    return text[pieces[texts[0]][0] : pieces[texts[-1]][1]].strip()


def _split(text: str) -> list[tuple[int, int, str, str]]:
    """Start, end, and the separators before and after each segment."""
    found, start, before = [], 0, ""
    for match in _SEPARATOR.finditer(text):
        sign = match["dash"] or match["colon"] or match["semi"] or match["comma"]
        if text[start : match.start()].strip():
            found.append((start, match.start(), before, sign))
        start, before = match.end(), sign
    if text[start:].strip():
        found.append((start, len(text), before, ""))
    return found


def _with_neighbours(parts: list[Part], pieces: list[tuple[int, int, str, str]], context: Context) -> list[Part]:
    """The parts, with a text that names the series of the number after it as a part of the series.

    "Oz - 03 - Ozma of Oz" and "Oz, Book 3: Ozma of Oz" name the series before the number,
    "Ozma of Oz, Book 3" does not.
    """
    for place, part in enumerate(parts):
        if part.kind is not PartKind.NUMBER:
            continue
        before = parts[place - 1] if place else None
        others = [each for at, each in enumerate(parts) if each.kind is PartKind.TEXT and at != place - 1]
        if before is not None and before.kind is PartKind.TEXT and others:
            named = context.names_series(before.text)
            formed = pieces[place][2] == "," or (place == 1 and _is_formed(part.text))
            if named or (formed and not _contains_title(before.text, context)):
                parts[place - 1] = Part(
                    before.text, PartKind.SERIES, SURE if named else LIKELY, before.text, part.place
                )
                parts[place] = replace(part, score=max(part.score, LIKELY))
            elif place > 1:
                return [each if each.kind is not PartKind.NUMBER else Part(each.text, PartKind.TEXT) for each in parts]
    return parts


def _is_formed(number: str) -> bool:
    """Whether a number is written as a place: with a word or sign, or padded."""
    return not number.strip().isdigit() or number.strip().startswith("0")


def _contains_title(text: str, context: Context) -> bool:
    return bool(context.folder_title) and fold(context.folder_title) == fold(text)


def _without_edges(text: str, context: Context, removed: list[Part]) -> str:
    """The text without a number before it, the series and place at its end, the author, and marks of the copy."""
    shorter = without_copy_tail(text)
    if shorter != text:
        removed.append(Part(text[len(shorter) :].strip(_EDGES), PartKind.COPY, LIKELY))
    text = _without_number(shorter, context, removed)
    text = _without_series_at_start(text, context, removed)
    text = _without_number_at_end(text, context, removed)
    text = _without_author(text, context, removed)
    return text.strip().strip(_EDGES) if removed else text


def _without_number(text: str, context: Context, removed: list[Part]) -> str:
    """The text without a number at its start: one in the form of a file name, or the place that other sources give."""
    match = _LEADING.fullmatch(text)
    if not match:
        return text
    place, rest = match["place"], match["rest"]
    padded = place.startswith("0") and len(place) > 1
    separated = bool(match["after"].strip())
    same_folder = context.folder_title is not None and fold(context.folder_title) == fold(rest)
    known = context.has_place(place)
    if not (known and (padded or separated or same_folder)) and not (padded or (separated and same_folder)):
        return text
    removed.append(Part(text[: match.start("rest")].strip(), PartKind.NUMBER, SURE if known else LIKELY,
                        place=normalise(place)))  # fmt: skip
    return rest


def _without_series_at_start(text: str, context: Context, removed: list[Part]) -> str:
    """The text without "Oz 03 " at its start, if another source names the series and gives no other place."""
    for known in context.series:
        length = len(known.name)
        match = _PLACE_AFTER_SERIES.match(text, length) if text[:length].lower() == known.name.lower() else None
        if match and (known.sequence is None or same_place(known.sequence, match["place"])):
            part = text[: match.end()].strip()
            removed.append(Part(part, PartKind.SERIES, LIKELY, known.name, normalise(match["place"])))
            return text[match.end() :]
    return text


def _without_series_at_end(text: str, context: Context, removed: list[Part]) -> str:
    """The text without a series and place at its end that no separator marks: "The Emerald City Oz, Book 6"."""
    end = _place_at_end(text)
    if end is None:
        return text
    before = end.before.rstrip(" ,;:-–—(#")
    for known in context.series:
        if not (known.sequence is None or same_place(known.sequence, end.sequence)):
            continue
        for name in _spellings(known.name):
            left = before[: len(before) - len(name)].rstrip(" ,;:-–—(")
            if before.lower().endswith(f" {name.lower()}") and fold(left) and _ends_in_words(left):
                part = Part(text[len(left) :].strip(_EDGES), PartKind.SERIES, LIKELY, known.name, end.sequence)
                removed.append(part)
                return left
    return text


def _without_number_at_end(text: str, context: Context, removed: list[Part]) -> str:
    """The text without a place at its end that another source gives: "Ozma of Oz, Book 3" in the series Oz."""
    end = _place_at_end(text)
    if end is None or not context.has_place(end.sequence) or not _is_set_apart(end.before):
        return text
    before = end.before.rstrip(" ,;:-–—(#")
    if not _ends_in_words(before) or any(series_key(before) == series_key(known.name) for known in context.series):
        return text
    removed.append(Part(text[len(before) :].strip(_EDGES), PartKind.NUMBER, LIKELY, place=end.sequence))
    return before


def _place_at_end(text: str) -> Place | None:
    """The single place at the end of a text, or None."""
    places = places_in(text)
    if not places or is_range(places[-1].sequence) or fold(places[-1].after):
        return None
    return places[-1]


def _is_set_apart(before: str) -> bool:
    return before.rstrip(" ").endswith((",", "-", "–", ":", "(", "#")) or before.endswith(" ")


def _ends_in_words(text: str) -> bool:
    return bool(text.split()) and text.rsplit(maxsplit=1)[-1].lower() not in JOINING


def _spellings(name: str) -> tuple[str, ...]:
    bare = name.removeprefix("The ").removeprefix("the ")
    return tuple(dict.fromkeys((f"The {bare} Series", f"{bare} Series", f"The {bare}", name, bare)))


def _without_author(text: str, context: Context, removed: list[Part]) -> str:
    """The text without "by" and the author at its end. "Poems by Emily Dickinson" stays."""
    match = _BY.fullmatch(text)
    if not match or not context.is_author(match["name"]):
        return text
    words = fold(match["title"]).split()
    if not words or _GENERIC.issuperset(words) or words[-1] in _GENERIC:
        return text
    removed.append(Part(text[match.end("title") :].strip(), PartKind.PERSON, LIKELY))
    return match["title"]


def _is_the_series(text: str, removed: list[Part], context: Context) -> bool:
    """Whether a number is removed without enough evidence, or only the name of a series is left.

    "Oz, Book 3" is a title by its number, not a polluted "Oz", and "13 - A Novel" begins with its title.
    """
    numbers = [part for part in removed if part.kind is PartKind.NUMBER]
    if not numbers or any(part.kind is PartKind.SERIES for part in removed) or _contains_title(text, context):
        return False
    after = all(part.score <= POSSIBLE or context.names_series(text) for part in numbers)
    return after and (context.names_series(text) or not context.has_place(numbers[0].place)) and not _leads(numbers)


def _leads(numbers: list[Part]) -> bool:
    """Whether a padded number stands before the title."""
    return any(part.text.lstrip("[(#").startswith("0") for part in numbers)
