"""Agreement between columns, and the traps in it."""

from tests.detect.people import families, found, many, table


def grid(numbers, *others):
    """Numbers beside other columns, without a header."""
    return table([list(row) for row in zip(numbers, *others, strict=True)])


def born(number):
    """The date that a number says, with the year shifted as an official sample had it."""
    day = int(number[6:8])
    return f"{day - 40 * (day > 40):02}-{number[8:10]}-{1900 + (int(number[10:12]) + 7) % 100}"


def sex(number):
    """The sex that a number says."""
    return "2" if int(number[6:8]) > 40 else "1"


def evidence_of(grid_):
    """The evidence of the one finding about numbers."""
    (finding,) = (one for one in found(grid_) if one.kind in ("nik", "nomor-kk"))
    return finding.evidence


def test_family_numbers_do_not_agree_with_a_constant():
    assert "agrees-sex" not in evidence_of(grid(families(90), ["L"] * 88 + ["P"] * 2))


def test_ten_rows_of_an_unrelated_column_prove_nothing():
    numbers = many(10)
    status = ["KAWIN" if int(number[6:8]) > 40 else "BELUM" for number in numbers]
    assert "agrees-sex" not in evidence_of(grid(numbers, status))


def test_the_same_day_everywhere_proves_nothing():
    assert "agrees-birth-date" not in evidence_of(grid(many(40), ["08-09-2019"] * 40))


def test_dates_and_sexes_agree():
    numbers = many(60)
    evidence = evidence_of(grid(numbers, map(born, numbers), map(sex, numbers)))
    assert evidence["agrees-birth-date"] == 1.0
    assert evidence["agrees-sex"] == 1.0


def test_dates_written_year_first_and_a_few_corrected_ones():
    numbers = many(60)
    dates = ["-".join(reversed(born(number).split("-"))) for number in numbers]
    dates[:3] = ["1990-01-31"] * 3
    assert evidence_of(grid(numbers, dates))["agrees-birth-date"] == 0.95
