"""The phrases with which catalogues, trackers and folders mark the kind of a book, as data.

Sources: the title conventions of the Goodreads, Open Library and Audible catalogues, the publishers' series of study
aids (named in the lines below), and the names that booksellers give to box sets and split editions. Every line has an
example that it must match and one that it must not match; a test checks the whole table.
"""

import re
from enum import StrEnum

from shared.books.records import record
from shared.books.text.place_words import RANGE
from shared.books.text.word_table import any_of


class WorkKind(StrEnum):
    """What a catalogue entry is. Only novels, and by policy novellas and collections, can be missing."""

    NOVEL = "novel"
    NOVELLA = "novella"
    COLLECTION = "collection"
    ANTHOLOGY = "anthology"
    BOX_SET = "box_set"
    SPLIT_VOLUME = "split_volume"
    COMPANION = "companion"
    SUMMARY = "summary"
    TRANSLATION = "translation"
    DRAMATIZED = "dramatized"
    EXCERPT = "excerpt"


@record
class KindPhrase:
    """One phrase. `sure` is False if a novel may have it in its title too; then a place in a series outweighs it."""

    kind: WorkKind
    pattern: re.Pattern[str]
    example: str
    counterexample: str
    sure: bool = True


def _phrase(kind: WorkKind, pattern: str, example: str, counterexample: str, *, sure: bool = True) -> KindPhrase:
    return KindPhrase(kind, re.compile(pattern, re.IGNORECASE), example, counterexample, sure)


_K = WorkKind
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
_NO_PLACE = r"(?!\W*(?:books?|bk|vol\w*|part|no)?\W*(?:\d{1,2}|one|two|three|four|five|i{1,3}|iv|v)\b)"
"""No place in the series follows. If one did, the words before it would name the series and not all of its books."""
_LANGUAGES = (
    r"(?:german|french|spanish|italian|dutch|portuguese|polish|russian|swedish|danish|norwegian|finnish|turkish|czech"
    r"|hungarian|greek|romanian|japanese|chinese|korean|arabic|hebrew|catalan|welsh|bulgarian|ukrainian|hindi)"
)

KIND_PHRASES: tuple[KindPhrase, ...] = (
    # Summaries and study aids: SuperSummary, Blinkist, BookHabits, dailyBooks, SparkNotes, CliffsNotes, Instaread.
    _phrase(_K.SUMMARY, r"^(?:a )?(?:quick |executive )?summary\b", "Summary of Dracula", "The Summary Judgment"),
    _phrase(_K.SUMMARY, r"\bsummary (?:of|and|&)|\bsummary$", "Dracula: Summary & Analysis", "A Summary Execution"),
    _phrase(_K.SUMMARY, r"\bstudy guide\b", "Dracula: Study Guide", "A Study in Scarlet"),
    _phrase(_K.SUMMARY, r"\bconversation starters\b", "Emma: Conversation Starters", "The Conversation"),
    _phrase(
        _K.SUMMARY, r"\b(?:spark|cliffs?|monarch|york|pink monkey) ?notes\b", "SparkNotes: Emma", "Notes on a Scandal"
    ),
    _phrase(
        _K.SUMMARY,
        r"\b(?:supersummary|blinkist|instaread|bookhabits|dailybooks|shmoop|getabstract|bookrags)\b",
        "SuperSummary - Emma",
        "Super Emma",
    ),
    _phrase(
        _K.SUMMARY,
        r"\b(?:chapter[- ]by[- ]chapter|book) (?:summary|analysis)\b|\bkey takeaways\b",
        "Emma: Key Takeaways",
        "The Book of Analysis",
    ),
    _phrase(
        _K.SUMMARY,
        r"\b(?:teacher'?s?|teaching|lesson|literature|novel) (?:guide|plans?|companion|unit)\b",
        "Emma: A Teacher's Guide",
        "The Teacher",
    ),
    _phrase(_K.SUMMARY, r"\btrivia(?:[- ]on[- ]books)?\b|\bquiz book\b|\bworkbook\b", "Oz Trivia", "Trivial Pursuits"),
    _phrase(
        _K.SUMMARY,
        r"\btext and criticism\b|\bcompendios vosgos\b|\bcritical (?:insights|companion)\b",
        "Emma: Text and Criticism",
        "A Criticism",
    ),
    # Companions: books about the books.
    _phrase(
        _K.COMPANION,
        r"\b(?:official|unofficial|unauthori[sz]ed|ultimate|illustrated|reader'?s|essential|complete"
        r"|visual|pocket|insider'?s|fan'?s)(?: \w+)? (?:companion|handbook|encyclop(?:a)?edia|guidebook)\b",
        "Oz: The Official Companion",
        "The Companion of His Travels",
    ),
    _phrase(
        _K.COMPANION,
        r"\breader'?s (?:guide|companion)\b|: the (?:complete|official|essential|ultimate) guide$",
        "Oz: The Complete Guide",
        "The Complete Guide to Bees",
    ),
    _phrase(
        _K.COMPANION,
        r"\b(?:encyclop(?:a)?edia|companion|handbook|lexicon|concordance|atlas|almanac|scrapbook)$",
        "The Oz Encyclopedia",
        "Encyclopedia Jones Takes the Case",
        sure=False,
    ),
    _phrase(
        _K.COMPANION,
        r"\b(?:guide|companion|introduction|key) to (?:the )?(?:world|series|novels|works|universe|books)\b",
        "A Guide to the World of Oz",
        "A Guide to the Birds",
    ),
    _phrase(_K.COMPANION, r"\bguide\)|\bnovels?: a (?:reader'?s )?guide\b", "Oz Heroes (An Oz Guide)", "The Guide"),
    _phrase(_K.COMPANION, r"\b(?:unofficial|unauthori[sz]ed)\b", "The Unofficial Oz Cookbook", "The Official"),
    _phrase(
        _K.COMPANION,
        r"\b(?:making|filming|art|science|philosophy|psychology|physics|magic) of "
        r"(?:the )?.*\b(?:film|movie|classic|series|saga|trilogy)\b",
        "The Making of the Oz Film",
        "The Art of Murder",
    ),
    _phrase(
        _K.COMPANION,
        r"\b(?:shooting script|screenplay|movie diary|film diary|official script|movie storybook"
        r"|colou?ring book|sticker book|activity book|poster book|do[- ]it[- ]yourself book|official cookbook)\b",
        "Oz: The Shooting Script",
        "The Script",
    ),
    _phrase(
        _K.COMPANION, r"\b(?:manga|graphic novel|comic)\b(?=[\s,#0-9:)\]-]|$)", "Oz Manga, Vol. 1", "The Mangalore Road"
    ),
    _phrase(_K.COMPANION, r"^the world of .+: ", "The World of Oz: The Land and Its People", "The World of Late"),
    # Dramatized versions.
    _phrase(_K.DRAMATIZED, r"\bdrama(?:ti[sz])(?:ed|ation)\b", "Emma [Dramatized Adaptation]", "The Dramatist"),
    _phrase(_K.DRAMATIZED, r"\bgraphic ?audio\b", "Emma [GraphicAudio]", "A Graphic Account"),
    _phrase(
        _K.DRAMATIZED,
        r"\b(?:radio|audio) (?:drama|play|theat(?:re|er))\b|\bfull[- ]cast (?:audio )?(?:drama(?:ti[sz]ation)?"
        r"|adaptation|edition|production|recording|performance|version)\b",
        "Emma (BBC Radio Drama); Emma (Full-Cast Edition)",
        "Radio Silence; Emma, read by a full cast",
    ),
    _phrase(
        _K.DRAMATIZED, r"\bbbc (?:radio|full[- ]cast)\b|\bh(?:ö|oe?)rspiel\b", "Emma: BBC Radio 4", "The Radio Man"
    ),
    # Translations, as catalogues mark them.
    _phrase(
        _K.TRANSLATION, rf"[\[(]{_LANGUAGES}(?: language)? edition[\])]", "Emma [German Edition]", "The German Boy"
    ),
    _phrase(
        _K.TRANSLATION,
        r"[\[(](?:edici[oó]n (?:en )?espa[nñ]ol(?:a)?|[eé]dition fran[cç]aise|deutsche ausgabe"
        r"|edizione italiana|nederlandse editie|edi[cç][aã]o portuguesa)[\])]",
        "Emma (Deutsche Ausgabe)",
        "Deutsch",
    ),
    # Excerpts.
    _phrase(
        _K.EXCERPT,
        r"\b(?:excerpt|sampler|sneak peek|preview)s?\b(?: from| of|:|$|\)|\])|\bbonus chapters?\b|\bdeleted scenes?\b",
        "Emma: A Sampler",
        "The Sampler's Daughter",
    ),
    # Volumes holding several works.
    _phrase(
        _K.BOX_SET,
        r"\bbox(?:ed)?[ -]?sets?\b|\b(?:gift|slipcase|slipcased|paperback) (?:box|set)\b",
        "Oz Boxed Set",
        "The Box",
    ),
    _phrase(_K.BOX_SET, r"\bomnibus\b", "The Oz Omnibus", "The Bus"),
    _phrase(
        _K.BOX_SET,
        rf"\b(?:books?|bks?|volumes?|vols?\.?|novels|parts) ?#?{RANGE}",
        "Oz, Books 1-3",
        "Book 1 - Oz",
    ),
    _phrase(
        _K.BOX_SET,
        rf"\b{_COUNT} (?:complete |great |bestselling |best-selling |classic )(?:novels|books|stories|volumes)\b",
        "Three Complete Novels: Emma / Persuasion",
        "Three Great Lies",
    ),
    _phrase(
        _K.BOX_SET,
        rf"\b{_COUNT}[- ](?:book|copy|volume|novel)s? (?:boxed |box |complete )?"
        rf"(?:set|bundle|collection|box|omnibus)\b|\({_COUNT} volumes\)",
        "Oz: 4-Book Bundle",
        "Four Book Lovers",
    ),
    _phrase(
        _K.BOX_SET,
        r"\b(?:value|complete|ultimate|audio(?:book)?|trilogy|series|saga|ebook) (?:collection|bundle)\b",
        "Oz Complete Collection",
        "The Collection",
    ),
    _phrase(
        _K.BOX_SET,
        r"\bcomplete (?:series|set|trilogy|saga|novels|chronicles|quartet|works|box|cycle)\b",
        "The Complete Oz Novels; Oz Complete Series",
        "A Complete Stranger",
    ),
    _phrase(
        _K.BOX_SET,
        r"\btrilogy collector'?s edition\b|\b\d[- ]in[- ](?:1|one)\b|\b\d (?:books|novels) in (?:1|one)\b"
        r"|\b(?:books|volumes|vols\.?) \d{1,2}, ?\d{1,2}(?:, ?\d{1,2})*,? ?(?:&|and) ?\d{1,2}\b"
        r"|\bduology\b.*\bbundle\b|\bbundle$",
        "Oz Trilogy Collector's Edition",
        "A Bundle of Sticks",
    ),
    _phrase(_K.BOX_SET, r"\S / \S.* / \S|\S ?; \S[^;]+; \S", "Emma / Persuasion / Sanditon", "Emma / Sanditon"),
    _phrase(
        _K.BOX_SET,
        rf"\b(?:trilogy|tetralogy|quartet|quintet|duology|pentalogy)(?=\s*$|\s*[\[(]{_NO_PLACE}|: .+/)"
        rf"|^[^-–—]*\b(?:trilogy|tetralogy|quartet|quintet|duology|pentalogy)(?=\s[-–—]\s{_NO_PLACE}|,? by\b)",
        "The Oz Trilogy - L. Frank Baum",
        "Trilogy of Terror in Oz; Ozma (The Oz Trilogy 3); Oz Trilogy - 03 - Ozma",
        sure=False,
    ),
    _phrase(
        _K.BOX_SET,
        rf"(?<!^a )(?<!^the )(?<!^)\bcollection\b(?=$|:| \d|\s*[\[(]{_NO_PLACE}|\s[-–—]\s{_NO_PLACE}|,? by\b)"
        r"|^collected (?:novels|works)\b|\bcollected essays: .+/",
        "The Oz Collection",
        "The Collection Agent",
        sure=False,
    ),
    _phrase(_K.BOX_SET, r"^[^:/]*[^\s/:] / [^\s/:][^/:]*$", "The Brethren / The Summons", "Black/White", sure=False),
    # One work split into parts.
    _phrase(_K.SPLIT_VOLUME, r"[\[(]\d{1,2} of \d{1,2}[\])]", "Emma (1 of 2)", "One of Us"),
    _phrase(
        _K.SPLIT_VOLUME,
        r"(?:[,:(\[]|\s-)\s*(?:part|pt\.?|disc|disk|cd) (?:\d{1,2}|one|two|three|four|i{1,3}|iv)\b"
        r"(?=$|[)\]:,]| of\b)|\w part \d{1,2}(?=$|:)"
        rf"|\b(?:vol(?:ume)?|book|disc|disk|cd)\.? (?:{_COUNT}|one|i{{1,3}}|iv) of (?:{_COUNT}|i{{1,3}}|iv)\b(?! the)",
        "Emma, Part 1",
        "Part of the Story",
    ),
    # Shorter work.
    _phrase(
        _K.NOVELLA,
        r"(?:[:(\[,]|\s[-–—])\s*(?:an? |the )?(?:[\w'’.]+ ){0,4}(?:novella|novelette|short story|short read"
        r"|kindle single)s?\b(?=\s*(?:$|[)\]]))",
        "The Cold Lamp: An Oz Novella",
        "The Novella Club; Emma: A Novel",
        sure=False,
    ),
    # Collections of shorter works, and anthologies by several authors.
    _phrase(
        _K.COLLECTION,
        r"\b(?:and|&) other (?:\w+ )?(?:stories|tales|essays|writings|poems|plays)\b",
        "The Dead and Other Stories",
        "Other Stories",
        sure=False,
    ),
    _phrase(
        _K.COLLECTION,
        r"\b(?:collected|complete|selected|short|complete short|collected short|ghost|new) "
        r"(?:stories|tales|essays|poems|plays|letters|works|shorter fiction|fiction|nonfiction)\b",
        "Collected Stories",
        "Collected Evidence",
        sure=False,
    ),
    _phrase(
        _K.COLLECTION,
        r": (?:\w+ )?(?:stories|tales|essays|poems|letters|plays|novellas)\b(?: of| and| from|$|:)",
        "Nightfall: Stories",
        "Tales of the City",
        sure=False,
    ),
    _phrase(
        _K.COLLECTION,
        r"^(?:\w+[- ])?(?:\w+ )?(?:stories|essays|poems|letters)$",
        "Twenty-One Stories",
        "The Story",
        sure=False,
    ),
    _phrase(
        _K.COLLECTION,
        r": (?:a|an|the) (?:\w+ )?(?:treasury|miscellany)\b|^(?:a|the) (?:\w+ )?(?:treasury|miscellany) of\b",
        "The Emerald City: A Treasury",
        "The Treasury Agent",
        sure=False,
    ),
    _phrase(
        _K.ANTHOLOGY,
        r"\banthology\b|\bessential readings\b"
        r"|\bbest (?:american|british|young) (?:short stories|writers|mystery|essays)\b",
        "Midwinter: An Anthology",
        "The Anthologist",
    ),
)

_LITERAL_SIGNS = (
    "summ|guide|conversation|notes|supers|blink|insta|habit|daily|shmoop|abstract|bookrags|analysis|takeaway|lesson|teach"
    "|unit|plans|trivia|quiz|workb|critic|compend|companion|handbook|cyclop|lexicon|concord|atlas|almanac|scrap|unoff"
    "|unauth|introd|key to|making|filming|art of|science|philos|psych|physics|magic of|script|diary|screen|storybook"
    "|sticker|color|colour|activity|poster|yourself|cook|manga|graphic|comic|the world of|drama|audio|radio|rspiel|bbc"
    "|edi|édi|ausgabe|excerpt|sampl|peek|preview|bonus|deleted|box| set|slip|omni|complete|great|classic|best|bundle"
    "|collect|logy|quartet|quintet|full|saga|/|;|part| pt|tales|stories|essay|poem|plays|letters|writ|works|fiction"
    "|novel|antho|disc|disk|cd |vol|short|single"
    "|readings|treasury|miscellany"
).split("|")
_SIGN = re.compile(any_of(_LITERAL_SIGNS))
_DIGIT = re.compile(r"\d")
_NUMBER_SIGN = re.compile(r"\d ?(?:[-–—&]|to |through|and )\s?#?\d|\d[- ]in[- ]|\d volumes|of \d")


def may_indicate_kind(title: str) -> bool:
    """A fast filter: a title for which it is False matches no phrase of the table."""
    lowered = title.lower()
    if _SIGN.search(lowered):
        return True
    return _DIGIT.search(lowered) is not None and _NUMBER_SIGN.search(lowered) is not None
