from shared.chassis.process import run

from downloader.app import NAMEPLATE, build
from downloader.settings import DownloaderSettings


def main() -> None:
    run(NAMEPLATE, DownloaderSettings, build)


if __name__ == "__main__":
    main()
