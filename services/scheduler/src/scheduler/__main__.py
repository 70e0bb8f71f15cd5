from shared.chassis.process import run

from scheduler.app import SPEC, build
from scheduler.settings import SETTINGS


def main() -> None:
    run(SPEC, SETTINGS, build)


if __name__ == "__main__":
    main()
