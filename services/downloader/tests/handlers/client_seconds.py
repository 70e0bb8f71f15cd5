"""The clock of the stand-in of the download client."""


class ClientSeconds:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
