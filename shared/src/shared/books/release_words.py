"""Words by which release names say their format and language, as data.

Sources: Prowlarr's MyAnonamouse indexer ("Title by Author [ENG / M4B]"), scene naming rules for audiobooks and
e-books, and the words other languages have for an audiobook.
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
"""Folded words for an audiobook, each with its language's two-letter code."""
