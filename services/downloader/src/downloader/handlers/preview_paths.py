"""Previews the folders that a template gives to books of the library."""

from shared.chassis.errors import RemoteError, ServiceUnavailable
from shared.contracts.downloads.imports import PathPreview, PreviewedPath, PreviewPaths
from shared.translatable import message_of, translatable

from downloader.domain.naming import names_of_book
from downloader.domain.path_template import BadTemplate, PathTemplate
from downloader.domain.ports import Library
from downloader.domain.refusals import BadPathTemplate


class PreviewPathsHandler:
    """Handles `PreviewPaths`. `template` is the configured one."""

    def __init__(self, library: Library, template: PathTemplate) -> None:
        self._library = library
        self._template = template

    async def preview(self, request: PreviewPaths) -> PathPreview:
        """The folder of each book by the template. Nothing is moved.

        Raises `BadPathTemplate`, and `ServiceUnavailable` if the library cannot be read.
        """
        try:
            template = self._template if request.template is None else PathTemplate(request.template)
        except BadTemplate as error:
            raise BadPathTemplate(
                translatable(
                    "refused.bad_template",
                    f"the template {request.template!r} is not valid: {error}",
                    template=request.template,
                    why=message_of(error),
                )
            ) from error
        try:
            books = await self._library.books(request.limit, request.offset)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", str(error)) from error
        items = [
            PreviewedPath(
                book_id=book.id,
                title=book.title,
                current_path=book.path,
                path=str(template.folder(names_of_book(book))),
            )
            for book in books.items
        ]
        return PathPreview(template=template.text, items=items, total=books.total)
