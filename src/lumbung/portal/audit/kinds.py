"""What can happen here, and the sentence for each act, side by side."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """One kind of act. The label completes the sentence "<who> ..."; a kind is never renamed, for the log keeps it."""

    SIGNED_IN = "signed-in", _("masuk")
    SIGN_IN_FAILED = "sign-in-failed", _("gagal masuk")
    SIGN_IN_LOCKED = "sign-in-locked", _("dikunci sementara karena terlalu sering gagal masuk")
    SIGNED_OUT = "signed-out", _("keluar")
    PASSWORD_CHANGED = "password-changed", _("mengganti kata sandi")
    PASSWORD_RESET = "password-reset", _("memberi kata sandi sementara")
    PERSON_ADDED = "person-added", _("menambahkan akun")
    PERSON_DEACTIVATED = "person-deactivated", _("menonaktifkan akun")
    PERSON_REACTIVATED = "person-reactivated", _("mengaktifkan kembali akun")
    ROLE_GIVEN = "role-given", _("memberi peran")
    ROLE_TAKEN = "role-taken", _("mencabut peran")
    ORGANISATION_ADDED = "organisation-added", _("menambahkan organisasi")
    PLACE_TOLD = "place-told", _("mengatur halaman tempat")
    INVITED = "invited", _("membuat tautan undangan")
    INVITATION_REVOKED = "invitation-revoked", _("membatalkan tautan undangan")
    INVITATION_ACCEPTED = "invitation-accepted", _("menerima undangan dan memilih kata sandi")
    TWO_ADMINS_ASKED = "two-admins-asked", _("meminta persetujuan admin kedua")
    TWO_ADMINS_DECLINED = "two-admins-declined", _("tidak menyetujui permintaan admin lain")
    SECOND_STEP_SET = "second-step-set", _("memasang pengaman kedua")
    SECOND_STEP_REMOVED = "second-step-removed", _("melepas pengaman kedua miliknya")
    SECOND_STEP_RESET = "second-step-reset", _("melepas pengaman kedua orang lain")
    SECOND_STEP_FAILED = "second-step-failed", _("keliru mengetik kode pengaman kedua")
    RECOVERY_CODES_MADE = "recovery-codes-made", _("membuat kode cadangan")
    SESSION_ENDED = "session-ended", _("mengakhiri sesi")

    RECEIVED = "received", _("mengunggah berkas")
    INSPECTION_STARTED = "inspection-started", _("mulai memeriksa berkas")
    HELD = "held", _("menahan berkas")
    SENT_TO_REVIEW = "sent-to-review", _("meneruskan berkas ke meja tinjau")
    INSPECTION_REPEATED = "inspection-repeated", _("meminta berkas diperiksa ulang")
    EVIDENCE_SEEN = "evidence-seen", _("melihat contoh temuan yang disamarkan")
    DESCRIBED = "described", _("mengubah keterangan data")
    ENTRY_SAVED = "entry-saved", _("menyimpan isian blangko")
    CORRECTED = "corrected", _("mengirim tabel yang diperbaiki dari berkas yang ditahan")
    RELEASE_REQUESTED = "release-requested", _("meminta pertimbangan PPDP")
    RELEASE_GRANTED = "release-granted", _("melepas berkas dari tahanan dengan dasar hukum")
    RELEASE_REFUSED = "release-refused", _("menolak permintaan pelepasan berkas")
    SHREDDED = "shredded", _("memusnahkan berkas beserta kuncinya")

    STATISTICS_ASKED = "statistics-asked", _("meminta statistik dibuat dari register")
    STATISTICS_STARTED = "statistics-started", _("mulai menghitung statistik dari register")
    STATISTICS_MADE = "statistics-made", _("selesai membuat statistik dari register")
    STATISTICS_REFUSED = "statistics-refused", _("tidak jadi membuat statistik dari register")
    STATISTICS_BROUGHT = "statistics-brought", _("membawa paket statistik yang dibuat di komputer desa")
    STATISTICS_SUMMED = "statistics-summed", _("menjumlahkan statistik desa yang sudah terbit")
    SID_KEY_MADE = "sid-key-made", _("membuat kunci kiriman SID")
    SID_KEY_REVOKED = "sid-key-revoked", _("mencabut kunci kiriman SID")
    SID_PUSH_REFUSED = "sid-push-refused", _("menolak kiriman dari SID tanpa menyimpannya")
    SID_PULLED = "sid-pulled", _("mengambil statistik dari alamat SID")

    APPROVED = "approved", _("menyetujui berkas")
    REJECTED = "rejected", _("menolak berkas")
    RETURNED = "returned", _("mengembalikan berkas untuk dilengkapi")
    COMMENTED = "commented", _("menulis pesan tentang berkas")

    PUBLICATION_REFUSED = "publication-refused", _("tidak jadi menerbitkan berkas")
    PUBLISHED = "published", _("menerbitkan data")
    QUARANTINED = "quarantined", _("mengarantina data")
    LOOKED_AGAIN = "looked-again", _("memeriksa ulang data yang sudah terbit")
    WITHDRAWN = "withdrawn", _("menarik data")
    RESTORED = "restored", _("membuka kembali data")
    REMOVED = "removed", _("menghapus data")
    REMOVAL_CHECKED = "removal-checked", _("memeriksa bahwa data yang dihapus tidak bersisa")
    RECORD_EXPORTED = "record-exported", _("menulis seluruh catatan ke berkas")
    PERSON_ERASED = "person-erased", _("menghapus nama dan alamat seseorang dari catatan")
    HEARTBEAT = "heartbeat", _("masih berjaga")

    TRAINING_BEGUN = "training-begun", _("membuka rumah latihan yang kosong")
    PRACTICE_TAKEN = "practice-taken", _("mengambil berkas latihan")
    EMPTYING_ASKED = "emptying-asked", _("meminta rumah latihan dikosongkan")

    REPORTED = "reported", _("melaporkan dugaan data pribadi")
    REPORT_ACKNOWLEDGED = "report-acknowledged", _("memberi tanda terima laporan")
    REPORT_CLOSED = "report-closed", _("menjawab laporan: data ditutup")
    REPORT_LEFT_OPEN = "report-left-open", _("menjawab laporan: data tetap terbuka")
    CONTACT_SEEN = "contact-seen", _("melihat kontak pelapor")
    INCIDENT_OPENED = "incident-opened", _("membuka insiden")
    INCIDENT_ENDED = "incident-ended", _("menyatakan insiden selesai")
    INCIDENT_GATHERED = "incident-gathered", _("menyusun keterangan insiden dari catatan dan berkasnya")
    LETTER_WRITTEN = "letter-written", _("menulis surat insiden")
    LETTER_SIGNED = "letter-signed", _("menyatakan surat insiden ditandatangani dan dikirim")
    TASK_DONE = "task-done", _("menyelesaikan tugas insiden")
    REMINDED = "reminded", _("mengingatkan petugas tentang tugas insiden")
    EVIDENCE_EXPORTED = "evidence-exported", _("membuat bundel bukti yang tersandi untuk penerimanya")
    TRAINING_HELD = "training-held", _("mencatat pelatihan yang diadakan")

    DOWNLOADED = "downloaded", _("mengunduh data")


def kinds() -> list[tuple[str, str]]:
    """The kinds and their labels, asked for by name: so that a new kind of act needs no migration of the record."""
    return [(kind.value, str(kind.label)) for kind in Kind]
