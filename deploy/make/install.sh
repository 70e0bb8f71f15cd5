#!/bin/sh
# Install into this checkout: .boot holds the pinned uv, .venv the pinned dependencies and our packages, editable.
# Usage: install.sh [interpreter]
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd -P)
python=$(deploy/make/find-python.sh "${1:-}")

. deploy/make/boot.sh
boot_uv "$python"

# A folder that was moved keeps the paths it was made with: such an environment is made anew.
if ! .venv/bin/python -c "import sys, pathlib; sys.exit(pathlib.Path(sys.prefix).resolve() != pathlib.Path('$here/.venv'))" 2>/dev/null
then
    .boot/bin/uv venv --quiet --clear --python "$python" .venv
fi
export VIRTUAL_ENV="$here/.venv"
.boot/bin/uv pip install --quiet --require-hashes -r requirements.lock
set --
for project in shared services/* sandbox deploy/embedded; do set -- "$@" -e "$project"; done
.boot/bin/uv pip install --quiet --no-deps "$@"
