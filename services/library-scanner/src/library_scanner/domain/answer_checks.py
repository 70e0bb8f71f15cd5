"""How far a bibliography may be trusted: with a provider away, absence proves nothing."""

from dataclasses import dataclass

from shared.contracts.metadata.bibliographies import BibliographyCollected

from library_scanner.domain.ports import Subject


@dataclass(frozen=True, slots=True)
class Soundness:
    """`may_close`: somebody answered, and nobody who told of the subject before is away. `problem`, in words."""

    answered: bool
    may_close: bool
    problem: str | None
    evidence_providers: tuple[str, ...]


def soundness_of(subject: Subject, collected: BibliographyCollected) -> Soundness:
    """Judge a bibliography by who answered and who failed.

    Who failed is named as in the settings ("audible"), who told of a work as in its entries ("AUDIBLE").
    """
    failed = {provider.upper() for provider in collected.failures}
    told = {work.provider for work in collected.works}
    return Soundness(
        answered=bool(collected.answered),
        may_close=bool(collected.answered) and not failed & set(subject.evidence_providers),
        problem=_problem(subject, collected),
        evidence_providers=tuple(sorted(told | set(subject.evidence_providers))),
    )


def _problem(subject: Subject, collected: BibliographyCollected) -> str | None:
    if not collected.failures:
        return None if collected.answered else f"{subject.name}: no provider answered"
    whom = "; ".join(f"{provider}: {why}" for provider, why in sorted(collected.failures.items()))
    return f"{subject.name}: not all providers could be asked ({whom})"
