"""Where the site is plugged together: settings, addresses, the one place that turns refusals into pages."""
