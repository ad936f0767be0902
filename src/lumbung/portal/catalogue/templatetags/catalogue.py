"""What the pages of the shelf ask for in passing."""

from django import template
from django.utils.translation import gettext

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


@register.filter
def worded(text: str) -> str:
    """What Lumbung's own forms wrote in a table (a group of the budget, a kind of facility), in the reader's language;
    words of anybody else stay as they are."""
    return gettext(text) if text else ""
