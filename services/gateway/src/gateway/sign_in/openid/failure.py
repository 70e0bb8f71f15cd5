"""Why signing in with OpenID Connect failed."""

from shared.contracts.gateway.sessions import OpenIDFault


class SignInFailed(Exception):
    """A person could not be signed in. `detail` is for the log and contains no secret."""

    def __init__(self, fault: OpenIDFault, detail: str) -> None:
        super().__init__(f"{fault.value}: {detail}")
        self.fault = fault
        self.detail = detail
