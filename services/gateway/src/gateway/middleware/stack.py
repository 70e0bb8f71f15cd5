"""The middleware stack and its order."""

from datetime import timedelta

from fastapi import FastAPI
from shared.chassis.database import Transaction, Transactions
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gateway.dashboard.files import BUILT, DashboardFiles
from gateway.dashboard.pages import Dashboard
from gateway.http.paths import LiteralPathsFirst, Paths
from gateway.middleware.api_log import ApiLog, ApiLogging
from gateway.middleware.body_limit import BodyLimit
from gateway.middleware.idempotency import Idempotency
from gateway.middleware.idempotency_store import IdempotencyStore
from gateway.middleware.key_check import KeyCheck
from gateway.middleware.path_prefix import PathPrefix
from gateway.middleware.proxy_user import ProxyUser
from gateway.middleware.rate_limits import RateLimiting, RateLimits
from gateway.middleware.request_ids import HEADER, RequestIds
from gateway.middleware.security_headers import SecurityHeaders
from gateway.middleware.time_limit import TimeLimit
from gateway.middleware.traces import Traces
from gateway.settings import GatewaySettings
from gateway.sign_in.callers import Callers

EXPOSED_HEADERS = [HEADER, "Location", "Retry-After", "RateLimit", "RateLimit-Policy"]


def add_middleware_stack(
    app: FastAPI, settings: GatewaySettings, *, log: ApiLog, callers: Callers, transaction: Transactions[Transaction]
) -> None:
    """Add all middleware to the app. What is added last handles a call first."""
    memory = IdempotencyStore(transaction, timedelta(seconds=2 * settings.request_seconds))
    app.state.paths = Paths(app.routes)
    app.add_middleware(Dashboard, files=DashboardFiles(BUILT, settings.base_path))
    app.add_middleware(LiteralPathsFirst, paths=app.state.paths)
    app.add_middleware(Idempotency, memory=memory, keys=settings.secret_keys())
    app.state.limits = RateLimits(settings.rate_limit_per_key, settings.rate_limit_per_address)
    app.add_middleware(BodyLimit)
    app.add_middleware(KeyCheck, callers=callers, limits=app.state.limits, paths=app.state.paths)
    app.add_middleware(TimeLimit, seconds=settings.request_seconds)
    app.add_middleware(RateLimiting, limits=app.state.limits)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins.split(),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=EXPOSED_HEADERS,
        )
    app.add_middleware(ApiLogging, log=log, paths=app.state.paths)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Traces, paths=app.state.paths)
    app.add_middleware(RequestIds)
    if settings.base_path:
        app.add_middleware(PathPrefix, base_path=settings.base_path)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies.split())
    if settings.forward_auth_header:
        app.add_middleware(ProxyUser, header=settings.forward_auth_header, proxies=settings.proxy_networks())
