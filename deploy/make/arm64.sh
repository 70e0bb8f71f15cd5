#!/bin/sh
# Check that everything that the images install has a wheel for Linux on arm64 and the Python of the images, and write
# the list to deploy/arm64-wheels.txt. `make lock` runs it, and a test compares the list with the lock.
set -eu
cd "$(dirname "$0")/../.."
. deploy/make/boot.sh
boot_uv "$(deploy/make/find-python.sh "${1:-}")"
use_pip_index

platform="--python-platform aarch64-unknown-linux-gnu --python-version 3.13 --only-binary :all:"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sh deploy/image-requirements.sh shared services/* cli deploy/provisioning deploy/one-process deploy/backup sandbox \
    >"$folder/requirements.txt"
.boot/bin/uv pip compile --quiet $platform --no-annotate --no-header --constraint requirements.lock \
    --output-file "$folder/wheels.txt" "$folder/requirements.txt"
for lock in boot node; do
    .boot/bin/uv pip install --quiet --dry-run $platform --no-deps --require-hashes --target "$folder/$lock" \
        -r "deploy/make/$lock.lock"
done
{
    echo "# What the images install. All of it has a wheel for Linux on arm64 and Python 3.13 (deploy/make/arm64.sh)."
    cat "$folder/wheels.txt"
} >deploy/arm64-wheels.txt
