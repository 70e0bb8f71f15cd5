"""Which imports are merged or tagged."""

from pathlib import Path

import pytest
from downloader.domain.conversion import ConversionFailed, ConversionRule, check_formats, kept_with_merged
from shared.contracts.downloads.downloads import ConversionKind


@pytest.mark.parametrize(
    ("merge", "tag", "names", "kind"),
    [
        (False, False, ["1.mp3", "2.mp3"], None),
        (True, False, ["1.mp3", "2.mp3", "cover.jpg"], ConversionKind.MERGE),
        (True, True, ["1.mp3", "2.mp3"], ConversionKind.MERGE),
        (True, False, ["book.m4b", "cover.jpg"], None),
        (True, True, ["book.m4b", "cover.jpg"], ConversionKind.TAG),
        (False, True, ["1.wma", "2.wma"], None),
    ],
)
def test_a_book_is_converted_as_the_settings_ask(
    merge: bool, tag: bool, names: list[str], kind: ConversionKind | None
) -> None:
    assert ConversionRule(merge=merge, tag=tag).kind_for(names) is kind


def test_files_of_several_formats_are_not_merged() -> None:
    check_formats(["1.m4a", "2.m4b", "cover.jpg"])
    with pytest.raises(ConversionFailed, match=r"several formats \(m4a, mp3\)"):
        check_formats(["1.mp3", "1.m4b"])


def test_lists_of_the_separate_files_are_left_out() -> None:
    sources = {Path(name): Path(name) for name in ("1.mp3", "2.mp3", "art/cover.jpg", "book.cue", "book.m3u")}
    assert list(kept_with_merged(sources)) == [Path("art/cover.jpg")]
