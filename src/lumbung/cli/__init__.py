"""The command line: the same engine at an officer's own desk.

Each module here that has an `add_to(app)` brings its commands. Those of the portal need `lumbung[portal]`; where it
is not installed they say so, and `lumbung check` works all the same.
"""

from importlib import import_module
from importlib.util import find_spec

import typer

_PORTAL = {
    "lumbung.cli.site": ("serve", "manage"),
    "lumbung.cli.counter": ("counter",),
    "lumbung.cli.demo": ("demo",),
    "lumbung.cli.audit": ("audit",),
    "lumbung.cli.evidence": ("evidence",),
    "lumbung.cli.drill": ("drill",),
}


def main() -> None:
    """Run the command that was typed. Exits the process."""
    assemble()()


def assemble() -> typer.Typer:
    """The application with every command that can be had here."""
    app = typer.Typer(
        name="lumbung",
        help="Lumbung: portal data terbuka yang menjaga data warganya.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # a traceback with its variables would show values from a file
    )
    app.callback()(_keep_names)
    import_module("lumbung.cli.check").add_to(app)
    import_module("lumbung.cli.explain").add_to(app)
    import_module("lumbung.cli.statistics").add_to(app)
    import_module("lumbung.cli.proof").add_to(app)
    import_module("lumbung.cli.trace").add_to(app)
    portal_is_here = find_spec("django") is not None
    for module, commands in _PORTAL.items():
        if portal_is_here:
            import_module(module).add_to(app)
            continue
        for command in commands:
            app.command(command, help="Perlu bagian portal, yang belum terpasang di sini.")(_not_installed)
    return app


def _keep_names() -> None:
    """With a callback, one command alone keeps its name."""


def _not_installed(context: typer.Context) -> None:
    typer.echo(f"Perintah “{context.info_name}” perlu bagian portal: pip install 'lumbung[portal]'.", err=True)
    raise typer.Exit(2)
