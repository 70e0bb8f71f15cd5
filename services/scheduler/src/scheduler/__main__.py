from shared.chassis.process import run

from scheduler.app import NAMEPLATE, build
from scheduler.settings import SETTINGS


def main() -> None:
    run(NAMEPLATE, SETTINGS, build)


if __name__ == "__main__":
    main()
