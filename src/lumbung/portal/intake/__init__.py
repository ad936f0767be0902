"""A submission arrives: encrypted, inspected, findings shown, ways forward offered."""
