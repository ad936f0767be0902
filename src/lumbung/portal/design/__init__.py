"""The look of the portal: base templates, components and styles. The lowest room: it knows no other."""
