"""The passages that answer a question are found. Recall is measured over the guides and topics of the sandbox."""

import pytest
from guide_questions import QUESTIONS
from mam_search.adapters.postgres.guide_search import PostgresGuides
from shared.chassis.database import Database, Transaction

RECALL = 0.9


@pytest.fixture
def guides(stored_guides: Database) -> PostgresGuides:
    return PostgresGuides(stored_guides.transactions(Transaction), "http://mam")


async def test_nine_of_ten_questions_find_their_passage_among_the_best_five(guides: PostgresGuides) -> None:
    missed = []
    for question, address, part in QUESTIONS:
        found = await guides.passages(question, 5)
        if not any(each.address == f"http://mam{address}" and part in each.text for each in found):
            missed.append((question, [(each.title, each.heading) for each in found]))
    assert len(QUESTIONS) == 40
    assert 1 - len(missed) / len(QUESTIONS) >= RECALL, missed
