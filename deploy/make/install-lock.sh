#!/bin/sh
# Install what only some targets need into .venv: Node, the tools of the chart, or those of the documentation.
# Usage: install-lock.sh LOCK
set -eu
cd "$(dirname "$0")/../.."
. deploy/make/boot.sh
use_pip_index
VIRTUAL_ENV="$PWD/.venv" .boot/bin/uv pip install --quiet --require-hashes -r "$1"
