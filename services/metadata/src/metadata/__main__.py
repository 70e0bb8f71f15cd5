from shared.chassis.process import run

from metadata.app import SPEC, build
from metadata.settings import SETTINGS


def main() -> None:
    run(SPEC, SETTINGS, build)


if __name__ == "__main__":
    main()
