"""One call of the Web API, and how it is refused."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.qbittorrent.sync import SyncSession


class Refused(Exception):
    """Ends a call with this status and text."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class Call:
    """Parameters from the query or the form, uploaded files by name, and the session that calls."""

    parameters: dict[str, str]
    uploads: list[tuple[str, bytes]]
    session: SyncSession

    def required(self, name: str) -> str:
        if name not in self.parameters:
            raise Refused(400, "Bad Request")
        return self.parameters[name]

    def get(self, name: str) -> str:
        return self.parameters.get(name, "")

    def flag(self, name: str) -> bool:
        return self.get(name) == "true"

    def number(self, name: str, otherwise: int) -> int:
        try:
            return int(self.get(name))
        except ValueError:
            return otherwise


async def read_parameters(request: Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """Query and form in one, and the uploaded files."""
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
