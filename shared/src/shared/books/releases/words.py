"""Words for the format and the language in release names, as data.

Sources: Prowlarr's MyAnonamouse indexer ("Title by Author [ENG / M4B]"), scene naming rules for audiobooks and
e-books, and the words for an audiobook in other languages.
"""

AUDIO_FORMATS = frozenset({"m4b", "m4a", "mp3", "flac", "aac", "ogg", "opus", "wma", "aax", "aaxc", "alac", "wav"})
BOOK_FORMATS = frozenset(
    {"epub", "mobi", "azw", "azw3", "kf8", "pdf", "cbz", "cbr", "djvu", "lit", "fb2", "rtf", "docx", "txt"}
)
BOOK_WORDS = frozenset({"ebook", "ebooks", "kindle"})

AUDIOBOOK_IN_LANGUAGE: dict[str, str] = {
    "horbuch": "de", "hoerbuch": "de", "ungekurzt": "de", "ungekurzte": "de", "gelesen von": "de",
    "livre audio": "fr", "lu par": "fr", "audiolibro": "es", "audiolibros": "es", "leido por": "es",
    "audiolibro italiano": "it", "letto da": "it", "luisterboek": "nl", "voorgelezen door": "nl",
    "ljudbok": "sv", "lydbok": "no", "lydbog": "da", "aanikirja": "fi", "audiolivro": "pt", "sluchowisko": "pl",
    "audioknjiga": "hr", "audiokniha": "cs", "hangoskonyv": "hu", "sesli kitap": "tr", "audioknyga": "uk",
}  # fmt: skip
"""Folded words for an audiobook, each with the two-letter code of its language."""

_HARMLESS = (
    "a an the of in by and with novel novella audiobook audiobooks audio book books unabridged unabr nmr retail "
    "complete edition version series saga trilogy cycle chronicles litrpg gamelit fantasy scifi sci fi fiction "
    "thriller mystery romance adventure story read narrated narrator chapterized chaptered kbps kbit khz vbr cbr abr "
    "hq hd kb mb gb english eng en"
)
HARMLESS_WORDS = frozenset(_HARMLESS.split())
"""Words around a title that do not make it another book."""

JOINING_WORDS = frozenset({"of", "and", "in", "to", "for", "from", "with", "at", "on", "s"})
"""Words that make a known title after them the end of a longer title: "Sons of Grey" is not "Grey"."""

SUBTITLE_OPENERS = frozenset({"a", "an", "how", "why", "what"})
"""Words that begin a subtitle, if the separator before it is missing."""
