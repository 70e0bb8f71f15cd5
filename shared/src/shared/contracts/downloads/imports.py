"""Imports: the folders in which books are placed."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.values import BookId, Whole

TemplateText = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class PreviewedPath(BaseModel):
    """The folder that a template gives to one book of the library. The book is not moved."""

    book_id: BookId
    title: str
    current_path: str = Field(description="its folder now, relative to the library folder")
    path: str = Field(
        description="its folder by the template", examples=["L. Frank Baum/Oz/03 - Ozma of Oz {Phil Chenevert}"]
    )


class PathPreview(BaseModel):
    """The folders that a template gives to books of the library."""

    template: str
    items: list[PreviewedPath]
    total: int = Field(description="number of books in the library")


class PreviewPaths(Request[PathPreview]):
    """Preview the folders that a template gives to books of the library, newest first. Nothing is moved."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"template": "{Author}/<{Series}/>{Title}< ({Year})>", "limit": 5}]}
    )
    subject: ClassVar[str] = "rpc.downloads.preview_paths"
    template: TemplateText | None = Field(
        None,
        description="a template as in the setting PATH_TEMPLATE; null: that setting",
        examples=["{Author}/<{Series}/>{Title}< ({Year})>"],
    )
    limit: Annotated[Whole, Field(ge=1, le=50, description="maximum number of books")] = 20
    offset: Annotated[Whole, Field(ge=0, le=10_000_000, description="number of books to skip")] = 0
