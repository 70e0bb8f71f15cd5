"""The merging or tagging of an import's files, as it is stored with its download."""

from shared.contracts.downloads.downloads import Conversion, ConversionKind
from shared.translatable import translatable

WORDS = {
    ConversionKind.MERGE: translatable("download.merging", "the files are merged into one m4b"),
    ConversionKind.TAG: translatable("download.tagging", "copies of the files are tagged"),
}
FAILURE_WORDS = {
    ConversionKind.MERGE: translatable(
        "download.not_merged", "the files are imported as they are, because they cannot be merged"
    ),
    ConversionKind.TAG: translatable(
        "download.not_tagged", "the files are imported without new tags, because copies of them cannot be tagged"
    ),
}


class StoredConversion(Conversion):
    """A conversion as it is stored with its download.

    `seconds` is the length of the verified audio. `made` are the checksums of the files that were made, by their paths
    in the book's folder: an attempt that died after it placed them is recognized by these.
    """

    seconds: float
    made: dict[str, list[str]] = {}


def shown_conversion(conversion: StoredConversion) -> Conversion:
    """The conversion as the API shows it."""
    return Conversion(kind=conversion.kind, progress=conversion.progress, problem=conversion.problem)
