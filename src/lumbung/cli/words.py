"""The few words that `lumbung check` says by itself; reasons bring their own."""

WORDS = {
    "id": {
        "open": "Boleh terbuka", "review": "Perlu ditinjau", "hold": "Ditahan",
        "inspecting": "Memeriksa", "files": "Berkas", "more": "… dan {} alasan lain; semuanya ada dengan --json.",
        "found": "Temuan", "where": "Di mana", "how-many": "Banyak",
    },
    "en": {
        "open": "Open", "review": "To be reviewed", "hold": "Held",
        "inspecting": "Inspecting", "files": "Files", "more": "… and {} more reasons; --json has them all.",
        "found": "Found", "where": "Where", "how-many": "How many",
    },
}  # fmt: skip
