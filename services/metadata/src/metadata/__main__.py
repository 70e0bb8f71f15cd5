from shared.chassis.process import run

from metadata.app import NAMEPLATE, build
from metadata.settings import SETTINGS


def main() -> None:
    run(NAMEPLATE, SETTINGS, build)


if __name__ == "__main__":
    main()
