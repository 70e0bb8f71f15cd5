#!/bin/sh
# Print the third-party requirements of the given projects, one per line. Needs Python 3.11 or newer.
# Usage: image-requirements.sh PROJECT…
exec python3 - "$@" <<'PYTHON'
import sys
import tomllib
from pathlib import Path

for project in sys.argv[1:]:
    metadata = tomllib.loads(Path(project, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in metadata.get("dependencies", []):
        if not requirement.startswith("gapless-"):
            print(requirement)
PYTHON
