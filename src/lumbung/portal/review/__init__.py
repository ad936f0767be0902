"""People decide: reasons in writing, and never the same two hands."""
