"""A question is answered by passages; a language model words the answer only from them, and only if it cites them."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from mam_search.adapters.language_model.registry import chosen_model
from mam_search.adapters.language_model.settings import LanguageModelSettings
from mam_search.adapters.postgres.guide_search import PostgresGuides
from mam_search.handlers.ask_guides import AskGuidesHandler
from pydantic import SecretStr, ValidationError
from sandbox.language_model.app import LanguageModel
from sandbox.outcomes import Outcome
from shared.chassis.database import Database, Transaction
from shared.contracts.mam.guides import AskGuides

from sandbox import language_model

KEY = "sk-only-for-tests"
QUESTION = AskGuides(question="How many unfinished torrents may a Power User have?")
Make = Callable[..., AskGuidesHandler]


@pytest.fixture
def guides(stored_guides: Database) -> PostgresGuides:
    return PostgresGuides(stored_guides.transactions(Transaction), "http://mam")


@pytest.fixture
def server() -> LanguageModel:
    return language_model.create(KEY)


@pytest.fixture
async def asking(guides: PostgresGuides, server: LanguageModel) -> AsyncIterator[Make]:
    servers = []

    def make(api: str = "openai", **changes: Any) -> AskGuidesHandler:
        values = {"language_model_url": "http://model/v1", "language_model_key": SecretStr(KEY), "language_model": "m"}
        settings = LanguageModelSettings.model_validate({"language_model_api": api, **values, **changes})
        chosen = chosen_model(settings, httpx.ASGITransport(server))
        assert chosen is not None
        servers.append(chosen[1])
        return AskGuidesHandler(guides, chosen[0])

    yield make
    for each in servers:
        await each.aclose()


async def test_without_a_language_model_the_answer_is_the_passages(guides: PostgresGuides) -> None:
    answer = await AskGuidesHandler(guides, None).ask(QUESTION)
    assert [each.number for each in answer.passages] == [1, 2, 3, 4, 5]
    assert answer.passages[0].address == "http://mam/guides/?gid=1008"
    assert answer.answer is None
    assert "LANGUAGE_MODEL_API" in answer.note


@pytest.mark.parametrize("api", ["openai", "anthropic"])
async def test_a_language_model_words_the_answer_and_cites_the_passages(asking: Make, api: str) -> None:
    answer = await asking(api).ask(QUESTION)
    assert answer.answer is not None
    assert "[1]" in answer.answer
    assert (answer.model, answer.note) == ("m", "")


@pytest.mark.parametrize("api", ["openai", "anthropic"])
async def test_the_language_model_gets_nothing_but_the_passages_and_the_question(
    asking: Make, server: LanguageModel, api: str
) -> None:
    answer = await asking(api).ask(QUESTION)
    (body,) = server.received
    message = body["messages"][-1]["content"]
    assert message.count("<passage ") == len(answer.passages)
    assert message.endswith(f"<question>\n{QUESTION.question}\n</question>")
    assert len(body["messages"]) == (2 if api == "openai" else 1)
    assert body["max_tokens"] == 500


async def test_a_newer_model_gets_the_name_of_the_limit_that_it_knows(asking: Make, server: LanguageModel) -> None:
    answer = await asking(language_model="new-model").ask(QUESTION)
    assert answer.answer is not None
    assert server.received[-1]["max_completion_tokens"] == 500


@pytest.mark.parametrize("api", ["openai", "anthropic"])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unknown_citation", "cited passage 8, which does not exist"),
        ("no_citation", "cited no passage"),
        ("obedient", "cited no passage"),
        ("rambling", "more than 4000 characters"),
        ("speechless", "empty answer"),
        ("throttled", "429"),
        ("broken", "500"),
        ("half", "the language model failed"),
        ("html", "HTML instead of JSON"),
        ("empty", "an empty response"),
    ],
)
async def test_a_wrong_answer_is_not_shown_and_the_passages_are(
    asking: Make, server: LanguageModel, api: str, kind: str, words: str
) -> None:
    server.outcomes.switch_on(Outcome(kind=kind))
    answer = await asking(api).ask(QUESTION)
    assert (answer.answer, answer.model, len(answer.passages)) == (None, None, 5)
    assert words in answer.note


async def test_a_wrong_key_is_not_shown(asking: Make) -> None:
    answer = await asking(language_model_key=SecretStr("sk-wrong-and-secret")).ask(QUESTION)
    assert answer.answer is None
    assert "401" in answer.note
    assert "sk-wrong" not in answer.model_dump_json()


async def test_a_language_model_that_is_too_slow_costs_only_the_words(asking: Make, server: LanguageModel) -> None:
    server.outcomes.switch_on(Outcome(kind="slow", delay_seconds=30))
    answer = await asking(language_model_seconds=1).ask(QUESTION)
    assert answer.answer is None
    assert "did not answer within 1 s" in answer.note or "timed out" in answer.note


async def test_a_question_that_no_passage_answers_is_not_sent_to_the_language_model(
    asking: Make, server: LanguageModel
) -> None:
    answer = await asking().ask(AskGuides(question="Xylophone zymurgy?"))
    assert (answer.passages, answer.answer) == ([], None)
    assert server.received == []


def test_a_language_model_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="without its name"):
        LanguageModelSettings(language_model_api="openai")
    assert chosen_model(LanguageModelSettings()) is None
