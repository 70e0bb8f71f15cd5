"""The order in which a call passes the edge."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from gateway.edge.body_limit import BodyLimit
from gateway.edge.rate_limits import RateLimiting, RateLimits
from gateway.edge.request_ids import HEADER, RequestIds
from gateway.edge.security_headers import SecurityHeaders
from gateway.edge.time_limit import TimeLimit
from gateway.settings import GatewaySettings

TOLD_TO_BROWSERS = [HEADER, "Location", "Retry-After", "RateLimit", "RateLimit-Policy"]


def add_edge(app: FastAPI, settings: GatewaySettings) -> None:
    """Put everything around the app that a call passes on its way in; what is added last is passed first."""
    app.state.limits = RateLimits(settings.rate_limit_per_key, settings.rate_limit_per_address)
    app.add_middleware(BodyLimit)
    app.add_middleware(TimeLimit, seconds=settings.request_seconds)
    app.add_middleware(RateLimiting, limits=app.state.limits)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins.split(),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=TOLD_TO_BROWSERS,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestIds)
