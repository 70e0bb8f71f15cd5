"""The size of a torrent, compared with its listing."""

from shared.contracts.mam.grabs import MAX_SIZE_RATIO
from shared.contracts.mam.releases import Release


def larger_than_listed(size_bytes: int | None, release: Release) -> str | None:
    """Why a torrent of this size is refused; None if it fits its listing, or if one of the sizes is not known.

    A smaller one costs little and is found when its audio is verified.
    """
    listed = release.size_bytes
    if not size_bytes or listed <= 0 or size_bytes <= listed * MAX_SIZE_RATIO:
        return None
    return f"size: the torrent has {size_bytes / 1e6:.1f} MB, its listing says {listed / 1e6:.1f} MB"
