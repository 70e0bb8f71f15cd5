"""The examples of reverse proxies, run by nginx and Caddy in front of the gateway, below a path."""

import asyncio
import os
import re
import signal
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import nats
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from embedded.process import end_with_parent, free_port
from shared.contracts.downloads.events import DownloadCompleted
from shared.testing.waiting import until

from .conftest import ADMIN_KEY, Gateway

PROXIES = Path(__file__).parents[3] / "deploy" / "proxies"
KEY = {"X-Api-Key": ADMIN_KEY}


@pytest.fixture
def more_settings() -> dict[str, str]:
    return {"BASE_PATH": "/gapless", "TRUSTED_PROXIES": "127.0.0.1", "FORWARD_AUTH_HEADER": "Remote-User"}


@contextmanager
def program(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Iterator[None]:
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ["PATH"], **(environment or {})},
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - two system calls, no lock is taken
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def certificate(folder: Path) -> None:
    """A certificate for localhost, signed with its own key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    (folder / "gapless.key").write_bytes(key.private_bytes(pem, private, serialization.NoEncryption()))
    (folder / "gapless.crt").write_bytes(made.public_bytes(pem))


@contextmanager
def nginx(folder: Path, upstream: str, *, path: str = "/gapless/") -> Iterator[str]:
    """nginx with the example. Only the addresses, the certificate and the path are others."""
    port = free_port()
    certificate(folder)
    text = (PROXIES / "nginx.conf").read_text(encoding="utf-8")
    changes = {"127.0.0.1:8080": upstream, "listen 443": f"listen 127.0.0.1:{port}", "/etc/ssl": str(folder),
               "location / {": f"location {path} {{"}  # fmt: skip
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root, nginx would start its workers with another account, which may not enter the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(
        f"{user} pid {folder}/pid; error_log {folder}/log; daemon off; events {{}}"
        f" http {{ access_log off; {temporary}\n{text} }}"
    )
    subprocess.run(["nginx", "-t", "-e", folder / "log", "-c", config], check=True, capture_output=True, timeout=60)
    with program(["nginx", "-e", str(folder / "log"), "-c", str(config)], folder):
        yield f"https://localhost:{port}"


@contextmanager
def caddy(folder: Path, upstream: str) -> Iterator[str]:
    """Caddy with the file of the profile `tls`, which has a setting for everything that differs here."""
    port = free_port()
    environment = {
        "TLS_SITE": f"https://localhost:{port}", "TLS_UPSTREAM": upstream, "TLS_HTTP_PORT": str(free_port()),
        "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder),
    }  # fmt: skip
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(PROXIES / "Caddyfile")]
    with program(command, folder, environment):
        yield f"https://localhost:{port}"


def client(url: str) -> httpx.AsyncClient:
    """A client that accepts any certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return httpx.AsyncClient(base_url=url, verify=context, trust_env=False, timeout=60)


@asynccontextmanager
async def behind(name: str, gateway: Gateway, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the gateway behind a proxy that answers."""
    start = {"nginx": nginx, "caddy": caddy}[name]
    with start(folder, gateway.url.removeprefix("http://")) as url:
        async with client(url) as through:

            async def answers() -> bool:
                try:
                    return (await through.get("/gapless/ping")).status_code == 200
                except httpx.TransportError:
                    return False

            await until(answers)
            yield through


both = pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.needs(each)) for each in ("nginx", "caddy")]
)


@both
async def test_an_event_arrives_through_the_proxy_while_the_stream_stays_open(
    name: str, gateway: Gateway, tmp_path: Path
) -> None:
    connection = await nats.connect(gateway.nats_url)
    event = DownloadCompleted(download_id=uuid4())
    async with (
        behind(name, gateway, tmp_path) as through,
        through.stream("GET", "/gapless/api/events", headers=KEY) as stream,
    ):
        assert stream.status_code == 200
        lines = stream.aiter_lines()
        async with asyncio.timeout(60):
            assert await anext(lines) == ": listening"
            await connection.jetstream().publish(event.subject, event.model_dump_json().encode())
            async for line in lines:
                if str(event.download_id) in line:
                    break
    await connection.close()


@both
async def test_the_proxy_says_the_scheme_and_the_caller_cannot_name_its_address_or_a_user(
    name: str, gateway: Gateway, tmp_path: Path
) -> None:
    claimed = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "Remote-User": "somebody"}
    async with behind(name, gateway, tmp_path) as through:
        page = {"Origin": str(through.base_url).rstrip("/")}
        signed_in = await through.post("/gapless/api/session", json={"api_key": ADMIN_KEY}, headers={**claimed, **page})
        assert signed_in.is_success, signed_in.text
        assert re.search(r"; secure\b", signed_in.headers["set-cookie"], re.IGNORECASE)
        sessions = await through.get("/gapless/api/sessions", headers=KEY)
        assert [each["address"] for each in sessions.json()["items"]] == ["127.0.0.1"]
        through.cookies.clear()
        assert (await through.get("/gapless/api/books", headers=claimed)).status_code == 401


def test_the_example_for_traefik_names_only_what_it_defines() -> None:
    http = yaml.safe_load((PROXIES / "traefik.yml").read_text(encoding="utf-8"))["http"]
    for router in http["routers"].values():
        assert router["service"] in http["services"]
        assert set(router["middlewares"]) <= http["middlewares"].keys()
        assert router["tls"]
    for service in http["services"].values():
        assert service["loadBalancer"]["serversTransport"] in http["serversTransports"]
    removed = [each["headers"]["customRequestHeaders"] for each in http["middlewares"].values()]
    assert removed == [{"Remote-User": ""}]
