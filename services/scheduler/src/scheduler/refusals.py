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


class RunUnderWay(Refused):
    """A task runs once at a time."""

    code = "run_under_way"
    status = 409
    title = "A run of this task is under way"


class WrongCron(Refused):
    """A cron line that cannot be read."""

    code = "wrong_cron"
    status = 422
    title = "Wrong cron line"
