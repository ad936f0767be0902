"""OpenDocument spreadsheets: the content part, and every other member of the package."""

from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.read.planted import package
from tests.read.planted_ods import ONE, content, note, number, row, sheet, spreadsheet, text


def place(where: str, plant: Callable[[str], bytes]) -> HidingPlace:
    """A row of this format."""
    return HidingPlace(format="ods", where=where, plant=plant)


PLACES = (
    place("a number that shows little of itself", lambda nik: spreadsheet(sheet(row(number(nik))))),
    place("a hidden sheet", lambda nik: spreadsheet(sheet(row(number(nik)), ' table:style-name="ta2"'))),
    place(
        "a row that a filter hides",
        lambda nik: spreadsheet(sheet(row(ONE) + row(number(nik), extra=' table:visibility="filter"'))),
    ),
    place(
        "a folded group of rows",
        lambda nik: spreadsheet(
            sheet(f'{row(ONE)}<table:table-row-group table:display="false">{row(number(nik))}</table:table-row-group>')
        ),
    ),
    place(
        "who wrote a comment",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f"<table:table-cell><office:annotation><dc:creator>{nik}</dc:creator><text:p>lihat</text:p>"
                    "</office:annotation></table:table-cell>"
                )
            )
        ),
    ),
    place("a comment", lambda nik: spreadsheet(sheet(row(f"<table:table-cell>{note(nik)}</table:table-cell>")))),
    place(
        "a shown text that is not the value",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f'<table:table-cell office:value-type="float" office:value="1">'
                    f"<text:p>{nik}</text:p></table:table-cell>"
                )
            )
        ),
    ),
    place(
        "a value that is not the shown text",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f'<table:table-cell office:value-type="string" office:value="{nik}">'
                    f"<text:p>x</text:p></table:table-cell>"
                )
            )
        ),
    ),
    place(
        "a string value",
        lambda nik: spreadsheet(
            sheet(row(f'<table:table-cell office:value-type="string" office:string-value="{nik}"/>'))
        ),
    ),
    place(
        "a date that is none",
        lambda nik: spreadsheet(sheet(row(f'<table:table-cell office:value-type="date" office:date-value="{nik}"/>'))),
    ),
    place(
        "a covered cell",
        lambda nik: spreadsheet(
            sheet(row(ONE, f"<table:covered-table-cell><text:p>{nik}</text:p></table:covered-table-cell>"))
        ),
    ),
    place(
        "a formula",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f'<table:table-cell table:formula="of:=&quot;{nik}&quot;"'
                    ' office:value-type="float" office:value="1"/>'
                )
            )
        ),
    ),
    place(
        "a formula without a value that joins a text to a cell",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f"<table:table-cell office:value-type='string'><text:p>{nik[:9]}</text:p></table:table-cell>",
                    f'<table:table-cell table:formula="of:=[.A1]&amp;&quot;{nik[9:]}&quot;"/>',
                )
            )
        ),
    ),
    place(
        "a text box",
        lambda nik: spreadsheet(
            sheet(
                f"<table:shapes><draw:frame><draw:text-box><text:p>{nik}</text:p></draw:text-box></draw:frame>"
                f"</table:shapes>{row(ONE)}"
            )
        ),
    ),
    place(
        "a text box in a cell",
        lambda nik: spreadsheet(
            sheet(
                row(
                    f"<table:table-cell><draw:frame><draw:text-box><text:p>{nik}</text:p></draw:text-box>"
                    "</draw:frame></table:table-cell>"
                )
            )
        ),
    ),
    place(
        "a validation",
        lambda nik: spreadsheet(
            "<table:content-validations><table:content-validation table:condition='of:cell-content-is-in-list"
            f"(&quot;{nik}&quot;)'/></table:content-validations>" + sheet(row(ONE))
        ),
    ),
    place(
        "a named expression",
        lambda nik: spreadsheet(
            sheet(row(ONE)) + f'<table:named-expressions><table:named-range table:name="n{nik}"/>'
            "</table:named-expressions>"
        ),
    ),
    place(
        "a deleted cell in the history",
        lambda nik: spreadsheet(
            "<table:tracked-changes><table:deletion><table:change-track-table-cell "
            f'office:value="{nik}"/></table:deletion></table:tracked-changes>' + sheet(row(ONE))
        ),
    ),
    place(
        "the cache of a link",
        lambda nik: spreadsheet(f"<table:dde-link>{sheet(row(number(nik)))}</table:dde-link>{sheet(row(ONE))}"),
    ),
    place("a header", lambda nik: spreadsheet(sheet(row(ONE)), {"styles.xml": f"<a><header>{nik}</header></a>"})),
    place("the title", lambda nik: spreadsheet(sheet(row(ONE)), {"meta.xml": f"<meta><title>{nik}</title></meta>"})),
    place("the settings", lambda nik: spreadsheet(sheet(row(ONE)), {"settings.xml": f"<s><item>{nik}</item></s>"})),
    place(
        "a macro",
        lambda nik: spreadsheet(sheet(row(ONE)), {"Basic/Standard/Module1.xml": f"<module>nik = {nik}</module>"}),
    ),
    place("a script", lambda nik: spreadsheet(sheet(row(ONE)), {"Scripts/python/x.py": f"nik = {nik}"})),
    place(
        "a chart's own table",
        lambda nik: spreadsheet(sheet(row(ONE)), {"Object 1/content.xml": content(sheet(row(text(nik))))}),
    ),
    place(
        "a workbook inside",
        lambda nik: spreadsheet(sheet(row(ONE)), {"Object 2": package({"docProps/core.xml": f"<a>{nik}</a>"})}),
    ),
    place("an unknown part", lambda nik: spreadsheet(sheet(row(ONE)), {"x/y": b"\0\1" + nik.encode("utf-16-le")})),
    place("the name of a member", lambda nik: spreadsheet(sheet(row(ONE)), {f"x/{nik}": "x"})),
    place("an XML comment", lambda nik: spreadsheet(sheet(row(ONE)) + f"<!-- {nik} -->")),
)
