"""How far a bibliography can be trusted. While a provider is unavailable, a missing entry proves nothing."""

from dataclasses import dataclass

from shared.contracts.metadata.bibliographies import BibliographyCollected

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
        return None if collected.answered else f"{subject.name}: no provider answered"
    failures = "; ".join(f"{provider}: {why}" for provider, why in sorted(collected.failures.items()))
    return f"{subject.name}: some providers failed ({failures})"
