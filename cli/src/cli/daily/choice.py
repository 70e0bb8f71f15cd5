"""Which item a person means: by its id, or by words of its title."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

import typer

ItemT = TypeVar("ItemT")
SHOWN = 10


def chosen(
    what: str,
    words: str,
    get: Callable[[UUID], ItemT],
    search: Callable[[], Sequence[ItemT]],
    describe: Callable[[ItemT], tuple[UUID, str]],
) -> ItemT:
    """The item with this id, or the only one that the search finds, or the only one with exactly this title.

    Ends the program with the status 1 and the choices if none or several match. `get` and `search` raise `ApiProblem`.
    """
    try:
        return get(UUID(words))
    except ValueError:
        found = list(search())
    exact = [each for each in found if describe(each)[1].casefold() == words.casefold()]
    if len(exact) == 1 or len(found) == 1:
        return (exact if len(exact) == 1 else found)[0]
    if not found:
        typer.echo(f"no {what} matches {words!r}. Give other words of its title, or its id", err=True)
    else:
        typer.echo(f"{words!r} matches more than one {what}. Give the id of one of them:", err=True)
        for each in found[:SHOWN]:
            typer.echo("  {}  {}".format(*describe(each)), err=True)
        if len(found) > SHOWN:
            typer.echo(f"  … and {len(found) - SHOWN} more", err=True)
    raise typer.Exit(1)
