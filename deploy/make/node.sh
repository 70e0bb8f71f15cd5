#!/bin/sh
# Install Node, which only the dashboard needs, into .venv.
set -eu
cd "$(dirname "$0")/../.."
. deploy/make/boot.sh
use_pip_index
VIRTUAL_ENV="$PWD/.venv" .boot/bin/uv pip install --quiet --require-hashes -r deploy/make/node.lock
