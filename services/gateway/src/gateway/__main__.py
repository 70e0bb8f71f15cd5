from shared.chassis.process import run

from gateway.app import NAMEPLATE, build
from gateway.settings import GatewaySettings


def main() -> None:
    run(NAMEPLATE, GatewaySettings, build)


if __name__ == "__main__":
    main()
