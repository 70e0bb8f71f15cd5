"""Titles made of a known name and other words: "The Oz Cookbook", "The Complete Oz", "Three Novels by Baum".

The other words alone prove nothing: "The Atlas Paradox" is a novel. Together with the name of a series, a work or an
author of the same catalogue, they mark a companion, a box set or a story. Sources: the title conventions of the
Goodreads, Open Library and Audible catalogues.
"""

import re
from collections.abc import Iterable

from shared.books.records import record
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.titles import fold, without_article

SHORTEST_NAME = 4
"""The fewest letters of a name that is searched for within titles."""


@record
class AboutPhrase:
    """A kind and the pattern of its folded titles, in which "~" is the known name; with an example."""

    kind: WorkKind
    pattern: re.Pattern[str]
    example: str


def _about(kind: WorkKind, pattern: str, example: str) -> AboutPhrase:
    return AboutPhrase(kind, re.compile(pattern), example)


_QUALIFIERS = (
    r"(?:the |an? )?(?:(?:official|unofficial|unauthorized|unauthorised|authorized|ultimate|complete|essential"
    r"|definitive|illustrated|visual|pocket|little|big|new|original|fans?|readers|insiders) ){0,4}"
)
_ABOUT_BOOK = (
    r"(?:companion|encyclop(?:a)?edia|cook ?book|recipe book|journal|notebook|planner|calendar|handbook|guide ?book"
    r"|guide|atlas|bestiary|lexicon|dictionary|concordance|almanac|sourcebook|scrapbook|sketchbook|art ?book|quiz ?book"
    r"|trivia|colou?ring book|sticker book|activity book|poster book|puzzle book|gift book|pop up book|bookmark"
    r"|postcards|tarot|card game|board game|role ?playing game|rpg|faq|film diary|movie diary|storybook|movie guide"
    r"|phrase ?book|playing cards?|paper dolls?|card set|script ?book|postcard book|chronology|fan ?book"
    r"|reading group|readers guide|study guide)s?"
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
_ALL = r"(?:novels|books|stories|tales|series|saga|chronicles|works|collection|omnibus|trilogy|quartet|cycle|mysteries)"
_K = WorkKind
ABOUT_PHRASES: tuple[AboutPhrase, ...] = (
    _about(_K.COMPANION, rf"{_QUALIFIERS}~ (?:\w+ ){{0,2}}{_ABOUT_BOOK}(?: .*)?", "The Official Oz Cookbook"),
    _about(_K.COMPANION, rf"~ (?:\w+ ){{0,4}}{_ABOUT_BOOK}(?: .*)?", "Oz: A Guided Journal"),
    _about(
        _K.COMPANION,
        rf"(?:\w+ ){{1,3}}~ (?:an? |the )?(?:\w+ )?{_ABOUT_BOOK}|~ (?:diary|wall diary|advent calendar) \d{{4}}"
        r"|cooking (?:with|from) ~(?: .*)?",
        "The Secrets of Oz: An Illustrated Guide",
    ),
    _about(
        _K.COMPANION,
        r"(?:the )?(?:world|art|music|language|people|creatures|science|philosophy"
        r"|psychology|physics|making|filming|wit and wisdom|geography|maps"
        r"|recipes|quotable|films|theology) of (?:the )?(?:world of )?~(?: .*)?",
        "The Art of Oz",
    ),
    _about(
        _K.COMPANION,
        r"(?:inside|exploring|understanding|reading|discovering|decoding|unlocking|whos who in|behind the scenes of"
        r"|critical essays on|essays on|conversations with|notes on|studies in|approaches to teaching|beyond"
        r"|(?:discussion )?questions for|discussion questions on|analysis of|(?:\w+ )?bibliography of"
        r"|in search of)"
        r" (?:the )?(?:world of )?~(?: .*)?",
        "Who's Who in Oz",
    ),
    _about(
        _K.COMPANION,
        rf"{_QUALIFIERS}(?:\w+ ){{0,2}}(?:guide|companion|introduction|key|handbook) to (?:the )?"
        r"(?:(?:world|worlds|works|novels|universe|fiction|life) of )?~(?: .*)?",
        "The Unofficial Guide to Oz",
    ),
    _about(
        _K.COMPANION,
        r"~ (?:and (?:his|her|their) (?:world|times|work|works)"
        r"|(?:a |an |the )?(?:\w+ )?(?:biography|bibliography|life|life in letters|casebook|critical study|portrait"
        r"|autobiography|literary life|interviews))",
        "L. Frank Baum: A Biography",
    ),
    _about(
        _K.COMPANION,
        r"(?:the )?(?:selected |collected |complete )?(?:letters|notebooks|journals|diaries|life|biography"
        r"|life and \w+|interviews|poems|poetry|plays|speeches) of ~(?: .*)?",
        "The Letters of L. Frank Baum",
    ),
    _about(
        _K.COMPANION,
        r"~ (?:behind the scenes|the making of|(?:the )?(?:complete |illustrated |official |original )*"
        r"(?:screenplay|shooting script|script|play|stage play|musical|opera|libretto|graphic novel|manga|comic|comics"
        r"|score|soundtrack)|an? (?:stage )?(?:play|musical|opera)(?: in .*)?)(?: .*)?",
        "Ozma of Oz: A Play in Three Acts",
    ),
    _about(
        _K.BOX_SET,
        rf"(?:the )?(?:complete|collected|entire|essential|all the|all of the|all) ~(?: (?:\w+ )?{_ALL})?"
        r"|~ (?:the )?(?:full|whole|entire|complete) (?:series|saga|story|set)|~ duet|~ classics",
        "The Complete Oz",
    ),
    _about(
        _K.BOX_SET,
        r"~ (?:books? |vol(?:ume)?s? |nos? )?\d{1,2} (?:(?:to|through|and) )?\d{1,2}(?: \d{1,2})*(?: and \d{1,2})?"
        r"(?: .*)?",
        "Oz 1-3",
    ),
    _about(
        _K.BOX_SET,
        rf"(?:the )?(?:complete |first |second )?~ (?:\w+ )?(?:starter|value|book|audio)? ?(?:pack|bundle|box ?set"
        rf"|boxed set|omnibus|collection|library|gift set|saga|trilogy|series|cycle|chronicles|quartet"
        rf"|{_COUNT} books? in (?:1|one))"
        r"(?: .*)?",
        "The Oz Starter Pack",
    ),
    _about(
        _K.BOX_SET,
        r"(?:the )?(?:complete |selected |collected |major |early |best |great )*"
        r"(?:works|novels|books|best|greatest hits|fiction|romances) of ~(?: .*)?",
        "The Best of L. Frank Baum",
    ),
    _about(
        _K.BOX_SET,
        rf"{_COUNT} (?:\w+ ){{0,2}}(?:novels|books|works|tales|classics) (?:by|from|of) ~(?: .*)?"
        rf"|~ {_COUNT} (?:\w+ ){{0,2}}(?:novels|books|works|tales|classics)(?: .*)?",
        "Three Novels by L. Frank Baum",
    ),
    _about(_K.BOX_SET, r"(?:an? |the )?~ (?:treasury|reader|miscellany|anthology|megapack)(?: .*)?", "A Baum Treasury"),
    _about(
        _K.COLLECTION,
        r"(?:the )?(?:short |selected |collected |lost |untold )?(?:tales|stories) (?:from|of) (?:the )?(?:world of )?"
        r"~",
        "Tales from Oz",
    ),
    _about(
        _K.EXCERPT,
        r"~ (?:\w+ )?(?:sampler|preview|chapters? \d.*|first chapters?|excerpt.*)",
        "Ozma of Oz: Chapters 1-5",
    ),
    _about(
        _K.NOVELLA,
        r".* an? ~ (?:short story|short|story|novella|novelette|tale|christmas story|prequel)(?: .*)?",
        "The Cold Lamp: An Oz Story",
    ),
)  # fmt: skip


@record
class Names:
    """The folded names of a catalogue's series, works and authors, the longest first, each between two spaces."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Fold the names. Names that are too short are left out, because they could match anywhere."""
        plain = {without_article(fold(name)) for name in names}
        longest_first = sorted((name for name in plain if len(name) >= SHORTEST_NAME), key=lambda name: -len(name))
        return cls(tuple(f" {name} " for name in longest_first))


def kind_around_name(title: str, names: Names) -> tuple[WorkKind, str] | None:
    """The kind of a title by the words around a known name, and that name; None when the words prove nothing."""
    text = fold(title)
    padded = f" {text} "
    for name in names.names:
        if name in padded and name != padded:
            shown = re.sub(r"^(?:the|an?) ~", "~", padded.replace(name, " ~ ").strip())
            for phrase in ABOUT_PHRASES:
                if phrase.pattern.fullmatch(shown):
                    return phrase.kind, name.strip()
    return None
