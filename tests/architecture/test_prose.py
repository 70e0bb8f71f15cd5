"""Idioms that do not read as plain English and that slipped into the project before."""

import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
KINDS = {".py", ".md", ".example", ".yml", ".sh", ".toml", ".mako", ".jinja", ".txt"}
IDIOMS = (
    r"\bgoes? by (?:the|its|their) words?\b",
    r"\bknock(?:s|ing)? at\b",
    r"\bof its own accord\b",
    r"\b(?:made|written|tried|asked|built|fetched) anew\b",
    r"\bused are (?:they|these)\b",
    r"\bnothing stays\b",
    r"\bnot one subject more\b",
    r"\bby hand of\b",
    r"\bparted by\b",
    r"\btold (?:by|of|to) (?:it|us|them|whom|nobody|everybody)\b",
    r"\bwhat is told\b",
    r"\bbeg(?:in|ins|an|un) anew\b",
    r"\b(?:is|are) none of\b",
    r"\bstands? on nothing\b",
    r"\btakes? over what\b",
    r"\bwhoever\b",
    r"\bsomebody (?:was|is) faster\b",
    r"\blast words (?:from|of a|of the) (?:service|program|process)\b",
    r"\bso long as\b",
    r"\bwhat came of\b",
    r"\bto be had\b",
    r"\bhere and there\b",
    r"\bin good order\b",
    r"\blets? go of\b",
    r"\bput off\b",
    r"\bat its door\b",
    r"\bgives? way to\b",
    r"\bmakes? room\b",
    r"\bnobody (?:hears|says|answers|looks|in particular)\b",
)
"""One pattern for each idiom. Say it with the usual technical term: stored, sent, requested, retried, separated by."""
QUOTED = {
    "tests/architecture/test_prose.py",  # it lists them
}


def _texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    files = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return [path for path in files if path.is_file() and path.suffix in KINDS and _name(path) not in QUOTED]


def _name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@pytest.mark.parametrize("idiom", IDIOMS)
def test_no_text_uses_the_idiom(idiom: str) -> None:
    pattern = re.compile(idiom, re.IGNORECASE)
    found = [
        f"{_name(path)}:{number}: {line.strip()}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == [], "CONTRIBUTING.md, Prose, says how to write it"


def test_the_pattern_of_each_idiom_finds_it() -> None:
    sample = "The values are parted by commas. Somebody was faster. It is written anew. These are none of ours."
    assert sum(bool(re.search(idiom, sample, re.IGNORECASE)) for idiom in IDIOMS) == 4


def test_there_are_texts_to_check() -> None:
    assert len(_texts()) > 400
