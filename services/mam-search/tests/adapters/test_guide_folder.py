"""Exported files have safe names and are replaced at once."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from mam_search.adapters.guide_folder import GuideFolder, file_name
from shared.contracts.mam.guides import Guide, GuideKind


def a_guide(title: str = "Ports", markdown: str = "Open one.") -> Guide:
    return Guide(
        id=uuid4(), kind=GuideKind.GUIDE, title=title, markdown=markdown, address="http://mam/guides/?gid=3",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def folder(path: Path, *guides: Guide) -> GuideFolder:
    async def every() -> AsyncIterator[Guide]:
        for guide in guides:
            yield guide

    return GuideFolder(path, every)


@pytest.mark.parametrize("title", ["../../etc/passwd", "/abs", "a/b\\c", "..", "\x00", "é" * 500, "CON", "a:b?*"])
def test_no_title_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    path = tmp_path / file_name(a_guide(title))
    assert path.parent == tmp_path
    assert path.resolve().parent == tmp_path.resolve()
    assert len(path.name) < 120


async def test_a_file_is_written_only_if_its_content_differs(tmp_path: Path) -> None:
    guide = a_guide()
    assert await folder(tmp_path, guide).write_all() == 1
    assert await folder(tmp_path, guide).write_all() == 0
    assert await folder(tmp_path, guide.model_copy(update={"markdown": "Open two."})).write_all() == 1
    assert os.listdir(tmp_path) == ["guide-3-ports.md"]


async def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    exported = tmp_path / "guides"
    exported.mkdir()
    (exported / "guide-3-ports.md").symlink_to(target)
    await folder(exported, a_guide()).write_all()
    assert target.read_text() == "mine"
    assert not (exported / "guide-3-ports.md").is_symlink()
