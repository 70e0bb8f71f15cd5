"""The release must be in a wanted language. A release without a language is assumed to be."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.languages import language_code, script_language
from shared.translatable import translatable

RULE = "language"
_NOT_NAMED = translatable("release.no_language", "no language named")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release that names another language. It is doubtful if it names a wanted language too, but later."""
    named = wanted.wanted.languages or (wanted.wanted.language,)
    codes = tuple(dict.fromkeys(language_code(each) or each.lower() for each in named))
    want = " or ".join(codes)
    if not read.languages:
        script = script_language(read.text)
        if script is not None and script not in codes and script_language(wanted.wanted.book.title) is None:
            return Finding(RULE, Outcome.REJECTED, _in_script(script), want, 0.0)
        return Finding(RULE, Outcome.ACCEPTED, _NOT_NAMED, want, 0.9)
    got = ", ".join(read.languages)
    if all(language in codes for language in read.languages):
        return Finding(RULE, Outcome.ACCEPTED, got, want)
    named_later = read.languages[0] not in codes and any(language in codes for language in read.languages)
    return Finding(RULE, Outcome.DOUBTFUL if named_later else Outcome.REJECTED, got, want, 0.0)


def _in_script(script: str) -> str:
    return translatable("release.script", f"a title in the script of language {script}", language=script)
