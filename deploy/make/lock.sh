#!/bin/sh
# Pin every dependency again. uv's own lock file contains registry addresses, so it is exported and then deleted.
set -eu
cd "$(dirname "$0")/../.."
trap 'rm -f uv.lock' EXIT
uv=.boot/bin/uv
$uv lock --quiet
$uv export --quiet --frozen --all-packages --all-groups --no-emit-workspace --no-header --format requirements-txt \
    --output-file requirements.lock
version=$($uv --version | cut -d ' ' -f 2)
echo "uv==$version" | $uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
    --output-file deploy/make/boot.lock -
if grep -n '://' requirements.lock deploy/make/boot.lock; then
    echo "the lock contains an address (see above): remove the requirement that names it" >&2
    exit 1
fi
