"""The invented guides and forum boards of the site, read from `site_guides.txt` and `site_forum.txt`."""

import re
from collections.abc import Iterator
from importlib.resources import files

from sandbox.world import Board, Post, SiteGuide, Topic


def site_guides() -> list[SiteGuide]:
    """Every guide, in the order of the index."""
    guides = []
    for _kind, number, text in _blocks("site_guides.txt"):
        head, _, html = text.partition("\n---\n")
        about = dict(line.split(": ", 1) for line in head.strip().splitlines())
        guides.append(
            SiteGuide(
                number=number,
                title=about["title"],
                author=about["author"],
                category=about["category"],
                tags=about["tags"].split(", "),
                changed=about["changed"],
                framed=about.get("frame") == "yes",
                html=html.strip(),
            )
        )
    return guides


def site_boards() -> list[Board]:
    """Every board with its topics and posts."""
    boards: list[tuple[int, str, list[Topic]]] = []
    for kind, number, text in _blocks("site_forum.txt"):
        if kind == "board":
            boards.append((number, text.strip().removeprefix("name: "), []))
        elif kind == "topic":
            boards[-1][2].append(Topic(number=number, title=_title(text), posts=_posts(text)))
    return [Board(number=number, name=name, topics=topics) for number, name, topics in boards]


def _title(text: str) -> str:
    return text.strip().splitlines()[0].removeprefix("title: ")


def _posts(text: str) -> list[Post]:
    found = re.split(r"(?m)^--- post (\d+) \| (.+?) \| (.+?)$", text)[1:]
    groups = zip(found[::4], found[1::4], found[2::4], found[3::4], strict=True)
    return [Post(number=int(each[0]), author=each[1], posted=each[2], html=each[3].strip()) for each in groups]


def _blocks(name: str) -> Iterator[tuple[str, int, str]]:
    text = files("sandbox").joinpath(f"worldmaking/{name}").read_text("utf-8")
    found = re.split(r"(?m)^=== (guide|board|topic) (\d+)$", text)[1:]
    for kind, number, content in zip(found[::3], found[1::3], found[2::3], strict=True):
        yield kind, int(number), content
