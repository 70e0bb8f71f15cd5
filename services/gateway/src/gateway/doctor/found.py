"""How the checks of the doctor say what they find."""

from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.translatable import translatables


def found(area: str, subject: str, words: str, severity: Severity = Severity.OK, to_do: str = "") -> DoctorFinding:
    """A finding, with the codes and figures of its sentences."""
    kept = translatables(words=words, to_do=to_do)
    return DoctorFinding(area=area, subject=subject, severity=severity, words=words, to_do=to_do, translatable=kept)
