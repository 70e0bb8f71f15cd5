"""The release must be in the wanted language; a name that gives none is taken for it."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.languages import language_code, script_language

RULE = "language"


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Rejected when every language given is another; doubtful when the wanted one is among several."""
    code = language_code(wanted.wanted.language) or wanted.wanted.language.lower()
    if not read.languages:
        script = script_language(read.text)
        if script is not None and script != code and script_language(wanted.wanted.book.title) is None:
            return Finding(RULE, Outcome.REJECTED, f"a title in the script of the language {script}", code, 0.0)
        return Finding(RULE, Outcome.ACCEPTED, "no language named", code, 0.9)
    got = ", ".join(read.languages)
    if all(language == code for language in read.languages):
        return Finding(RULE, Outcome.ACCEPTED, got, code)
    outcome = Outcome.DOUBTFUL if code in read.languages and read.languages[0] != code else Outcome.REJECTED
    return Finding(RULE, outcome, got, code, 0.0)
