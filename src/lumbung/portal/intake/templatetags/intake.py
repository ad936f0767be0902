"""The tag library `intake`: one cell of a blank in a table, where the column's head is its label."""

from django import template
from django.forms import BoundField, Select
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cell_control(bound: BoundField) -> SafeString:
    """The control alone, in the look of a form; an error stands beside it in the template."""
    style = "form-select" if isinstance(bound.field.widget, Select) else "form-control"
    mark = " is-invalid" if bound.errors else ""
    return bound.as_widget(attrs={"class": style + mark})
