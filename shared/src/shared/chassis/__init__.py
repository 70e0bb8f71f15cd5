"""How a service runs.

If they are installed, httpx and FastStream import libraries for a command line, and structlog one for tracebacks. No
service uses these, and they take 12 MiB in each process, so they are hidden during the import.
"""

import sys
from typing import Any, cast

_modules = cast(dict[str, Any], sys.modules)
_modules.setdefault("httpx._main", None)  # httpx then has no command line; it is imported only where it is used
_hidden = [name for name in ("rich", "pygments", "typer", "uvicorn") if name not in _modules]
for _name in _hidden:
    _modules[_name] = None
import faststream as _faststream  # noqa: E402, F401 - imports the hidden modules if it can, like structlog
import structlog as _structlog  # noqa: E402, F401

for _name in _hidden:
    del _modules[_name]
