"""The kinds of language models, and the one that the settings choose."""

import httpx

from mam_search.adapters.language_model import anthropic, openai
from mam_search.adapters.language_model.remote import ModelServer
from mam_search.adapters.language_model.settings import LanguageModelSettings
from mam_search.domain.guide_ports import LanguageModel


def chosen_model(
    settings: LanguageModelSettings, transport: httpx.AsyncBaseTransport | None = None
) -> tuple[LanguageModel, ModelServer] | None:
    """The model of the settings and its server; None if there is none."""
    key = settings.language_model_key.get_secret_value() if settings.language_model_key else ""
    name, tokens, seconds = settings.language_model, settings.language_model_tokens, settings.language_model_seconds
    match settings.language_model_api:
        case "openai":
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            server = ModelServer(settings.language_model_url or openai.URL, headers, seconds, transport)
            return openai.OpenAiModel(server, name, tokens), server
        case "anthropic":
            headers = {"x-api-key": key, "anthropic-version": anthropic.VERSION}
            server = ModelServer(settings.language_model_url or anthropic.URL, headers, seconds, transport)
            return anthropic.AnthropicModel(server, name, tokens), server
        case _:
            return None
