"""Show the account at MyAnonamouse: its standing, seeding duties and spending; pause and resume its use."""

import typer
from gapless_client.models import TrackerAccess

from cli.connection import Key, Url, gapless_at
from cli.output import AsJson, Limit, cell, print_fields, print_json, print_table, size_text

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.command("show")
def show_account(as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show the standing, the room for further grabs, and the risks."""
    with gapless_at(url, api_key) as gapless:
        account = gapless.account.get()
    if as_json:
        return print_json(account)
    standing, room = account.standing, account.room
    if standing is None or room is None:
        typer.echo("The standing was never read. Run: gapless tasks run account_care")
        return
    print_fields(
        [
            ("user", f"{standing.username}, {standing.classname}"),
            ("ratio", "infinite" if standing.ratio is None else f"{standing.ratio:g} (at least {room.min_ratio:g})"),
            ("buffer", size_text(room.buffer_bytes)),
            ("unsatisfied", f"{cell(standing.unsatisfied)} of {cell(standing.unsatisfied_limit)}"),
            ("slots left", f"{cell(room.slots_left)} ({room.reserved_slots} reserved)"),
            ("seeding duties", account.seeding_duties),
            ("bonus points", f"{standing.bonus_points:g}"), ("wedges", standing.wedges),
            ("VIP until", standing.vip_until), ("read", standing.read_at), ("paused until", account.paused_until),
            ("because", account.paused_because),
        ]
    )  # fmt: skip
    for warning in account.warnings:
        if warning.near:
            typer.echo(f"{warning.risk.replace('_', ' ')}: {warning.words}", err=True)


@app.command("seeding")
def list_seeding(limit: Limit = 50, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """List the torrents whose seeding duty is not met yet."""
    with gapless_at(url, api_key) as gapless:
        page = gapless.account.list_seeding_duties(limit=limit)
    if as_json:
        return print_json(page)
    rows = (
        (each.torrent_id, each.seeding, f"{each.remaining_seconds / 3600:.1f}", each.due_at, each.title)
        for each in page.items
    )
    print_table(("torrent", "seeding", "hours left", "due", "title"), rows, more=page.total - len(page.items))


@app.command("spending")
def list_spending(limit: Limit = 50, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """List what was spent at the site, newest first."""
    with gapless_at(url, api_key) as gapless:
        page = gapless.account.list_spending(limit=limit)
    if as_json:
        return print_json(page)
    rows = ((each.requested_at, each.kind, f"{each.amount:g}", each.state, each.why) for each in page.items)
    print_table(("when", "what", "amount", "state", "why"), rows, more=page.total - len(page.items))


@app.command("pause")
def pause(as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Send no requests to MyAnonamouse until `gapless account resume`."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.account.pause_tracker(), as_json=as_json)


@app.command("resume")
def resume(as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Send requests to MyAnonamouse again."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.account.resume_tracker(), as_json=as_json)


def _show(access: TrackerAccess, *, as_json: bool) -> None:
    if as_json:
        return print_json(access)
    if access.stopped_at:
        typer.echo(f"paused since {cell(access.stopped_at)} by {access.stopped_by}")
    elif access.closed_until:
        typer.echo(f"closed until {cell(access.closed_until)}: {access.closed_because}")
    else:
        typer.echo("MyAnonamouse is used")
