"""Checks the languages of books: missing ones, and those that texts or editions contradict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from shared.books.text.language_of_text import TextLanguage, language_of_text
from shared.books.text.languages import language_code, language_name, script_language, translated_edition
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.translatable import with_code
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found, Repair, repair
from library_scanner.domain.checks.group import Group

_ONE_SCRIPT = ({"ru", "uk", "bg", "sr"}, {"zh", "ja"}, {"ar", "fa"})
"""Languages that share a script: the letters do not tell one from the other."""
_NOT_A_LANGUAGE = frozenset({"", "und", "unknown", "n a", "na", "none", "null", "undefined", "xx", "zxx", "mul"})
_IDENTIFIED, _NAMED, _DESCRIBED, _TITLED, _TITLED_SHORTLY = 0.97, 0.9, 0.9, 0.8, 0.75
"""How sure a language is by the edition of the book, the name of an edition in the title, the description (a person may
describe a book in another language than that of its recording), a long title and a short one."""
_SURER_THAN_EVER = 0.99
_EDITION_ALONE = 0.82
"""The same for the edition alone if the book has another language: the ASIN may be that of another edition."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """What one source says about the language of a book."""

    code: str
    score: float
    reason: Reason


def check_languages(group: Group) -> Iterator[Found]:
    """Books without a language, and those whose texts or edition are in another one."""
    for book in group.books:
        code = language_code(book.language)
        editions = group.editions.get(book.id, ())
        if not book.language or (code is None and book.language.strip().casefold() in _NOT_A_LANGUAGE):
            signs = _signs(book, editions)
            yield Found(
                FindingKind.NO_LANGUAGE,
                (book.id,),
                translatable("finding.no_language", f"“{book.title}” has no language", title=book.title),
                (book.language or "",),
                tuple(sign.reason for sign in signs),
                repairs=_language_found(book, editions, signs),
            )
            continue
        reasons = _contradictions(book, editions, code)
        if reasons:
            yield Found(
                FindingKind.WRONG_LANGUAGE,
                (book.id,),
                _contradicted(book.title, book.language, reasons[0]),
                (book.language, *(reason.words for reason in reasons)),
                tuple(reasons),
                repairs=_language_found(book, editions, _signs(book, editions), against=code),
            )


def _signs(book: Book, editions: Sequence[KnownEdition]) -> list[_Sign]:
    """What the edition of the book, its title and its description say about its language."""
    signs = []
    for each in editions:
        code = language_code(each.language)
        if each.identified and code:
            provider, number, language = each.provider, each.id, each.language
            words = f"{provider} lists this edition ({number}) in “{language}”"
            words = translatable("finding.listed_in", words, provider=provider, id=number, language=language)
            signs.append(_Sign(code, _IDENTIFIED, Reason.of("provider", words, _IDENTIFIED)))
    title = " ".join((book.title, book.subtitle or ""))
    named = translated_edition(title)
    if named:
        words = translatable("finding.edition_in", f"the title names an edition in “{named}”", language=named)
        signs.append(_Sign(named, _NAMED, Reason.of("edition", words, _NAMED)))
    described = _known(language_of_text(book.description))
    if described and described.sure:
        signs.append(_sign_of("description", described, _DESCRIBED))
    titled = _known(language_of_text(title))
    if titled:
        signs.append(_sign_of("title", titled, _TITLED if titled.sure else _TITLED_SHORTLY))
    return signs


def _language_found(
    book: Book, editions: Sequence[KnownEdition], signs: Sequence[_Sign], *, against: str | None = None
) -> tuple[Repair, ...]:
    """The language on which all signs agree, unless providers list recordings in other languages only.

    `against` is the language that the book has. Then a text alone is not enough, and the edition alone less sure.
    """
    codes = {sign.code for sign in signs}
    name = language_name(next(iter(codes))) if len(codes) == 1 else None
    listed = {code for each in editions if (code := language_code(each.language))}
    if not name or against in codes or (listed and listed.isdisjoint(codes)):
        return ()
    scores = {sign.reason.rule: sign.score for sign in signs}
    score = min(1 - prod(1 - each for each in scores.values()), _SURER_THAN_EVER)
    if against and len(scores) == 1:
        if signs[0].reason.rule != "provider":
            return ()
        score = _EDITION_ALONE
    return repair(book, "language", name, "language_found", score, *(sign.reason for sign in signs))


def _contradictions(book: Book, editions: Sequence[KnownEdition], code: str | None) -> list[Reason]:
    if code is None:
        words = translatable("finding.not_a_language", f"“{book.language}” is no language", language=book.language)
        return [Reason.of("no language", words, 0.9)]
    reasons = []
    script = script_language(book.title)
    if script and script != code and not any({script, code} <= each for each in _ONE_SCRIPT):
        words = f"the title is written in the script of “{script}”"
        reasons.append(Reason.of("script", translatable("finding.script", words, language=script), 0.9))
    signs = _signs(book, editions)
    confirmed = {sign.reason.rule for sign in signs if sign.code == code}
    for sign in signs:
        rule = sign.reason.rule
        if sign.code != code and (rule in ("provider", "edition") or (rule == "description" and not confirmed)):
            reasons.append(sign.reason)
    return reasons


def _contradicted(title: str, language: str, reason: Reason) -> str:
    why = with_code(reason.words, reason.translatable.get("words"))
    words = f"the language of “{title}” is “{language}”, but {why}"
    return translatable("finding.wrong_language", words, title=title, language=language, why=why)


def _sign_of(source: str, found: TextLanguage, score: float) -> _Sign:
    shown = ", ".join(f"“{word}”" for word in found.words)
    language = language_name(found.code)
    words = f"the {source} is in {language}: it has {shown}"
    words = translatable("finding.language_of_text", words, text=source, language=language, words=shown)
    return _Sign(found.code, score, Reason.of(source, words, score))


def _known(found: TextLanguage | None) -> TextLanguage | None:
    """The language of a text if it is one that books are given."""
    return found if found and language_name(found.code) else None
