"""Answers questions from the stored guides: with the passages, and in words if a language model is configured."""

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.mam.guides import AskGuides, GuideAnswer
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from mam_search.domain.answer import INSTRUCTIONS, fault_of, message_for
from mam_search.domain.guide_ports import Guides, LanguageModel

NO_MODEL = translatable(
    "answer.no_model", "no language model is configured (LANGUAGE_MODEL_API), so only the passages are shown"
)
NO_PASSAGES = translatable("answer.no_passages", "no stored guide or topic says anything about this")


class AskGuidesHandler:
    """Answers `AskGuides`. `model` is None if no language model is configured."""

    def __init__(self, guides: Guides, model: LanguageModel | None) -> None:
        self._guides = guides
        self._model = model

    async def ask(self, request: AskGuides) -> GuideAnswer:
        """The passages that answer the question, and the answer of the model, if each of its citations exists.

        A model that fails or cites what does not exist costs only the words: the passages are returned with a note.
        """
        passages = await self._guides.passages(request.question, request.passages)
        found = GuideAnswer(question=request.question, passages=passages)
        if not passages or self._model is None:
            return _without_answer(found, NO_MODEL if passages else NO_PASSAGES)
        try:
            answer = await self._model.complete(INSTRUCTIONS, message_for(request.question, passages))
        except RemoteError as error:
            words = f"the language model failed: {error.detail}"
            return _without_answer(found, translatable("answer.model_failed", words, why=error.detail))
        if fault := fault_of(answer, passages):
            logger().warning("answer_refused", model=self._model.name, because=fault)
            words = f"{fault}, so its answer is not shown"
            return _without_answer(found, translatable("answer.not_shown", words, why=fault))
        return found.model_copy(update={"answer": answer.strip(), "model": self._model.name})


def _without_answer(found: GuideAnswer, note: str) -> GuideAnswer:
    return found.model_copy(update={"note": note, "translatable": translatables(note=note)})
