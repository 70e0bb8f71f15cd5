"""The errors with which the scheduler refuses a request."""

from shared.chassis.errors import NotFound, Refused


class UnknownTask(NotFound):
    """There is no task with this name."""

    code = "unknown_task"
    title = "No such task"


class WrongParameters(Refused):
    """The task does not have this parameter, or its value is invalid."""

    code = "wrong_parameters"
    status = 422
    title = "Invalid parameters"


class NoDryRun(Refused):
    """The task does not support a dry run."""

    code = "no_dry_run"
    status = 422
    title = "This task has no dry run"


class RunInProgress(Refused):
    """A task has one run at a time, and a run in progress cannot be deleted."""

    code = "run_under_way"
    status = 409
    title = "A run of this task is in progress"


class RunEnded(Refused):
    """A run that has ended cannot be cancelled."""

    code = "run_ended"
    status = 409
    title = "This run has ended"


class WrongCron(Refused):
    """The cron line cannot be parsed."""

    code = "wrong_cron"
    status = 422
    title = "Invalid cron line"


class WrongTimeZone(Refused):
    """The time zone is not in the IANA database."""

    code = "wrong_time_zone"
    status = 422
    title = "Unknown time zone"
