"""The running scheduler: a task started over NATS becomes a command in the stream, and its run is recorded."""

import nats
import pytest
from provisioning.broker import provision_services
from scheduler.app import SPEC, build
from scheduler.domain.task_table import TASKS
from scheduler.settings import SETTINGS
from shared.chassis.errors import Refused
from shared.chassis.service import running
from shared.chassis.subscriptions import durable_of
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import GetRun, GetTask, ListTasks, RunStatus, RunTask, Task
from shared.testing.publishing import send_message
from shared.testing.waiting import until


async def test_a_task_run_over_nats_becomes_a_command_and_its_end_is_recorded(database_url: str, nats_url: str) -> None:
    connection = await nats.connect(nats_url)
    js = connection.jetstream()
    await provision_services(js)
    environment = {"DATABASE_URL": database_url, "NATS_URL": nats_url, "HEALTH_PORT": "0"}
    async with running(SETTINGS.read(environment), SPEC, build) as service:
        bus = service.bus

        async def entered() -> bool:
            tasks: list[Task] = await bus.ask(ListTasks())
            return len(tasks) == len(TASKS)

        await until(entered)
        run = await bus.ask(RunTask(name="library_scan"))
        durable = durable_of("library-scanner", ScanLibrary)
        subscription = await js.pull_subscribe(ScanLibrary.subject, durable=durable, stream="COMMANDS")
        (message,) = await subscription.fetch(1, timeout=60)
        assert ScanLibrary.model_validate_json(message.data).run_id == run.id
        end = RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally(expected=2, processed=2))
        await send_message(js, end)

        async def ended() -> bool:
            return (await bus.ask(GetRun(id=run.id))).status is RunStatus.COMPLETED

        await until(ended)
        with pytest.raises(Refused) as raised:
            await bus.ask(GetTask(name="coffee"))
    assert (raised.value.problem().code, raised.value.problem().status) == ("unknown_task", 404)
    await connection.close()
