"""One resident's row under the column names of OpenSID, from which every other layout takes what it shows."""

from datetime import date

from lumbung.invent import codes
from lumbung.invent.residents import Household, Resident
from lumbung.invent.sheet import Cell

WEDDED = 2
Record = dict[str, Cell]


def coded(household: Household, resident: Resident, *, number: int) -> Record:
    """Codes as OpenSID stores them; dates as YYYY-MM-DD text; `number` is the row's id in that system."""
    life = resident.life
    return {
        "alamat": household.street, "dusun": household.hamlet, "rw": f"{household.rw:03d}",
        "rt": f"{household.rt:03d}",
        "nama": resident.name.upper(), "no_kk": household.kk, "nik": resident.nik, "sex": 1 + resident.female,
        "tempatlahir": resident.birth_place.upper(), "tanggallahir": resident.birth.isoformat(),
        "agama_id": life.religion, "pendidikan_kk_id": life.education, "pendidikan_sedang_id": life.schooling,
        "pekerjaan_id": life.occupation, "status_kawin": life.marital, "kk_level": resident.relation,
        "warganegara_id": 1, "nama_ayah": resident.father.upper(), "nama_ibu": resident.mother.upper(),
        "golongan_darah_id": life.blood, "akta_lahir": resident.certificate, "ayah_nik": resident.father_nik,
        "ibu_nik": resident.mother_nik, "akta_perkawinan": _marriage(resident), "cacat_id": life.disability,
        "id": number, "ktp_el": 2 if life.recorded > 2 else 1, "status_rekam": life.recorded,
        "alamat_sekarang": household.street, "status_dasar": 1, "suku": "Jawa", "asuransi": life.insurance,
        "id_asuransi": life.insurance,
        "tanggalperkawinan": _married_on(resident),
    }  # fmt: skip


def lettered(household: Household, resident: Resident, *, number: int) -> Record:
    """The same row with words for codes (the 'huruf' variant) and dates as DD-MM-YYYY text."""
    life = resident.life
    return coded(household, resident, number=number) | {
        "sex": codes.SEX[1 + resident.female], "tanggallahir": f"{resident.birth:%d-%m-%Y}",
        "agama_id": codes.RELIGION[life.religion], "pendidikan_kk_id": codes.EDUCATION[life.education],
        "pendidikan_sedang_id": codes.SCHOOLING[life.schooling], "pekerjaan_id": codes.OCCUPATION[life.occupation],
        "status_kawin": codes.MARITAL[life.marital], "kk_level": codes.RELATION[resident.relation],
        "warganegara_id": codes.CITIZENSHIP[1], "golongan_darah_id": codes.BLOOD[life.blood],
        "cacat_id": codes.DISABILITY[life.disability], "ktp_el": codes.CARD[2 if life.recorded > 2 else 1],
        "status_rekam": codes.RECORDED[life.recorded], "status_dasar": codes.STATE[1],
        "asuransi": codes.INSURANCE[life.insurance], "id_asuransi": codes.INSURANCE[life.insurance],
    }  # fmt: skip


def _marriage(resident: Resident) -> str:
    return f"{resident.birth.day * 7}/{resident.birth.month}/{resident.birth.year + 24}" if _wed(resident) else ""


def _married_on(resident: Resident) -> str:
    return date(resident.birth.year + 24, resident.birth.month, 15).isoformat() if _wed(resident) else ""


def _wed(resident: Resident) -> bool:
    return resident.life.marital == WEDDED and resident.birth.day % 2 == 0
