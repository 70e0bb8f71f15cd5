"""What a support bundle shows of titles, people, addresses and paths."""

import pytest
from gateway.support_bundle.masking import REMOVED, Mask, secrets_in

PHRASES = ["Ozma of Oz", "Ozma", "L. Frank Baum", "Running"]


@pytest.fixture
def mask() -> Mask:
    return Mask(["the-secret-token"], PHRASES, private=True)


@pytest.mark.parametrize(
    "text",
    [
        "no release of “Glinda” was found",
        "OZMA OF OZ by L. Frank Baum: 2 releases",
        "cannot reach http://shelf.example.net:13378/api/items",
        "postgresql://downloader@postgres:5432/gapless is away",
        "the tracker sees 203.0.113.7",
        "the tracker sees 2001:db8:0:1::7",
        "mailed to reader@example.net",
        "cannot read /home/reader/books/x.m4b",
    ],
)
def test_what_is_private_is_masked_in_a_sentence(mask: Mask, text: str) -> None:
    masked = mask.text(text)
    for private in ("glinda", "ozma", "baum", "shelf.example", "downloader", "203.0", "2001:db8", "reader"):
        assert private not in masked.casefold()
    assert masked != text


@pytest.mark.parametrize(
    "text",
    [
        "POST /api/system/doctor answered 503 at 2026-03-01T12:00:00+00:00",
        "the run 5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10 is running",
        "listens on 127.0.0.1",
        "revision 0009, the newest",
    ],
)
def test_what_helps_to_find_a_fault_stays(mask: Mask, text: str) -> None:
    assert mask.text(text) == text


def test_one_text_has_one_label_in_a_bundle_and_another_one_in_the_next(mask: Mask) -> None:
    label = mask.document({"title": "Ozma of Oz"})["title"]
    assert mask.text("“Ozma of Oz” is wanted") == f"“{label}” is wanted"
    assert mask.document({"titles": ["Ozma of Oz"]}) == {"titles": [label]}
    assert Mask([], PHRASES, private=True).document({"title": "Ozma of Oz"})["title"] != label


def test_a_user_name_among_the_settings_is_masked(mask: Mask) -> None:
    settings = [{"name": "QBITTORRENT_USERNAME", "value": "dorothy"}, {"name": "LOG_LEVEL", "value": "INFO"}]
    masked = mask.document(settings)
    assert masked[0]["value"].startswith("user-")
    assert masked[1] == settings[1]


def test_secrets_are_removed_even_if_nothing_is_masked() -> None:
    mask = Mask(["the-secret-token"], PHRASES, private=False)
    document = {"words": "“Ozma” with the-secret-token at http://shelf.example.net", "count": 1}
    assert mask.document(document) == {"words": f"“Ozma” with {REMOVED} at http://shelf.example.net", "count": 1}


def test_secrets_are_found_by_the_names_of_settings_and_in_addresses() -> None:
    settings = {
        "ABS_TOKEN": "token-1", "SECRET_KEY_PREVIOUS": "key-1", "NOTIFY_URLS": "tgram://1", "LOG_LEVEL": "INFO",
        "DATABASE_URL": "postgresql://x:password-1@postgres/gapless", "PROXY": "http://me:password-2@proxy",
    }  # fmt: skip
    found = secrets_in(settings)
    assert {"token-1", "key-1", "tgram://1", "password-1", "password-2"} <= set(found)
    assert "INFO" not in found
