"""Signing in with a browser: the password, the sessions, and the protection of calls that a browser authorizes."""
