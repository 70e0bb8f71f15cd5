"""Prowlarr's releases are known by a hash of their guid, which may be a download link with the account's key in it."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HASHED = (
    "split_part({0}, ':', 1) || ':' || left(encode(sha256(convert_to("
    "substr({0}, strpos({0}, ':') + 1), 'UTF8')), 'hex'), 32)"
)
OLD = "position(':' in {0}) > 0 and {0} !~ '^[0-9]+:[0-9a-f]{{32}}$'"
RELEASE_ID = "release ->> 'id'"


def upgrade() -> None:
    """Hash the ids wherever a release is remembered, so that a blocked release stays blocked."""
    for table, indexer in (("downloads", "source"), ("candidates", "indexer"), ("offers", "indexer")):
        op.execute(
            f"update downloads.{table} set release_id = {HASHED.format('release_id')}, release ="  # noqa: S608 - constants
            f" jsonb_set(release, '{{id}}', to_jsonb({HASHED.format(f'({RELEASE_ID})')}))"
            f" where {indexer} = 'PROWLARR' and {OLD.format('release_id')}"
        )
    for table, condition in (("blocklist", "indexer = 'PROWLARR' and "), ("failed_attempts", "")):
        shape = "release_id ~ '^[0-9]+:' and "
        op.execute(
            f"update downloads.{table} set release_id = {HASHED.format('release_id')}"  # noqa: S608 - constants
            f" where {condition}{shape}{OLD.format('release_id')}"
        )


def downgrade() -> None:
    """The guids are not kept: what was hashed stays so."""
