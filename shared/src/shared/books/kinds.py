"""Kinds of publication that share a work's title but are not that work: told by the words that sellers use.

The table is its own test: every row's example must read as its kind. Source: titles of Audible, Goodreads and
publishers' catalogues.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.books.languages import translated_edition
from shared.books.titles import LONGEST_TITLE


class Kind(StrEnum):
    """What a publication is when it is not simply the work."""

    SUMMARY = "summary"
    COMPANION = "companion"
    COLLECTION = "collection"
    DRAMATIZED = "dramatized"
    TRANSLATION = "translation"
    PART = "part"
    SAMPLE = "sample"
    ADAPTATION = "adaptation"
    ABRIDGED = "abridged"


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that give a kind away, with an example."""

    kind: Kind
    pattern: str
    example: str


_NUMBERED = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
SIGNS = (
    Sign(Kind.SUMMARY, r"\bsummary\b(?: (?:and|&) \w+)* (?:of|:)|\bsummary(?: (?:and|&) analysis)?\W*$|: a summary",
         "Summary of Ozma of Oz by L. Frank Baum"),
    Sign(Kind.SUMMARY, r"\b(?:study|reading|reader'?s|teacher'?s|readers) guide\b|\bguide to .{1,60} by \w",
         "Ozma of Oz: A Study Guide"),
    Sign(Kind.SUMMARY, r"\bconversation starters\b|\bkey takeaways\b|\bcliffs ?notes\b|\bspark ?notes\b|\bbook review\b",
         "Ozma of Oz: Conversation Starters"),
    Sign(Kind.SUMMARY, r"\b(?:analysis|trivia|quiz|workbook|lesson plans?|in \d+ minutes)\b(?: (?:of|for|on|:)|\W*$)",
         "Analysis of Ozma of Oz"),
    Sign(Kind.COMPANION, r"\b(?:companion|encyclop(?:a|ae|æ)?edia|handbook|lexicon|atlas|concordance|cookbook|colou?ring book"
         r"|calendar|poster|sticker|notebook|sheet music|songbook|unofficial|unauthori[sz]ed|cook ?book|trivia book)\b",
         "The Oz Companion"),
    Sign(Kind.COMPANION, r"\b(?:the making of|the art of|the world of|behind the scenes|the science of|visual (?:guide|dictionary)"
         r"|(?:illustrated|official|ultimate|essential|complete) (?:\w+ )?guide)\b", "The World of Oz"),
    Sign(Kind.COLLECTION, r"\b(?:box(?:ed)? ?-?set|boxset|omnibus|slipcase|gift set|bundle)\b", "Oz Boxed Set"),
    Sign(Kind.COLLECTION, r"\b(?:books?|bks?|vols?|volumes?|parts)\.? ?#?\d+(?:\.\d)? ?(?:-|–|—|to|through|thru|&|and) ?#?\d+",
         "Oz, Books 1-3"),
    Sign(Kind.COLLECTION, rf"\b{_NUMBERED}[- ]?(?:book|novel|volume)s? ?(?:set|collection|bundle|box|pack)\b"
         rf"|\b{_NUMBERED}[- ]?in[- ]?(?:one|1)\b|\b{_NUMBERED} (?:complete )?novels\b|\bset of \d+ books\b", "3-in-1: Oz"),
    Sign(Kind.COLLECTION, r"\bcomplete (?:\w+ ){0,3}(?:series|collection|set|trilogy|box|novels|saga|cycle|quartet|chronicles|works)\b"
         r"|\b(?:trilogy|series|saga|quartet|duology|value) (?:set|collection|bundle|box|pack)\b|\bcollection set\b",
         "The Complete Oz Collection"),
    Sign(Kind.COLLECTION, r"\S / \S|\bcollection[,:]? (?:books? )?\d+ ?- ?\d+", "Ozma of Oz / Dorothy and the Wizard"),
    Sign(Kind.DRAMATIZED, r"\bdramati[sz](?:ed|ation)\b|\bgraphic ?audio\b|\b(?:bbc )?radio (?:\d )?(?:play|drama|full[- ]cast|4 )"
         r"|\bfull[- ]cast (?:drama|audio drama)|\ba movie in your mind\b|\baudio drama\b|\bhörspiel\b",
         "Ozma of Oz [Dramatized Adaptation]"),
    Sign(Kind.PART, r"[\[(,:-] ?(?:part|disc|cd|pt\.?) ?\d{1,2}(?: ?(?:of|/) ?\d{1,2})?\)?\]?|\(\d{1,2} of \d{1,2}\)|\bpart (?:one|two|three|1|2|3|i|ii|iii)\b",
         "Ozma of Oz (1 of 2)"),
    Sign(Kind.SAMPLE, r"\b(?:sampler|sneak peek|excerpt|free preview|extended preview|chapter one of|teaser)\b",
         "Ozma of Oz: Free Preview"),
    Sign(Kind.ADAPTATION, r"\b(?:graphic novel|manga|comics?|screenplay|film script|the movie|photo ?novel|storybook|junior novel"
         r"|picture book|movie novelization|retold|adapted (?:by|for)|for (?:kids|children|young readers)|young readers(?:'|’)? edition"
         r"|play script|the musical|libretto)\b", "Ozma of Oz: The Graphic Novel"),
    Sign(Kind.ABRIDGED, r"(?<!un)\babridged\b|\bcondensed\b|\bgekürzte\b", "Ozma of Oz (Abridged)"),
)  # fmt: skip
_EACH = tuple((sign.kind, re.compile(sign.pattern, re.IGNORECASE)) for sign in SIGNS)
_MAY_TRANSLATE = re.compile(
    r"edi[tcz]|version|translat|ausgabe|uitgave|kürzt|hörbuch|intégrale|audiolibro|luister", re.IGNORECASE
)


def kinds_of(*texts: str | None) -> dict[Kind, str]:
    """Each kind the texts (title, subtitle) give away, with the words that did; empty for a plain work."""
    found: dict[Kind, str] = {}
    for text in texts:
        if text:
            found = {**_in_one(text[:LONGEST_TITLE]), **found}
    return found


def _in_one(text: str) -> dict[Kind, str]:
    found: dict[Kind, str] = {}
    for kind, pattern in _EACH:
        match = None if kind in found else pattern.search(text)
        if match:
            found[kind] = match[0].strip(" ,:([-")
    language = translated_edition(text) if _MAY_TRANSLATE.search(text) else None
    if language and language != "en":
        found[Kind.TRANSLATION] = language
    return found
