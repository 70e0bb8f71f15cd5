"""The errors that cross module and service boundaries.

A `Refused` is an answer, not a bug: it becomes a `Problem` between services and an RFC 9457 document in the API.
`RemoteError` and its subclasses are the only errors that the client of an outside system raises. A client never returns
an empty result instead of an error.
"""

from typing import ClassVar

from shared.contracts.problem import Problem
from shared.translatable import about


class Refused(Exception):
    """A request that cannot be fulfilled. `code` is stable, `detail` is for people."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    title: ClassVar[str] = "Refused"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def problem(self, service: str | None = None) -> Problem:
        """The answer that describes this refusal. `service` is the one that refused."""
        problem = Problem(code=self.code, title=self.title, status=self.status, service=service)
        return problem.with_detail(self.detail)


class NotFound(Refused):
    """The requested object does not exist."""

    code = "not_found"
    status = 404
    title = "Not found"


class TooLarge(Refused):
    """A message that exceeds the message size of the broker."""

    code = "too_large"
    status = 413
    title = "Too large"


class AnswerTooLarge(Refused):
    """An answer that exceeds the message size of the broker: the caller has to request fewer items."""

    code = "answer_too_large"
    status = 422
    title = "Answer too large"


class ServiceUnavailable(Refused):
    """One of our services is not running or did not answer in time."""

    code = "service_away"
    status = 503
    title = "Service unavailable"

    def __init__(self, service: str, detail: str, retry_after_seconds: int = 5) -> None:
        super().__init__(detail)
        self.service = service
        self.retry_after_seconds = retry_after_seconds

    def problem(self, service: str | None = None) -> Problem:
        """The problem names the unavailable service, not the one that reports it."""
        problem = super().problem(self.service or service)
        return problem.model_copy(update={"retry_after_seconds": self.retry_after_seconds})


class NoAnswerInTime(ServiceUnavailable):
    """A service did not answer in time. The request may have been carried out, or still be in progress."""


class Busy(ServiceUnavailable):
    """A service is overloaded. The request was not started and may be sent again."""

    code = "service_busy"
    title = "Service busy"

    def __init__(self, service: str, detail: str, retry_after_seconds: int = 2) -> None:
        super().__init__(service, detail, retry_after_seconds)


class OtherRefusal(Refused):
    """An error answer of another service, passed on unchanged."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self._problem = problem

    def problem(self, service: str | None = None) -> Problem:
        """The answer of the other service, unchanged. `service` is ignored."""
        return self._problem


class RemoteError(Exception):
    """A request to an outside system failed. `system` names it, `detail` says what was observed, without secrets."""

    code: ClassVar[str] = "remote_error"

    def __init__(self, system: str, detail: str) -> None:
        super().__init__(f"{system}: {detail}")
        self.system = system
        self.detail = detail

    @property
    def words(self) -> str:
        """The system and what was observed, with their code and figures."""
        return about(self.system, self.detail)


class RemoteUnavailable(RemoteError):
    """The system is unreachable, timed out or failed (5xx): retry later."""

    code = "remote_unavailable"


class RemoteThrottled(RemoteError):
    """The rate limit is exceeded, or the system is closed for a while: retry after `retry_after_seconds`."""

    code = "remote_throttled"

    def __init__(self, system: str, detail: str, retry_after_seconds: float = 60.0) -> None:
        super().__init__(system, detail)
        self.retry_after_seconds = retry_after_seconds


class RequestsStopped(RemoteThrottled):
    """A person has stopped all requests to the system. Nothing was sent, so it says nothing about the system."""


class RemoteRefusedUs(RemoteError):
    """The credentials or permissions are wrong: a person has to act. `status` is the HTTP status, if there was one."""

    code = "remote_refused_us"

    def __init__(self, system: str, detail: str, status: int | None = None) -> None:
        super().__init__(system, detail)
        self.status = status


class RemoteBlockedUs(RemoteRefusedUs):
    """The system sends a challenge, a block page or a sign-in page instead of an answer.

    That is an access control: nothing may be tried to get round it. Requests pause for hours.
    """

    code = "remote_blocked_us"


class RemoteAnsweredNonsense(RemoteError):
    """The response is not valid: HTML instead of JSON, a truncated document, an unexpected format."""

    code = "remote_answered_nonsense"


REMOTE_ERRORS: dict[str, type[RemoteError]] = {
    kind.code: kind
    for kind in (RemoteUnavailable, RemoteThrottled, RemoteRefusedUs, RemoteBlockedUs, RemoteAnsweredNonsense)
}


def problem_of(error: RemoteError, service: str) -> Problem:
    """A remote error as a problem for another service: `title` names the system, `detail` says what was observed."""
    retry_after = error.retry_after_seconds if isinstance(error, RemoteThrottled) else None
    problem = Problem(
        code=error.code,
        title=error.system,
        status=503 if isinstance(error, (RemoteUnavailable, RemoteThrottled)) else 502,
        service=service,
        retry_after_seconds=None if retry_after is None else round(retry_after),
    )
    return problem.with_detail(error.detail)


def error_of(problem: Problem) -> Exception:
    """The exception for a problem that another service answered."""
    kind = REMOTE_ERRORS.get(problem.code)
    if kind is RemoteThrottled:
        return RemoteThrottled(problem.title, problem.sentence, problem.retry_after_seconds or 60)
    if kind is not None:
        return kind(problem.title, problem.sentence)
    if problem.code == NotFound.code:
        return NotFound(problem.sentence)
    for unavailable in (ServiceUnavailable, Busy):
        if problem.code == unavailable.code:
            return unavailable(problem.service or "", problem.sentence, problem.retry_after_seconds or 5)
    return OtherRefusal(problem)


class TryAgainLater(Exception):
    """Raised by a handler to have its message redelivered after `delay_seconds`. It does not count as a failure."""

    def __init__(self, delay_seconds: float, why: str) -> None:
        super().__init__(why)
        self.delay_seconds = delay_seconds
