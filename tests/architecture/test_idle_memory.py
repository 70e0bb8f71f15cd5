"""A service imports only what it uses, because each module stays in memory for as long as the service runs."""

import subprocess
import sys

import pytest
from provisioning.services import PARTS

NEVER = {
    "alembic": "migrations run in a child process (shared.chassis.schema)",
    "mako": "a part of alembic",
    "av": "audio is read by a child process",
    "rich": "a service prints no tables (shared.chassis)",
    "pygments": "a service shows no coloured code (shared.chassis)",
    "nkeys": "users of NATS have passwords",
    "opentelemetry.sdk": "traces are recorded only with OTEL_EXPORTER_OTLP_ENDPOINT",
    "opentelemetry.exporter": "traces are exported only with OTEL_EXPORTER_OTLP_ENDPOINT",
    "sentry_sdk": "errors are sent only with SENTRY_DSN",
    "playwright": "pages are read by a child process",
    "pytest": "for tests",
    "sandbox": "for tests",
}
"""What no service imports, with the reason."""
ONLY = {
    "bs4": set[str](),  # imported for the first page of a site
    "lxml": set[str](),
    "nh3": set[str](),  # imported for the first description with markup
    "stopwordsiso": set[str](),  # imported for the first text whose language is found
    "uvicorn": {"gateway"},  # the others import it if they have an HTTP port
    "fastapi": {"gateway"},
    "apprise": set[str](),  # imported for the first target
    "jinja2": set[str](),  # imported for the first notification
    "fastapi_offline": set[str](),
    "authlib": set[str](),  # imported for the first sign-in with OpenID Connect
    "joserfc": set[str](),
    "cryptography": set[str](),  # imported for the first encryption
    "torf": {"mam_search"},
    "cronsim": {"scheduler", "gateway"},
    "rapidfuzz": {"library_scanner", "mam_search", "downloader", "metadata"},
}
"""What only some services import when they start."""
ROLES = [part.role for part in PARTS]


def modules_after(statement: str) -> set[str]:
    """The names of all modules that a new interpreter has loaded after this statement."""
    program = f"import sys\n{statement}\nprint('\\n'.join(name for name, module in sys.modules.items() if module))"
    command = [sys.executable, "-c", program]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.split())


BUILD = """
import {role}.__main__
from {role} import app
from shared.chassis.service import Service
settings = next(each for each in vars({role}.__main__).values() if hasattr(each, 'model_fields'))
app.build(settings.example(), Service.of(app.SPEC, settings.example()))
"""
"""Build a service without connecting, as it does when it starts."""


@pytest.mark.parametrize("role", ROLES)
def test_a_service_imports_only_what_it_uses(role: str) -> None:
    loaded = modules_after(BUILD.format(role=role))
    assert {name: reason for name, reason in NEVER.items() if name in loaded} == {}
    assert {name for name, users in ONLY.items() if name in loaded and role not in users} == set()


def test_the_services_in_one_process_run_without_the_command_line() -> None:
    loaded = modules_after("import embedded.up")
    assert {name: reason for name, reason in NEVER.items() if name in loaded} == {}
    assert not {"typer", "cli"} & loaded


def test_every_contract_makes_its_validator_when_it_is_first_used() -> None:
    program = """
import importlib, pkgutil
import shared.contracts
from pydantic import BaseModel
from shared.contracts.library.books import Book, GetBook
from shared.contracts.model import Model

def below(model):
    for each in model.__subclasses__():
        yield each
        yield from below(each)

assert not Book.__pydantic_complete__ and not GetBook.__pydantic_complete__
for module in pkgutil.walk_packages(shared.contracts.__path__, "shared.contracts."):
    importlib.import_module(module.name)
contracts = {each for each in below(BaseModel) if each.__module__.startswith("shared.contracts.")}
print(len(contracts), *(f"{each.__module__}.{each.__name__}" for each in contracts if not issubclass(each, Model)))
"""
    command = [sys.executable, "-c", program]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.split()
    assert int(output[0]) > 100
    assert output[1:] == [], "derive them from shared.contracts.model.Model"
