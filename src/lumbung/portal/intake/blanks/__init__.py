"""Entry without files: blank forms that a village fills in, whose columns cannot hold a person."""
