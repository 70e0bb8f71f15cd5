"""Checks of the compose installation while one part after another is killed."""
