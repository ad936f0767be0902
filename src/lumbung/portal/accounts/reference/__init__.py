"""Names of regencies, districts and villages by kode wilayah: wilayah.csv.xz, made by refresh.py.

Contains information from idn-area-data 4.0.1, made available under the Open Database License (ODbL) 1.0, whose text
stands in LICENSE-idn-area-data.txt; this extract is offered under the same licence.
"""
