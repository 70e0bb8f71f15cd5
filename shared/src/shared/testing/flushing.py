"""Waiting until the NATS server has processed what a client sent."""

from nats.aio.client import Client


async def flush(client: Client) -> None:
    """Return when the server has processed every command that was sent before, such as subscriptions.

    The ping of `Client.flush` (nats-py 2.16) overtakes commands that are still in the buffer of the client. The buffer
    is empty when the first ping is answered, so the second ping follows them.
    """
    await client.flush()
    await client.flush()
