"""`lumbung proof`: check the proof of a package of statistics, by addition only. Needs nothing but the engine."""

import typer

from lumbung.aggregate import check_proof


def add_to(app: typer.Typer) -> None:
    """Bring the commands of this module."""
    proof = typer.Typer(help="Bukti bahwa statistik tidak membuka data warga.", no_args_is_help=True)
    proof.callback()(_keep_names)
    proof.command("verify")(verify)
    app.add_typer(proof, name="proof")


def verify(folder: str = typer.Argument(..., metavar="DIR", help="Folder paket statistik.")) -> None:
    """Periksa bukti sebuah paket statistik, hanya dengan penjumlahan. Keluar 0 bila berlaku, 1 bila tidak."""
    raise typer.Exit(check_proof.main([folder]))


def _keep_names() -> None:
    """With a callback, one command alone keeps its name."""
