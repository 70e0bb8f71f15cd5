"""The errors of the client. All are `ApiProblem`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapless_client.models import Problem

WRONG_KEY = (401, 403)


class ApiProblem(Exception):
    """The API refused a request. `code` is stable and meant for programs; the other texts are meant for people."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(f"{problem.title}: {problem.detail}" if problem.detail else problem.title)
        self.problem = problem

    @property
    def code(self) -> str:
        """The stable name of the problem, such as `not_found`."""
        return self.problem.code

    @property
    def status(self) -> int:
        """The HTTP status; 503 if there was no answer."""
        return self.problem.status

    @property
    def detail(self) -> str:
        """What happened in this case; may be empty."""
        return self.problem.detail

    @property
    def remedy(self) -> str:
        """What to do; empty if the detail says it, or if nothing is known to help."""
        if self.problem.faults:
            return "; ".join(each.to_do for each in self.problem.faults if each.to_do)
        if self.status in WRONG_KEY:
            return "Use an API key of this installation that has the scope: read, write or admin"
        if self.problem.retry_after_seconds is not None:
            return f"Try again in {self.problem.retry_after_seconds} seconds"
        return ""


class Unreachable(ApiProblem):
    """The gateway did not answer."""

    def __init__(self, problem: "Problem", url: str) -> None:
        super().__init__(problem)
        self.url = url

    @property
    def remedy(self) -> str:
        """What to check."""
        return f"Check that the gateway runs and that {self.url} is its address"


class UnexpectedAnswer(ApiProblem):
    """The response does not have the format of this version."""

    @property
    def remedy(self) -> str:
        """What to check."""
        return "Check the address, and use the same version of Gapless for the client and the services"
