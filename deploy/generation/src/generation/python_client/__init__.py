"""Generates the Python client in `clients/python` from the description of the REST API."""
