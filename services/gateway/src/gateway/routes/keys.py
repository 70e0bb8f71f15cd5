"""/api/system/keys: who may call"""

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


@router.get("")
async def list_keys(keys: KeysDep, limit: Limit = 50, offset: Offset = 0) -> Page[ApiKey]:
    """API keys, newest first; none is shown itself."""
    return await keys.list(limit, offset)


@router.post("", status_code=201)
async def make_key(keys: KeysDep, response: Response, new: NewApiKey) -> MadeApiKey:
    """Make an API key; it is shown only in this answer."""
    made = await keys.make(new)
    response.headers["Location"] = f"/api/system/keys/{made.id}"
    return made


@router.delete("/{key_id}", status_code=204, responses=problems(404, 409))
async def delete_key(keys: KeysDep, key_id: UUID) -> None:
    """Take an API key back; the last one with the scope admin stays."""
    await keys.delete(key_id)
