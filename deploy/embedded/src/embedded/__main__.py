"""`python -m embedded up | demo`"""

import typer

from embedded.demo import demo
from embedded.up import up

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command("up")(up)
app.command("demo")(demo)


if __name__ == "__main__":
    app()
