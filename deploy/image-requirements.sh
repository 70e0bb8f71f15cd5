#!/bin/sh
# Print what the named projects depend on outside this repository, one requirement a line. Needs Python 3.11's tomllib.
# Usage: image-requirements.sh PROJECT…
exec python3 - "$@" <<'PYTHON'
import sys
import tomllib
from pathlib import Path

for project in sys.argv[1:]:
    described = tomllib.loads(Path(project, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in described.get("dependencies", []):
        if not requirement.startswith("gapless-"):
            print(requirement)
PYTHON
