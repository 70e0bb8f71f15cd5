"""`python -m embedded up | demo | backup | restore | messages`"""

import typer

from embedded import generated
from embedded.backup.commands import backup, restore
from embedded.demo import demo
from embedded.up import up

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command("up")(up)
app.command("demo")(demo)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("messages")(generated.write)


if __name__ == "__main__":
    app()
