"""/api/system/keys: API keys"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from shared.contracts.gateway.api_keys import ApiKey, MadeApiKey, NewApiKey
from shared.contracts.page import Limit, Offset, Page

from gateway.api_keys.keys import Keys
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system/keys", tags=["keys"], responses=problems())


async def _keys(request: Request) -> Keys:
    keys: Keys = request.app.state.keys
    return keys


KeysDep = Annotated[Keys, Depends(_keys)]


@router.get("", summary="List API keys")
async def list_keys(keys: KeysDep, limit: Limit = 50, offset: Offset = 0) -> Page[ApiKey]:
    """All API keys, newest first. The keys themselves are not shown."""
    return await keys.list(limit, offset)


@router.post("", status_code=201, summary="Create an API key")
async def make_key(keys: KeysDep, response: Response, new: NewApiKey) -> MadeApiKey:
    """Create an API key. This answer is the only place where the key is shown."""
    made = await keys.make(new)
    response.headers["Location"] = f"/api/system/keys/{made.id}"
    return made


@router.delete("/{key_id}", status_code=204, responses=problems(404, 409), summary="Revoke an API key")
async def delete_key(keys: KeysDep, key_id: UUID) -> None:
    """Revoke an API key. The last key with the scope `admin` cannot be revoked."""
    await keys.delete(key_id)
