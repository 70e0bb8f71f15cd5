"""A hook of MkDocs that fits the pages in `docs` into a site. `mkdocs.yml` names it.

- A page that `mkdocs.yml` does not list appears under "More", and every decision under "Decisions".
- A line that is only a link to a README, or to a section of one, is replaced by its content: nothing is written twice.
- A link to a file outside of `docs` becomes plain text, because the site does not contain the file.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_INCLUDED = re.compile(r"^\[([^\]]+)\]\(\.\./((?:[\w-]+/)*README\.md)(#[\w-]+)?\)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
_FOR = re.compile(r"\AFor [^\n]*\n+")
"""Who a README is for. The page that includes it says so itself."""
_PICTURE = re.compile(r'(src="|srcset=")docs/')


def on_config(config: Any) -> Any:
    """Add the decisions and the pages that the navigation does not list."""
    folder = Path(config["docs_dir"])
    listed = set(_pages(config["nav"]))
    decisions = sorted(path.relative_to(folder).as_posix() for path in (folder / "decisions").glob("*.md"))
    more = sorted(path.name for path in folder.glob("*.md") if path.name not in listed)
    config["nav"] = [
        *config["nav"],
        *([{"More": more}] if more else []),
        {"Decisions": decisions},
    ]
    return config


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """The text of a page, with what it includes and without links to files outside of `docs`."""
    folder = Path(config["docs_dir"])
    text = with_included(markdown, folder.parent)
    return without_outside_links(text, (folder / page.file.src_uri).parent, folder)


def with_included(text: str, checkout: Path) -> str:
    """Replace each line that is only a link to a README, or to a section of one, by its content without the title.

    Raises `ValueError` if the README has no section with the text of the link, and `OSError` if there is no README.
    """

    def included(link: re.Match[str]) -> str:
        title, path, anchor = link.groups()
        readme = (checkout / path).read_text(encoding="utf-8")
        section = rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)"
        found = re.search(section if anchor else r"\A# [^\n]*\n(.*)\Z", readme, re.DOTALL | re.MULTILINE)
        if found is None:
            raise ValueError(f"{path} has no section {title!r}")
        return _from_docs(_FOR.sub("", found[1].strip()))

    return _INCLUDED.sub(included, text)


def _from_docs(text: str) -> str:
    """A text of the root of the checkout as a text in `docs`. Other links of it become plain text."""

    def moved(link: re.Match[str]) -> str:
        words, target = link.groups()
        if target.startswith("docs/"):
            return f"[{words}]({target.removeprefix('docs/')})"
        return link[0] if "://" in target else words

    return _PICTURE.sub(r"\1", _LINK.sub(moved, text))


def without_outside_links(text: str, here: Path, folder: Path) -> str:
    """Replace links to files outside of `folder` by their text. `here` is the folder of the page."""

    def plain(link: re.Match[str]) -> str:
        words, target = link.groups()
        path = target.partition("#")[0]
        is_page = not path or ":" in path or (here / path).resolve().is_relative_to(folder.resolve())
        return link[0] if is_page else words

    return _LINK.sub(plain, text)


def _pages(nav: Any) -> Iterator[str]:
    """The pages that a navigation lists."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping):
        for each in nav.values():
            yield from _pages(each)
    else:
        for each in nav:
            yield from _pages(each)
