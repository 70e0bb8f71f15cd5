"""A stand-in for a language model."""

from sandbox.language_model.app import create

__all__ = ["create"]
