#!/bin/sh
# Runs once, when the official postgres image makes its cluster (/docker-entrypoint-initdb.d): the database's roles and
# schemas, by the same SQL as the embedded server (deploy/embedded/src/embedded/roles.sql, mounted at ROLES_SQL).
# Passwords come from <SERVICE>_DB_PASSWORD, or from the file that <SERVICE>_DB_PASSWORD_FILE names.
set -eu
: "${ROLES_SQL:=/usr/share/gapless/roles.sql}"

password_of() { # LIBRARY_SCANNER -> its password
    eval "given=\${$1_DB_PASSWORD:-} file=\${$1_DB_PASSWORD_FILE:-}"
    if [ -z "$given" ] && [ -n "$file" ]; then given=$(cat "$file"); fi
    if [ -z "$given" ]; then
        echo "roles.sh: set $1_DB_PASSWORD, or $1_DB_PASSWORD_FILE to a file that holds it" >&2
        exit 78
    fi
    printf '%s' "$given"
}

while read -r role schema; do
    password=$(password_of "$(printf '%s' "$role" | tr '[:lower:]' '[:upper:]')")
    ROLE=$role SCHEMA=$schema PASSWORD=$password PGOPTIONS='-c client_min_messages=warning' \
        psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --output /dev/null \
        --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<SQL
\getenv role ROLE
\getenv schema SCHEMA
\getenv password PASSWORD
SELECT set_config('gapless.role', :'role', false), set_config('gapless.schema', :'schema', false),
       set_config('gapless.password', :'password', false);
\i $ROLES_SQL
SQL
done <<ROLES
library_scanner library
mam_search mam
downloader downloads
metadata metadata
scheduler scheduler
gateway gateway
ROLES
