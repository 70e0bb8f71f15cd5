"""One request to the Web API, and its rejection."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.qbittorrent.sync import SyncSession


class Rejected(Exception):
    """Ends the request with this status and text."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters of the query and the form, the uploaded files with their names, and the session.

    `names_missing` is whether the error for a missing parameter names it.
    """

    parameters: dict[str, str]
    uploads: list[tuple[str, bytes]]
    session: SyncSession
    names_missing: bool = False

    def required(self, name: str) -> str:
        """The value of a parameter. Raises Rejected (400) if it is missing."""
        self.require(name)
        return self.parameters[name]

    def require(self, *names: str) -> None:
        """Raises Rejected (400) if one of these parameters is missing."""
        if missing := [name for name in names if name not in self.parameters]:
            text = f"Missing required parameters: {', '.join(missing)}" if self.names_missing else "Bad Request"
            raise Rejected(400, text)

    def get(self, name: str) -> str:
        """The value of a parameter, empty if it is missing."""
        return self.parameters.get(name, "")

    def flag(self, name: str) -> bool:
        """Whether a parameter is `true`."""
        return self.get(name) == "true"

    def number(self, name: str, default: int) -> int:
        """The value of a parameter as a number, or the default if it is missing or not a number."""
        try:
            return int(self.get(name))
        except ValueError:
            return default


async def read_parameters(request: Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """The parameters of the query and the form, and the uploaded files with their names."""
    parameters: dict[str, str] = dict(request.query_params)
    uploads = []
    if request.method == "POST":
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads.append((value.filename or "", await value.read()))
                else:
                    parameters[name] = value
    return parameters, uploads
