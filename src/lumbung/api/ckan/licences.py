"""The licences under both names: ours, which is SPDX's, and the one that CKAN's clients have known for years."""

from lumbung.portal.catalogue.vocabulary import LICENCE_ADDRESSES, Licence

OLD_NAMES = {
    "cc-by": Licence.CC_BY,
    "cc-by-sa": Licence.CC_BY_SA,
    "cc-zero": Licence.CC0,
    "odc-odbl": Licence.ODBL,
    "odc-by": Licence.ODC_BY,
    "odc-pddl": Licence.PDDL,
}
OF_DATA = (Licence.ODBL, Licence.ODC_BY, Licence.PDDL)


def licence_of(text: str) -> Licence | None:
    """The licence with this id, whichever name and however written; None for one that is not offered here."""
    by_name = {licence.value.lower(): licence for licence in Licence} | OLD_NAMES
    return by_name.get(text.strip().lower())


def title_of(licence: Licence) -> str:
    """Its short name: "CC BY 4.0"."""
    return str(licence.label).partition(":")[0]


def licence_list() -> list[dict[str, str]]:
    """As `license_list` tells them."""
    return [_told(licence) for licence in Licence]


def _told(licence: Licence) -> dict[str, str]:
    return {
        "domain_content": str(licence not in OF_DATA),
        "id": licence.value,
        "domain_data": "True",
        "domain_software": "False",
        "family": "",
        "is_generic": "False",
        "od_conformance": "approved",
        "osd_conformance": "not reviewed",
        "maintainer": "",
        "status": "active",
        "url": LICENCE_ADDRESSES[licence],
        "title": title_of(licence),
    }
