"""Runs the library scanner as a process."""

from shared.chassis.process import run

from library_scanner.app import SPEC, build
from library_scanner.settings import LibraryScannerSettings


def main() -> None:
    """Run until the process is stopped."""
    run(SPEC, LibraryScannerSettings, build)


if __name__ == "__main__":
    main()
