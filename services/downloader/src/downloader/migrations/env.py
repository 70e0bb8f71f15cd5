from downloader.adapters.postgres.tables import METADATA
from shared.chassis.migrating import run_env

run_env(METADATA)
