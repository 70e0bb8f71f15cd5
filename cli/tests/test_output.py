"""What a table and a cell look like."""

import datetime as dt
from uuid import UUID

import pytest
from cli.output import cell, place_text, print_fields, print_json, print_table, size_text
from gapless_client import Page
from gapless_client.models import Version
from rich.console import Console

BOOK = UUID("7f1f8a52-8f0b-4d5c-9c1e-2b8f6c0d4e11")
LONG = "The Wonderful Wizard of Oz, with Pictures by W. W. Denslow"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with 40 columns."""
    monkeypatch.setattr("cli.output.console", lambda: Console(width=40, markup=False, highlight=False))


@pytest.mark.usefixtures("narrow")
def test_a_table_fits_the_terminal_and_wraps_the_last_column(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("size", "title"), [("3.1 GiB", LONG)])
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 40
    assert " ".join(printed.split()).endswith("W. W. Denslow")


@pytest.mark.usefixtures("narrow")
def test_an_id_is_whole_or_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("id", "title"), [(BOOK, LONG)])
    assert str(BOOK) in capsys.readouterr().out
    print_table(("id", "title"), [(BOOK, LONG)], if_wide=["id"])
    assert capsys.readouterr().out.split()[:2] == ["title", "The"]


def test_what_a_table_leaves_out_is_counted_apart_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("id",), [("1",)], more=3)
    captured = capsys.readouterr()
    assert captured.out.split() == ["id", "1"]
    assert "3 more" in captured.err


def test_an_empty_table_says_that_nothing_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("id",), [])
    assert capsys.readouterr().out.strip() == "Nothing found."


def test_a_field_without_a_value_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    print_fields([("title", "[bold] Oz"), ("series", None), ("genres", []), ("locked", False)])
    assert capsys.readouterr().out.split() == ["title", "[bold]", "Oz", "locked", "no"]


def test_json_has_the_fields_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(Page[Version](items=[], total=0, limit=50, offset=0))
    assert capsys.readouterr().out.split() == '{ "items": [], "total": 0, "limit": 50, "offset": 0 }'.split()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"), ("", "–"), ([], "–"), (0, "0"), (True, "yes"), (["a", "b"], "a, b"),
        (dt.datetime(2026, 3, 1, 12).astimezone(), "2026-03-01 12:00"),
    ],
)  # fmt: skip
def test_a_cell_has_no_more_than_a_person_reads(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"), [(None, "–"), (0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (3 * 2**50, "3072.0 TiB")]
)
def test_a_size_has_a_unit(size_bytes: int | None, text: str) -> None:
    assert size_text(size_bytes) == text


def test_a_place_without_a_sequence_is_the_series() -> None:
    assert (place_text("Oz", "3"), place_text("Oz", None), place_text(None, None)) == ("Oz 3", "Oz", "")
