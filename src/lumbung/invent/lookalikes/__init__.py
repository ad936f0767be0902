"""Tables that look as if they held people and do not. None of them may be held at the gate."""

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from lumbung.invent.lookalikes import counts, forms, numbers, places, templates
from lumbung.invent.sheet import Sheet

__all__ = ["FAMILIES"]

_MAKERS: tuple[Callable[[Random], Sheet], ...] = (
    numbers.assets,
    numbers.village_counters,
    numbers.epoch_microseconds,
    numbers.tax_invoices,
    numbers.rupiah,
    numbers.random_ids,
    numbers.register_numbers,
    numbers.budget_codes,
    numbers.tax_parcels,
    numbers.companies,
    numbers.meters_and_accounts,
    places.region_list,
    places.schools,
    places.coordinates,
    places.coordinate_text,
    places.officials,
    places.polling_stations,
    places.health_posts,
    places.streets,
    places.library_books,
    places.service_offices,
    counts.village_statistics,
    counts.citizenship,
    counts.three_line_header,
    counts.village_index,
    counts.voter_counts,
    counts.card_ownership,
    counts.recapitulation,
    counts.aid_recipients,
    forms.empty_register,
    forms.election_form,
    forms.questionnaire,
    forms.letter_classes,
    forms.dataset_list,
    templates.opendk_counts,
    templates.opendk_accounts,
    templates.opendk_facilities,
)

# The name of each family is the name of its maker, with dashes.
FAMILIES: Mapping[str, Callable[[Random], Sheet]] = MappingProxyType(
    {maker.__name__.replace("_", "-"): maker for maker in _MAKERS}
)
