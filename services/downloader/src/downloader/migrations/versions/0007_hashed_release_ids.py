"""Replace the guids of Prowlarr's releases by hashes: a guid may be a download link with the account's key."""

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
    """Hash every stored id, so that blocked releases stay blocked."""
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
    """Nothing to do: the guids are not stored, so the hashes cannot be reversed."""
