from shared.chassis.process import run

from metadata.app import NAMEPLATE, build
from metadata.settings import MetadataSettings


def main() -> None:
    run(NAMEPLATE, MetadataSettings, build)


if __name__ == "__main__":
    main()
