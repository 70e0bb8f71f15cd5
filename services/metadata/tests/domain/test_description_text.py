"""Descriptions as Audiobookshelf stores them: safe HTML without advertising."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metadata.domain.description_text import LONGEST, clean_description
from sandbox.audiobookshelf.edits import sanitised

TALE = "A boy named Tip runs away from the witch Mombi."
MORE = "He takes a man of wood and a horse of sticks with him."


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (TALE, TALE),
        (f"<p>{TALE}</p>", TALE),
        (f"<p>{TALE}</p><p>{MORE}</p>", f"<p>{TALE}</p><p>{MORE}</p>"),
        (f"{TALE}\r\n\r\n{MORE}", f"<p>{TALE}</p><p>{MORE}</p>"),
        (f"{TALE}<br/><br />{MORE}", f"<p>{TALE}</p><p>{MORE}</p>"),
        (f"{TALE}<br>{MORE}", f"<p>{TALE}<br />{MORE}</p>"),
        (f"<div><h2>{TALE}</h2><span style='x'>{MORE}</span></div>", f"<p>{TALE}</p><p>{MORE}</p>"),
        (f"<b>{TALE}</b> {MORE}", f"<p><b>{TALE}</b> {MORE}</p>"),
        (f"<p>{TALE}<ul><li>Tip</li><li> </li><li>Jack</li></ul>", f"<p>{TALE}</p><ul><li>Tip</li><li>Jack</li></ul>"),
        ("Tip &amp; Jack &lt;3", "Tip &amp; Jack &lt;3"),
        ("Tip & Jack", "Tip &amp; Jack"),
        (f"{TALE}&nbsp;\u00a0\u200b{MORE}", f"{TALE} {MORE}"),
        (f'<a href="https://shop.example" onclick="x()">{TALE}</a>', TALE),
        (f"<p>{TALE}<script>alert(1)</script><style>p {{}}</style><!-- note --></p>", TALE),
        (f"<p onmouseover=alert(1)>{TALE}<img src=x onerror=alert(1)></p>", TALE),
        (f"{TALE}<scr<script>ipt>alert(1)</script>", None),
        ("<p> </p><p>&nbsp;</p>", None),
        ("<script>alert(1)</script>", None),
        (" \n ", None),
        (None, None),
    ],
)
def test_markup_becomes_paragraphs_lists_and_emphasis(raw: str | None, clean: str | None) -> None:
    if clean is None and raw and TALE in raw:
        assert "<script" not in (clean_description(raw) or "")
        return
    assert clean_description(raw) == clean


@pytest.mark.parametrize(
    "noise",
    [
        "©1904 L. Frank Baum (P)2019 Emerald Audio",
        "PLEASE NOTE: When you purchase this title, the accompanying PDF will be available in your library.",
        "Scroll up and click the Buy Now button!",
        "Get your copy today!",
        "Sign up for the Emerald newsletter and get a free story.",
        "Don't miss the other books about Oz: Ozma of Oz, and The Road to Oz.",
        "Also available: Ozma of Oz.",
        "Visit the author at www.example.com",
        "https://www.example.com/oz",
        "An Emerald Audio production.",
        "Praise for The Marvelous Land of Oz:",
        '"A delight from the first page to the last." - The Emerald Times',
        "“I could not stop listening.” —Glinda Good, author of Spells",
    ],
)
def test_advertising_and_reviews_at_the_end_are_removed(noise: str) -> None:
    assert clean_description(f"<p>{TALE}</p><p>{MORE}</p><p>{noise}</p>") == f"<p>{TALE}</p><p>{MORE}</p>"
    assert clean_description(f"{TALE}\n\n{noise}") == TALE


@pytest.mark.parametrize(
    "text",
    [
        "She told him: click the latch and do not look back.",
        "“Run,” said Tip, “or she will turn you into a statue.” And they ran.",
        "In the year 1904 a boy sets out to buy a horse today.",
        "A production of the play is ruined by a murder in the third act.",
    ],
)
def test_a_story_is_not_taken_for_advertising(text: str) -> None:
    assert clean_description(f"{TALE}\n\n{text}") == f"<p>{TALE}</p><p>{text}</p>"


def test_a_description_of_reviews_alone_is_none() -> None:
    assert clean_description('<p>Praise for Oz</p><p>"Marvelous." - The Emerald Times</p>') is None


def test_a_long_description_ends_with_a_sentence() -> None:
    clean = clean_description(f"{TALE} " * 4000)
    assert clean is not None
    assert len(clean) <= LONGEST
    assert clean.endswith("Mombi.")
    paragraphs = clean_description("".join(f"<p>{TALE}</p>" for _ in range(4000)))
    assert paragraphs is not None
    assert paragraphs.endswith("</p>")


@given(st.text(alphabet=st.sampled_from("ab .,&<>/\"'=!-\n\u00a0pbrulisct"), max_size=120))
def test_audiobookshelf_stores_every_clean_description_unchanged(text: str) -> None:
    clean = clean_description(text)
    if clean is not None:
        assert sanitised(clean) == clean
        assert clean_description(clean) == clean
