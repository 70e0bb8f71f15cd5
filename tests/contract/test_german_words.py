"""The dashboard has a German text for each key that services show to people, and none for another key.

Settings, tasks, error codes and the areas of the doctor are documented, so `src/words/services.test.ts` compares them
with the documents. The keys here are only in the code.
"""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from downloader.domain.client_state import ClientState
from downloader.domain.retry import NextStep
from shared.books.packs.description import PackKind
from shared.books.text.kind_phrases import WorkKind
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.metadata.bibliographies import BibliographyOf

PROJECT = Path(__file__).parents[2]
WORDS = PROJECT / "dashboard" / "src" / "words" / "de" / "services"
KEY = re.compile(r'^  "?(\w[\w ,]*?)"?:', re.MULTILINE)
SENTENCE = re.compile(r'^  (\w+):\s+"(.+)",$', re.MULTILINE)
OPTIONAL = re.compile(r"\[[^\[\]]*\]")
FIGURE = re.compile(r"\{\{(\w+)")
SET = re.compile(r"\{\{\w+:(\w+)\}\}")
NAMES = re.compile(r"(?:export const |import \{ tasks as )(\w+)")
FORMATS = frozenset("bytes commas date decimal duration either moment number percent relative semicolons time".split())
"""The names after a colon that are no set: the formats and joins of `sentence.ts`."""

CALLS = {
    "rules": {
        "Reason": 0,
        "Reason.of": 0,
        "BookReason": 0,
        "RuleReason": 0,
        "Finding": 0,
        "_reason": 0,
        "_verdict": 1,
        "reading": 3,
    },
    "plans": {"PlannedAction.of": 0, "_action": 0},
    "facts": {"passed": 0, "failed": 0, "not_tested": 0},
    "choices": {},
    "doctor": {"found": 0},
}
"""What makes something with a key, and the place of the key among the arguments."""
NAMED = {"rules": "rule", "plans": "kind", "facts": "code", "doctor": "area"}
"""The name of the argument with the key."""
COMPOSED = {f"{kind} in title" for kind in ("text", "series", "number", "person", "year", "copy")} | {
    f"abridged in {place}" for place in ("title", "subtitle", "folder")
}
"""Rules whose name is made of two words."""
AGAIN = {f"{step}_again" for step in NextStep}
"""What a retry would do."""


@cache
def modules() -> list[ast.Module]:
    """The code of all services and of what they share."""
    files = [*(PROJECT / "shared" / "src").rglob("*.py"), *(PROJECT / "services").glob("*/src/**/*.py")]
    return [ast.parse(file.read_text(encoding="utf-8")) for file in files]


@cache
def texts() -> frozenset[str]:
    """Every text in the code, and the kind in a text such as `exists:NAME`."""
    found = {
        node.value
        for module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return frozenset(found | {text.partition(":")[0] for text in found} | COMPOSED | AGAIN)


def sentences_in_code() -> dict[str, list[set[str]]]:
    """The codes of the sentences in the code, each with the figures of every place that says it."""
    found: dict[str, list[set[str]]] = {}
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translatable":
                match node.args:
                    case [ast.Constant(value=str(code)), *_]:
                        found.setdefault(code, []).append({each.arg for each in node.keywords if each.arg})
    return found


@cache
def sentences() -> dict[str, str]:
    """The German sentences by their codes."""
    return {
        f"{file.stem}.{name}": text
        for file in (WORDS / "sentences").glob("*.ts")
        for name, text in SENTENCE.findall(file.read_text(encoding="utf-8"))
    }


def keys_in_code(of: str) -> Iterator[str]:
    """The keys that the code gives as they are, not in a variable."""
    for module in modules():
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in CALLS[of]):
                continue
            place = CALLS[of][called]
            given = [each.value for each in node.keywords if each.arg == NAMED[of]] or node.args[place : place + 1]
            for each in given:
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value.partition(":")[0]


@pytest.mark.parametrize("of", CALLS)
def test_each_key_in_the_code_has_a_german_text_and_each_text_a_key(of: str) -> None:
    german = set(KEY.findall((WORDS / f"{of}.ts").read_text(encoding="utf-8")))
    assert german, f"no key was found in {of}.ts"
    assert set(keys_in_code(of)) - german == set(), f"add the German texts to {of}.ts"
    assert german - texts() == set(), f"no service says this any more: remove it from {of}.ts"


def test_each_sentence_in_the_code_has_a_german_one_and_each_german_one_a_sentence() -> None:
    codes = set(sentences_in_code())
    assert len(codes) > 70
    assert codes - sentences().keys() == set(), "add the German sentences to dashboard/src/words/de/services/sentences"
    assert sentences().keys() - codes == set(), "no service says this any more"


def test_a_german_sentence_has_the_figures_of_the_english_one_and_no_other() -> None:
    for code, places in sentences_in_code().items():
        for figures in places:
            named = set(FIGURE.findall(sentences()[code]))
            assert named - figures == set(), f"{code} is used without these figures"
            needed = set(FIGURE.findall(OPTIONAL.sub("", sentences()[code])))
            assert needed <= figures, code


@pytest.mark.parametrize(
    ("file", "name", "kinds"),
    [
        ("kinds", "kinds", WorkKind),
        ("kinds", "packs", PackKind),
        ("kinds", "verdicts", Verdict),
        ("states", "client_states", ClientState),
        ("states", "subjects", BibliographyOf),
    ],
)
def test_each_kind_of_a_sentence_has_a_german_name(file: str, name: str, kinds: type[StrEnum]) -> None:
    text = (WORDS / f"{file}.ts").read_text(encoding="utf-8")
    german = text.partition(f"export const {name}:")[2].partition("};")[0]
    assert set(KEY.findall(german)) == {kind.value for kind in kinds}


def test_each_set_of_names_in_a_sentence_is_there() -> None:
    sets = {name for text in sentences().values() for name in SET.findall(text)} - FORMATS
    files = [file.read_text(encoding="utf-8") for file in WORDS.glob("*.ts")]
    there = {name for text in files for name in NAMES.findall(text)}
    assert len(sets) > 20
    assert sets - there == set()
