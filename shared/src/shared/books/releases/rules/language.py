"""The release must be in the wanted language. A release without a language is assumed to be."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.languages import language_code, script_language

RULE = "language"


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release that names another language. It is doubtful if it names the wanted language too, but later."""
    code = language_code(wanted.wanted.language) or wanted.wanted.language.lower()
    if not read.languages:
        script = script_language(read.text)
        if script is not None and script != code and script_language(wanted.wanted.book.title) is None:
            return Finding(RULE, Outcome.REJECTED, f"a title in the script of language {script}", code, 0.0)
        return Finding(RULE, Outcome.ACCEPTED, "no language named", code, 0.9)
    got = ", ".join(read.languages)
    if all(language == code for language in read.languages):
        return Finding(RULE, Outcome.ACCEPTED, got, code)
    outcome = Outcome.DOUBTFUL if code in read.languages and read.languages[0] != code else Outcome.REJECTED
    return Finding(RULE, outcome, got, code, 0.0)
