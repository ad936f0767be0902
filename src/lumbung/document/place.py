"""Where in a file something stands, as a clerk would look for it."""

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands. Holds names and numbers of places, never the value that stands there.

    `part` is a member of a package or archive, `column` a spreadsheet letter, `row` a number or ranges such as
    "5-1204, 1300", `path` a JSON path, `hidden` whether a person opening the file would not see it.
    """

    part: str | None = None
    sheet: str | None = None
    column: str | None = None
    header: str | None = None
    row: str | None = None
    cell: str | None = None
    page: int | None = None
    path: str | None = None
    hidden: bool | None = None

    def but(self, **changes: str | int | bool | None) -> "Place":
        """The same place, narrowed or changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def as_dict(self) -> dict[str, str | int | bool]:
        """The keys that are known, as the command line contract wants them."""
        return {key: value for key, value in asdict(self).items() if value is not None}
