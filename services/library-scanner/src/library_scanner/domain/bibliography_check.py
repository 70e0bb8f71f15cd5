"""How far a bibliography can be trusted. While a provider is unavailable, a missing entry proves nothing."""

from dataclasses import dataclass

from shared.contracts.metadata.bibliographies import BibliographyCollected
from shared.contracts.translatable import with_code
from shared.translatable import about, all_of, translatable

from library_scanner.domain.ports import Subject


@dataclass(frozen=True, slots=True)
class BibliographyCheck:
    """The check of one bibliography.

    `may_close`: a provider answered, and none that gave evidence for the subject before has failed. `problem` is a text
    for a person.
    """

    answered: bool
    may_close: bool
    problem: str | None
    evidence_providers: tuple[str, ...]


def check_bibliography(subject: Subject, collected: BibliographyCollected) -> BibliographyCheck:
    """Check a bibliography by the providers that answered and those that failed.

    Failures have the provider names of the settings ("audible"), works have those of the entries ("AUDIBLE").
    """
    failed = {provider.upper() for provider in collected.failures}
    listed_by = {work.provider for work in collected.works}
    return BibliographyCheck(
        answered=bool(collected.answered),
        may_close=bool(collected.answered) and not failed & set(subject.evidence_providers),
        problem=_problem(subject, collected),
        evidence_providers=tuple(sorted(listed_by | set(subject.evidence_providers))),
    )


def _problem(subject: Subject, collected: BibliographyCollected) -> str | None:
    if not collected.failures:
        nobody = translatable("run.no_provider", "no provider answered")
        return None if collected.answered else about(subject.name, nobody)
    failures = all_of(
        [
            about(provider, with_code(why, collected.translatable.get(provider)))
            for provider, why in sorted(collected.failures.items())
        ]
    )
    words = translatable("run.providers_failed", f"some providers failed ({failures})", failures=failures)
    return about(subject.name, words)
