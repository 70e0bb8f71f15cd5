"""Names that every file system allows."""

from pathlib import PurePosixPath

import pytest
from downloader.domain.safe_names import LONGEST_NAME_BYTES, safe_name
from hypothesis import given
from hypothesis import strategies as st


@given(st.text())
def test_any_text_gives_one_safe_name(text: str) -> None:
    name = safe_name(text)

    assert PurePosixPath(name).name == name
    assert name not in (".", "..", "")
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= LONGEST_NAME_BYTES + 1


@pytest.mark.parametrize("device", ["con", "PRN", "aux.mp3", "NUL .txt", "com0", "LPT³", "CONIN$"])
def test_the_name_of_a_device_is_changed(device: str) -> None:
    assert safe_name(device) == f"_{device}"
