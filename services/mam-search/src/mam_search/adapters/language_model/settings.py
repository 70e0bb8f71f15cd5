"""Settings of the language model that words answers."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_core.core_schema import ValidationInfo
from shared.chassis.setting_groups import Group
from shared.translatable import translatable


class LanguageModelSettings(BaseModel):
    """The language model. Without `language_model_api` none is used."""

    group: ClassVar = Group("language_model", "Language model")

    language_model_api: Literal["", "openai", "anthropic"] = Field(
        "",
        description="how the language model that words answers is called: openai (any compatible server) or anthropic;"
        " empty: none, answers are passages",
        examples=["openai"],
    )
    language_model_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+\S*)?$",
        description="the address of the language model, with its version; empty: that of Anthropic or OpenAI",
        examples=["http://ollama:11434/v1"],
    )
    language_model_key: SecretStr | None = Field(
        None, description="the key for the language model; a local server often needs none"
    )
    language_model: str = Field(
        "",
        max_length=200,
        validate_default=True,
        description="the name of the language model; needed with LANGUAGE_MODEL_API",
        examples=["llama3.1:8b"],
    )
    language_model_seconds: float = Field(
        30.0, ge=1, le=60, description="time-out of one request to the language model, in seconds"
    )
    language_model_tokens: int = Field(500, ge=50, le=4000, description="maximum length of an answer, in tokens")

    @field_validator("language_model")
    @classmethod
    def _named(cls, name: str, others: ValidationInfo) -> str:
        if others.data.get("language_model_api") and not name.strip():
            words = "a language model is configured without its name"
            raise ValueError(translatable("setting.model_without_name", words))
        return name.strip()
