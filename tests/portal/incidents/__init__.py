"""Reports of the public, the desk, and incidents."""
