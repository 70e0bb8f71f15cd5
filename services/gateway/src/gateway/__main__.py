from shared.chassis.process import run

from gateway.app import SPEC, build
from gateway.settings import GatewaySettings


def main() -> None:
    run(SPEC, GatewaySettings, build)


if __name__ == "__main__":
    main()
