from shared.chassis.process import run

from downloader.app import NAMEPLATE, build
from downloader.settings import SETTINGS


def main() -> None:
    run(NAMEPLATE, SETTINGS, build)


if __name__ == "__main__":
    main()
