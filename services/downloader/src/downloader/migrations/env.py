from downloader.adapters.postgres.tables import METADATA
from shared.chassis.migrations import run_env

run_env(METADATA)
