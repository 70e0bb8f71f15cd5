"""The errors that have a meaning across modules.

A `Refused` is an answer, not a fault: it becomes a `Problem` between services and RFC 9457 for people. A `RemoteError`
is the closed set of what may come out of a client of an outside system; nothing "empty" stands for one of them.
"""

from typing import ClassVar

from shared.contracts.problem import Problem


class Refused(Exception):
    """Somebody asked for what cannot be had; `code` is stable, the detail is for people."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    title: ClassVar[str] = "Refused"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def problem(self, service: str | None = None) -> Problem:
        return Problem(code=self.code, title=self.title, status=self.status, detail=self.detail, service=service)


class NotFound(Refused):
    """What was asked for does not exist."""

    code = "not_found"
    status = 404
    title = "Not found"


class TooLarge(Refused):
    """A request that the broker cannot carry as one message."""

    code = "too_large"
    status = 413
    title = "Too large"


class AnswerTooLarge(Refused):
    """An answer that the broker cannot carry as one message: the caller has to ask for less at once."""

    code = "answer_too_large"
    status = 422
    title = "Answer too large"


class ServiceAway(Refused):
    """A service of ours did not answer in time, or nobody listens."""

    code = "service_away"
    status = 503
    title = "Service away"

    def __init__(self, service: str, detail: str, retry_after_seconds: int = 5) -> None:
        super().__init__(detail)
        self.service = service
        self.retry_after_seconds = retry_after_seconds

    def problem(self, service: str | None = None) -> Problem:
        """It names the service that is away, whoever passes the news on."""
        told = super().problem(self.service or service)
        return told.model_copy(update={"retry_after_seconds": self.retry_after_seconds})


class NoAnswerInTime(ServiceAway):
    """A service was asked and said nothing in time: what was asked for may be done, or be under way."""


class Busy(ServiceAway):
    """A service has as much to do as it takes on: nothing was begun, the request may be sent again."""

    code = "service_busy"
    title = "Service busy"

    def __init__(self, service: str, detail: str, retry_after_seconds: int = 2) -> None:
        super().__init__(service, detail, retry_after_seconds)


class OtherRefusal(Refused):
    """A refusal that came from another service, carried on as it was."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self._problem = problem

    def problem(self, service: str | None = None) -> Problem:
        return self._problem


class RemoteError(Exception):
    """An outside system did not do what was asked. `system` names it, `detail` says what was seen, without secrets."""

    code: ClassVar[str] = "remote_error"

    def __init__(self, system: str, detail: str) -> None:
        super().__init__(f"{system}: {detail}")
        self.system = system
        self.detail = detail


class RemoteUnavailable(RemoteError):
    """Away, timed out or broken (5xx): try again later."""

    code = "remote_unavailable"


class RemoteThrottled(RemoteError):
    """Asked too often, or closed for a while: not before `retry_after_seconds`."""

    code = "remote_throttled"

    def __init__(self, system: str, detail: str, retry_after_seconds: float = 60.0) -> None:
        super().__init__(system, detail)
        self.retry_after_seconds = retry_after_seconds


class RemoteRefusedUs(RemoteError):
    """Credentials or rights are wrong: a person has to act. `status` is the answer's, where there was one."""

    code = "remote_refused_us"

    def __init__(self, system: str, detail: str, status: int | None = None) -> None:
        super().__init__(system, detail)
        self.status = status


class RemoteAnsweredNonsense(RemoteError):
    """An answer that is not what the system promises: a page instead of JSON, half a document, a wrong shape."""

    code = "remote_answered_nonsense"


REMOTE_ERRORS: dict[str, type[RemoteError]] = {
    kind.code: kind for kind in (RemoteUnavailable, RemoteThrottled, RemoteRefusedUs, RemoteAnsweredNonsense)
}


def problem_of(error: RemoteError, service: str) -> Problem:
    """A remote error as it crosses to another service: `title` names the system, `detail` what was seen."""
    retry_after = error.retry_after_seconds if isinstance(error, RemoteThrottled) else None
    return Problem(
        code=error.code,
        title=error.system,
        status=503 if isinstance(error, (RemoteUnavailable, RemoteThrottled)) else 502,
        detail=error.detail,
        service=service,
        retry_after_seconds=None if retry_after is None else round(retry_after),
    )


def error_of(problem: Problem) -> Exception:
    """The exception that a problem from another service stands for."""
    kind = REMOTE_ERRORS.get(problem.code)
    if kind is RemoteThrottled:
        return RemoteThrottled(problem.title, problem.detail, problem.retry_after_seconds or 60)
    if kind is not None:
        return kind(problem.title, problem.detail)
    if problem.code == NotFound.code:
        return NotFound(problem.detail)
    for away in (ServiceAway, Busy):
        if problem.code == away.code:
            return away(problem.service or "", problem.detail, problem.retry_after_seconds or 5)
    return OtherRefusal(problem)


class TryAgainLater(Exception):
    """Raised by a handler that cannot go on yet: the message comes again after `delay_seconds`; it is no failure."""

    def __init__(self, delay_seconds: float, why: str) -> None:
        super().__init__(why)
        self.delay_seconds = delay_seconds
