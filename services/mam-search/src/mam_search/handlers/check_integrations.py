"""Checks the outside systems of the service: the site, and the language model if one is configured."""

from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState
from shared.contracts.translatable import translatables

from mam_search.domain.guide_ports import LanguageModel
from mam_search.handlers.account_status import AccountStatusHandlers

MODEL_CHECKED_EVERY = timedelta(minutes=10)
"""A success is not checked again for this time. Nothing waits for the model, and its server may be a paid one."""


class CheckIntegrationsHandler:
    """Answers `CheckIntegrations`. `model` is None if no language model is configured."""

    def __init__(self, account_status: AccountStatusHandlers, model: LanguageModel | None, clock: Clock) -> None:
        self._account_status = account_status
        self._model = model
        self._clock = clock
        self._works: tuple[datetime, Integration] | None = None

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """The state of the site for each session, and of the language model."""
        found = await self._account_status.check()
        return found if self._model is None else [*found, await self._check_model(self._model)]

    async def _check_model(self, model: LanguageModel) -> Integration:
        now = self._clock.now()
        if self._works is not None and now - self._works[0] < MODEL_CHECKED_EVERY:
            return self._works[1]
        try:
            state, detail = IntegrationState.OK, await model.check()
        except RemoteError as error:
            state, detail = IntegrationState.of_failure(error.code), error.detail
        integration = Integration(
            name="language model",
            kind=IntegrationKind.OTHER,
            service="mam-search",
            state=state,
            required=False,
            address=model.address,
            detail=detail,
            translatable=translatables(detail=detail),
        )
        self._works = (now, integration) if state is IntegrationState.OK else None
        return integration
