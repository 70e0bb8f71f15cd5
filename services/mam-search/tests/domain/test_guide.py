"""A guide is split into passages that can be read on their own, and its hash tells whether it has changed."""

import dataclasses

from mam_search.domain.guide import MAX_PASSAGES, PASSAGE_LENGTH, GuideText, passages
from shared.contracts.mam.guides import GuideKind, TorrentMention


def a_guide(markdown: str, kind: GuideKind = GuideKind.GUIDE) -> GuideText:
    return GuideText(kind=kind, address="/guides/?gid=1", title="Ports", markdown=markdown)


def test_each_section_is_a_passage_with_the_headings_above_it() -> None:
    found = passages(a_guide("Intro.\n\n## Home\n\nA router.\n\n### Check\n\nLook.\n\n## Away\n\nA hotel."))
    assert [(each.heading, each.text) for each in found] == [
        ("", "Intro."), ("Home", "A router."), ("Home > Check", "Look."), ("Away", "A hotel."),
    ]  # fmt: skip


def test_a_line_of_code_is_no_heading() -> None:
    (found,) = passages(a_guide("## Script\n\n```\n# a comment\nrun\n```"))
    assert (found.heading, found.text) == ("Script", "```\n# a comment\nrun\n```")


def test_a_long_section_becomes_several_passages_that_end_with_a_paragraph() -> None:
    found = passages(a_guide("\n\n".join(f"Paragraph {number}. " + "word " * 100 for number in range(6))))
    assert len(found) == 3
    assert all(len(each.text) <= PASSAGE_LENGTH + 2 for each in found)
    assert all(each.text.startswith("Paragraph") for each in found)


def test_a_text_without_paragraphs_is_split_at_its_sentences() -> None:
    found = passages(a_guide("This is one sentence of many. " * 200))
    assert all(each.text.endswith(".") and len(each.text) <= PASSAGE_LENGTH for each in found)
    assert "".join(each.text.replace(" ", "") for each in found) == "Thisisonesentenceofmany." * 200


def test_a_word_without_end_is_split_too() -> None:
    found = passages(a_guide("x" * 10_000))
    assert max(len(each.text) for each in found) <= PASSAGE_LENGTH + 1
    assert sum(len(each.text) for each in found) == 10_000


def test_the_posts_of_a_topic_are_joined() -> None:
    (found,) = passages(a_guide("## Nib, 2026-01-01\n\nWhy?\n\n## Quill, 2026-01-02\n\nBecause.", GuideKind.TOPIC))
    assert "Why?" in found.text
    assert "Because." in found.text


def test_the_number_of_passages_is_limited() -> None:
    assert len(passages(a_guide("\n".join(f"## {number}\n\ntext" for number in range(2_000))))) == MAX_PASSAGES


def test_an_empty_page_has_no_passages() -> None:
    assert passages(a_guide("")) == []


def test_the_hash_changes_with_the_content_and_not_with_the_address() -> None:
    guide = a_guide("text")
    mention = [TorrentMention(id="1")]
    assert dataclasses.replace(guide, address="/guides/?gid=2").content_hash == guide.content_hash
    for changes in ({"markdown": "other"}, {"title": "Other"}, {"author": "Nib"}, {"torrents": mention}):
        assert dataclasses.replace(guide, **changes).content_hash != guide.content_hash
