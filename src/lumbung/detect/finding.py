"""What was seen, where, and how often. A finding carries no value from the file.

Evidence, the words between `detect` and `judge` (a key that is absent was not seen; shares are 0.0 to 1.0):

Kinds `nik` and `nomor-kk`, in a column or a passage
    header            1.0: a recognised header or label says that this is such a number
    other-header      1.0: a recognised header says that it is another kind of number (asset, invoice, register ...)
    structure         share of distinct numbers with a known region and a real date
    district          of those, share whose kecamatan exists today (retired and unknown ones make the rest)
    sex-mix           of those, share with a woman's day (about 0.5 for people, 0 for nomor KK)
    recent            of those, share whose two-digit year can be a year of recording (97 to 40)
    dates             number of distinct dates among them
    off-length        share of hits with 14, 15 or 17 digits (only counted under a header), or of more digits that hold
                      sixteen and nothing else: noughts before it, each part twice
    separated, float, scientific, masked, temporary, prose, split    share of hits in that form
    coded             share of hits in letters, another base, a digest (only counted under a header), or in Base64
    in-name           1.0: in the name of a file, a member or a sheet, with a kecamatan of today and a real date
    swept             1.0: found in raw bytes or XML, not in a cell
    agrees-birth-date, agrees-sex    balanced agreement with another column; only where p < 0.001
    series            1.0: they go up by even steps, or have one date, and each has a kecamatan and a real date
    undecided         1.0 on `nomor-kk`: no header says KK, the numbers only behave so (no woman's day, recent years)

Kinds `person-table` and `public-role`: one row (or form) per person. `hits` of `of` rows name a person and
say something of them.
    named             1.0 header and values, else share of values that look like people's names; 0.0 without names
    attributes        number of kinds of personal facts beside the name, each seen in header and values or in values
                      alone; each is also listed by its own key: birth-date, birth-place, age, sex, religion, marital,
                      relation, education, occupation, blood, citizenship, disability, mother, father, address, phone,
                      e-mail, nik, nomor-kk (1.0 header and values, less: values only)
    strong            number of those among them that tell where to find a person or prove who they are: birth-date,
                      birth-place, mother, father, address (with a house or RT/RW), nik, nomor-kk
    public-role       1.0: columns of office, party, candidacy or authorship stand beside the names
    place-names       1.0: names stand inside names of places ("Rumah Bpk ..."), not in a column of people
    headerless        1.0: judged by values alone
    key-value         1.0: a form, label beside value, not a table
    blocks            number of header rows that share this layout (family-block reports)

Kinds of numbers of persons (npwp, nip, nisn, ...)
    header            1.0: the header says so, and most cells have the shape
    structure         1.0: no header, but the digits spell out dates (nip)
    beside-names      share of names in the same rows that look like people's

Kinds `specific-data` and `home-coordinates`: `hits` of `of` rows that name a person
    header, beside-names, public-role    as above; and the sort: health, disability, religion, poverty,
                      or sensitive, where words of any of these stand under a heading that says none

Kind `named-in-text`: `hits` cells (or people in a passage) name somebody with an age; no evidence

Kind `small-cells`: `hits` of `of` counts are one or two; no evidence

Kind `re-identifiable`: `hits` of `of` rows are alone with their values
    k                 size of the smallest group of rows with equal values
    unique            share of rows that are alone
    by-<role>         1.0: a column of the weakest combination

Kinds `phone` and `e-mail`
    header            1.0: a recognised header says so
    office            share of hits that belong to an office (official domain or function address; header says so)
    distinct          number of distinct values (estimated)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lumbung.document import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One kind of personal data at one place. Says nothing about what should follow: that is `judge`'s.

    `hits` of `of` non-empty cells (or matches in a passage) looked like `kind`; `chance` is the probability of at
    least as many hits if the cells held unrelated numbers or words (a binomial tail; 1.0 where it was not computed).
    `evidence` names what supports it, with its figure, in the words of this module's docstring.
    `masked` holds up to three masked samples, and is empty unless the caller asked for evidence.
    """

    kind: str
    place: Place
    hits: int
    of: int
    chance: float = 1.0
    evidence: Mapping[str, float] = field(default_factory=dict)
    masked: tuple[str, ...] = ()
