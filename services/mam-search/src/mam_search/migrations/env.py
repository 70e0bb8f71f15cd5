import mam_search.adapters.postgres.guide_tables  # noqa: F401 - it adds its tables to METADATA
from mam_search.adapters.postgres.tables import METADATA
from shared.chassis.migrations import run_env

run_env(METADATA)
