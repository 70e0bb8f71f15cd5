"""MyAnonamouse's rules for the account. mam-search decides; this rule states its decision."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.grabs import GrabAssessment
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import with_code

from downloader.domain.limits import GrabContext, key_of

RULE = "standing"


def standing(release: Release, context: GrabContext) -> Finding | None:
    """Rejected for now if the account does not allow the grab; None if the release was not assessed."""
    assessment = context.account.get(key_of(release))
    return None if assessment is None else finding_of(assessment)


def finding_of(assessment: GrabAssessment) -> Finding:
    """The finding of an assessment."""
    outcome = Outcome.ACCEPTED if assessment.allowed else Outcome.REJECTED
    weight = 1.0 if assessment.allowed else 0.0
    found = with_code(assessment.found, assessment.translatable.get("found"))
    needed = with_code(assessment.needed, assessment.translatable.get("needed"))
    return Finding(RULE, outcome, found, needed, weight, lasting=False)
