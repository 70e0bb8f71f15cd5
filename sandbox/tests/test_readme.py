import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from sandbox.validation import mistakes_in
from sandbox.worldmaking.shipped import SANDBOX

from sandbox import world

README = (SANDBOX / "README.md").read_text("utf-8")
PARTS = [each for each in vars(world).values() if isinstance(each, type) and issubclass(each, world.Part)]


def test_the_example_is_a_valid_world(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    (tmp_path / "example.json").write_text(example, "utf-8")
    assert mistakes_in(tmp_path / "example.json") == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_is_documented(part: type[BaseModel]) -> None:
    assert [name for name in part.model_fields if f"`{name}`" not in README] == []


def test_every_kind_of_work_and_every_health_of_an_offer_is_documented() -> None:
    words = [*world.WorkKind, *world.OfferHealth]
    assert [word for word in words if f"`{word}`" not in README] == []
