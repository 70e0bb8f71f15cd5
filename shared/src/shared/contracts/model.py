"""The base class of everything that is sent between services."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A model whose validator is made when it is first used.

    A service imports far more models than it uses, and their validators take megabytes.
    """

    model_config = ConfigDict(defer_build=True)
