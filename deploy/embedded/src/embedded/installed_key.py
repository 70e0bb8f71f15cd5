"""The first API key of the installation on this machine, for `gapless doctor` and the other commands."""

import json
import os

from dotenv import dotenv_values

from embedded.folder import default_data_folder


def installed_key() -> str:
    """The key that `make up` generated in the folder GAPLESS_DATA; empty if there is no installation.

    Raises `OSError` if the file belongs to another user.
    """
    environment = {name: value for name, value in (dotenv_values(".env") | os.environ).items() if value}
    file = default_data_folder(environment) / "secrets.json"
    try:
        secrets: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return secrets.get("api_key", "")
