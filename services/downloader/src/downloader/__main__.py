from shared.chassis.process import run

from downloader.app import SPEC, build
from downloader.settings import SETTINGS


def main() -> None:
    run(SPEC, SETTINGS, build)


if __name__ == "__main__":
    main()
