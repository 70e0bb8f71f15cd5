from pathlib import Path

from sandbox.journal import Journal


def test_the_last_value_of_a_key_is_read_after_a_restart(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state.jsonl")
    journal.put("book:1", {"title": "Emma"})
    journal.put("book:2", {"title": "Persuasion"})
    journal.put("book:1", {"title": "Emma, again"})
    journal.put("book:2", None)
    journal.put("scan", 7)
    again = Journal(tmp_path / "state.jsonl")
    assert again.values("book:") == {"1": {"title": "Emma, again"}}
    assert again.values("scan") == {"": 7}


def test_opening_compacts_the_file_to_one_line_for_each_key(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    journal = Journal(path)
    for number in range(100):
        journal.put("count", number)
    Journal(path)
    assert path.read_text() == '["count", 99]\n'


def test_an_incomplete_last_line_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    path.write_text('["book", 1]\n["book", 2]\n["boo')
    assert Journal(path).values("book") == {"": 2}


def test_without_a_path_nothing_is_written(tmp_path: Path) -> None:
    journal = Journal(None)
    journal.put("book", 1)
    assert journal.values("book") == {"": 1}
    assert list(tmp_path.iterdir()) == []
