from shared.chassis.migrations import run_env
from shared.testing.tiny import METADATA

run_env(METADATA)
