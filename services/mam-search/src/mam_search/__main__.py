from shared.chassis.process import run

from mam_search.app import SPEC, build
from mam_search.settings import MamSearchSettings


def main() -> None:
    run(SPEC, MamSearchSettings, build)


if __name__ == "__main__":
    main()
