"""The catalogue in the words of other catalogues: DCAT-AP, DCAT-US, Data Package, Croissant."""
