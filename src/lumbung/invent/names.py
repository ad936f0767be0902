"""Names for people who do not exist: a list of our own of common given names, put together the ways people do."""

from random import Random

from lumbung.invent.listed import listed

MALE = listed(
    """Agus Ahmad Aditya Aji Akbar Andi Anggoro Anton Ari Arif Arya Bagas Bagus Bambang Basuki Bayu Bima Budi Cahyo
    Catur Dadang Danang Darto Dedi Deni Dimas Dodi Dwi Eko Fajar Faisal Farhan Fauzan Galih Gatot Gilang Guntur Hadi
    Hafiz Hanafi Hari Haryono Hendra Heri Ilham Imam Indra Irfan Iwan Jajang Jaka Joko Kadir Karyono Krisna Kurnia
    Lukman Mahendra Maman Mansur Marwan Muhammad Mulyono Nanang Ngadiman Nur Paijo Panji Parman Ponidi Prabowo Pramono
    Purnomo Puji Rahmat Ramdan Rangga Rasyid Reza Ridwan Rizki Rohmat Rudi Rusdi Saiful Samsul Sarjono Satria Setyo
    Sigit Slamet Soleh Sugeng Sukardi Sumarno Supardi Suparman Supri Surya Suryono Susanto Sutrisno Suyatno Tarno
    Taufik
    Teguh Tono Tri Triyono Udin Ujang Wahyu Wawan Wibowo Widodo Wiyono Yanto Yoga Yudi Yusuf Zaenal Zainudin"""
)
FEMALE = listed(
    """Aisyah Aminah Anggun Anik Anisa Arum Astuti Atik Ayu Bella Bunga Cahya Chandra Dara Dewi Diah Dian Dina Dwi Eka
    Elis Endah Endang Erna Esti Fatimah Febri Fitri Fitria Hana Handayani Hartini Hasanah Indah Ika Intan Ira Isti
    Jamilah
    Jumiati Juwita Karsinah Kartika Kasmi Khotimah Kurnia Laila Lastri Lestari Lia Lilis Lina Linda Maimunah Marni
    Marsini
    Maryam Maya Mega Melati Mina Mulyani Murni Nabila Nadia Nani Novi Nur Nurhayati Painah Parti Puji Purwanti Putri
    Rahayu
    Rahma Ratih Ratna Rika Rina Rini Rohani Rohmah Ruminah Salma Samini Sari Sarinem Septi Setyani Sinta Siti Sofia Sri
    Suharti Sukinah Sulastri Sumiati Sumini Sunarti Suparti Suratmi Suryani Susanti Suti Tari Tini Titik Tri Tuti Ulfa
    Umi
    Utami Wahyuni Wati Wening Widya Winda Wulan Yani Yanti Yayuk Yuli Yuliana Yunita Zahra Zulaikha"""
)
MALE_LAST = listed(
    """Prasetyo Nugroho Saputra Setiawan Kurniawan Wijaya Santoso Hidayat Firmansyah Ramadhan Pratama Maulana Hakim
    Purwanto Handoko Wicaksono Susilo Gunawan Permana Utomo Sutanto Hartono Iskandar Fauzi Rahman Mulyadi Subagyo
    Setiadi Haryanto Nurdin"""
)
FEMALE_LAST = listed(
    """Rahmawati Lestari Handayani Wulandari Puspitasari Anggraini Kusumawati Safitri Maharani Permatasari Oktaviani
    Susilowati Ningsih Nurjanah Hidayati Setyowati Kurniasih Wijayanti Purnamasari Damayanti Istiqomah Mardiana
    Ambarwati Pertiwi Yuliana Aprilia Khasanah Fadilah Melinda Novitasari"""
)
TITLES = ("S.Pd.", "S.Sos.", "S.E.", "S.Kom.", "S.H.", "M.Si.", "S.T.", "A.Md.")
CITIES = listed(
    """Semarang Surakarta Magelang Purwokerto Tegal Kebumen Klaten Wonogiri Jakarta Bandung Surabaya Malang Madiun
    Palembang Medan Makassar Banjarmasin Cirebon Bogor Temanggung"""
)


def full_name(*, random: Random, female: bool) -> str:
    """One word (the way of the old), two or three. Older patterns are drawn as often as a village shows them."""
    given = FEMALE if female else MALE
    last = FEMALE_LAST if female else MALE_LAST
    first, second = random.sample(given, 2)
    shape = random.random()
    if shape < 0.2:
        return first
    if shape < 0.7:
        return f"{first} {random.choice(last)}"
    return f"{first} {second} {random.choice(last)}"
