from shared.chassis.process import run

from scheduler.app import NAMEPLATE, build
from scheduler.settings import SchedulerSettings


def main() -> None:
    run(NAMEPLATE, SchedulerSettings, build)


if __name__ == "__main__":
    main()
