"""What a canonical resident is: the one shape in which a register may be counted. The shape only, no rule about it.

One row is one living, present resident. Codes are those of the family card (kartu keluarga) as OpenSID numbers them;
names, NIK and family card numbers have no column here and cannot travel further.
"""

import polars as pl

RESIDENT: dict[str, pl.DataType] = {
    "village": pl.String(),  # kode wilayah of the village, dotted: 99.01.01.2001
    "hamlet": pl.String(),  # name of the dusun; empty where the register has none
    "household": pl.Int64(),  # opaque, unique in its village; never a family card number
    "sex": pl.String(),  # L or P
    "age": pl.Int16(),  # whole years at the reference date
    "education": pl.Int16(),  # 1-10, pendidikan dalam KK
    "occupation": pl.Int16(),  # 1-89
    "religion": pl.Int16(),  # 1-7
    "marital": pl.Int16(),  # 1-4
    "blood": pl.Int16(),  # 1-13
    "relation": pl.Int16(),  # 1-11, hubungan dalam keluarga (SHDK); 1 is the head
    "citizenship": pl.Int16(),  # 1-3
    "ever_married": pl.Boolean(),
}
RESIDENT_RANGES = {
    "age": (0, 130),
    "education": (1, 10),
    "occupation": (1, 89),
    "religion": (1, 7),
    "marital": (1, 4),
    "blood": (1, 13),
    "relation": (1, 11),
    "citizenship": (1, 3),
}
