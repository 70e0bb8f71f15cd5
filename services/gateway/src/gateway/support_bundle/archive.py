"""Writes the archive of a support bundle: files of text, masked, and a README that says what is in them."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from gateway.support_bundle.masking import Mask

MOST_BYTES = 4 * 1024 * 1024
"""The greatest size of a file, before it is compressed. A larger one is left out."""
README = "README.txt"


def archive_of(words: Mapping[str, str], read: Mapping[str, Any], failed: Mapping[str, str], mask: Mask) -> bytes:
    """The archive. `words` describes each file, `read` has the contents, `failed` says why others are missing.

    A content is a text, or a value that is written as JSON. It takes a second for a large library: call it in a thread.
    """
    failed, target = dict(failed), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in read.items():
            text = _masked(content, mask)
            if len(text.encode()) > MOST_BYTES:
                failed[name] = f"it is larger than {MOST_BYTES // 1024 // 1024} MiB"
            else:
                archive.writestr(name, text)
        written = {name: words[name] for name in archive.namelist()}
        archive.writestr(README, mask.text(readme(written, failed, is_masked=mask.private)))
    return target.getvalue()


def readme(written: Mapping[str, str], failed: Mapping[str, str], *, is_masked: bool) -> str:
    """What is in a bundle, and what is not and why."""
    lines = [
        "A support bundle of Gapless",
        "",
        "Read it before you send it. Every file is text.",
        "It has no secrets: the API shows none, and the values of those that the gateway knows were removed.",
        "Titles, people, addresses and paths were masked: the same text has the same label in all files. A title in a"
        " sentence may be left if it is one word, or if Gapless does not know it."
        if is_masked
        else "Titles, people, addresses and paths are in it as they are. They can be masked.",
        "",
        "Files:",
        *(f"- {name}: {words}" for name, words in written.items()),
    ]
    if failed:
        lines += ["", "Not in it, because it could not be read:", *(f"- {name}: {why}" for name, why in failed.items())]
    return "\n".join(lines) + "\n"


def _masked(content: Any, mask: Mask) -> str:
    if isinstance(content, str):
        return "\n".join(mask.text(line) for line in content.splitlines())
    return json.dumps(mask.document(content), indent=1, ensure_ascii=False)
