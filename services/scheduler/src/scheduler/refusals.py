"""What the scheduler refuses."""

from shared.chassis.errors import NotFound, Refused


class UnknownTask(NotFound):
    """No task has this name."""

    code = "unknown_task"
    title = "No such task"


class WrongParameters(Refused):
    """A parameter that the task does not take, or not in this form."""

    code = "wrong_parameters"
    status = 422
    title = "Wrong parameters"


class NoDryRun(Refused):
    """A task that cannot say what a run would do."""

    code = "no_dry_run"
    status = 422
    title = "This task has no dry run"


class RunUnderWay(Refused):
    """A task runs once at a time, and the record of a run stays while it is under way."""

    code = "run_under_way"
    status = 409
    title = "A run of this task is under way"


class RunEnded(Refused):
    """What has ended cannot be cancelled."""

    code = "run_ended"
    status = 409
    title = "This run has ended"


class WrongCron(Refused):
    """A cron line that cannot be read."""

    code = "wrong_cron"
    status = 422
    title = "Wrong cron line"


class WrongTimeZone(Refused):
    """A time zone that is not in the IANA database."""

    code = "wrong_time_zone"
    status = 422
    title = "Wrong time zone"
