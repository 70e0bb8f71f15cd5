"""What every call passes before it reaches a route, each a plain ASGI middleware that lets streams flow."""
