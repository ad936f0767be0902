"""What the pages of the shelf ask for in passing."""

from django import template

from lumbung.portal.catalogue import usage
from lumbung.portal.catalogue.models import Dataset

register = template.Library()


@register.simple_tag
def downloads_of(dataset: Dataset) -> int:
    """How often it was downloaded in the last thirty days."""
    return usage.downloads_of(dataset)


@register.simple_tag
def reads_of(dataset: Dataset) -> int:
    """How often its table or map was read meanwhile without a download."""
    return usage.reads_of(dataset)
