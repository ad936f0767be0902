"""The small shapes that stand beside the word of a state, drawn on a ground of 16 by 16."""

from django.utils.safestring import SafeString

SHAPES = {
    name: SafeString(drawing)
    for name, drawing in {
        "disc": '<circle class="fill" cx="8" cy="8" r="6"/>',
        "ring": '<circle class="line" cx="8" cy="8" r="5.2"/>',
        "tick": '<circle class="line" cx="8" cy="8" r="6.2"/><path class="line" d="m5 8.2 2.2 2.2L11.2 5.8"/>',
        "triangle": '<path class="fill" d="M8 1.6 15.2 14H.8Z"/>',
        "sprout": '<path class="line" d="M8 14.5V7"/><path class="fill" d="M8 8.5C3.6 8.5 2 6 2 2.5c4 0 6 2 6 6Z"/>'
        '<path class="fill" d="M8 10.5c3.9 0 5.6-2 5.6-5.2C10 5.3 8 7 8 10.5Z"/>',
        "octagon": '<path class="fill" d="M5.2 1.3h5.6l3.9 3.9v5.6l-3.9 3.9H5.2l-3.9-3.9V5.2Z"/>'
        '<path class="gap" d="M4.8 8h6.4"/>',
        "cross": '<rect class="line" x="2" y="2" width="12" height="12" rx="1.5"/>'
        '<path class="line" d="m5.5 5.5 5 5m0-5-5 5"/>',
        "square": '<rect class="line" x="2.5" y="2.5" width="11" height="11" rx="1"/>'
        '<path class="line" d="M5.5 8h5"/>',
        "dashes": '<rect class="line dashed" x="2.5" y="2.5" width="11" height="11" rx="1"/>',
        "strips": '<path class="line" d="M3 2v12M6.3 2v9M9.7 2v12M13 2v7"/>',
    }.items()
}
