"""Lumbung: an open-data portal for Indonesian local government that cannot leak its residents."""
