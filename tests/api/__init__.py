"""What machines are given."""
