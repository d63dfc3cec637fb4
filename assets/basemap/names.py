"""Editorial tables: names as newspapers write them, and where labels sit. No code."""

# id: (English, Arabic from the source when None, label, rank)
COUNTRIES = {
    "AM": ("Armenia", None, (45.30, 39.88), 4),
    "AZ": ("Azerbaijan", None, (48.15, 39.85), 4),
    "CY": ("Cyprus", None, (33.05, 34.92), 4),
    "EG": ("Egypt", None, (33.75, 29.35), 3),
    "IL": ("Israel", None, (34.85, 30.75), 3),
    "IQ": ("Iraq", None, (42.35, 32.05), 1),
    "IR": ("Iran", None, (48.9, 35.3), 2),
    "JO": ("Jordan", None, (36.75, 31.05), 2),
    "KW": ("Kuwait", None, (47.6, 29.28), 3),
    "LB": ("Lebanon", None, (35.9, 34.0), 3),
    "PS": ("Palestine", None, (35.27, 32.05), 4),
    "SA": ("Saudi Arabia", None, (43.3, 28.9), 2),
    "SY": ("Syria", None, (38.5, 35.1), 1),
    "TR": ("Turkey", None, (37.3, 38.75), 2),
    "XG": ("Golan Heights", None, (35.74, 32.98), 4),
}

# id: (English, Arabic, rank, the source's name)
GOVERNORATES = {
    "IQ-AN": ("Anbar", "الأنبار", 1, "Al-Anbar"),
    "IQ-AR": ("Erbil", "أربيل", 2, "Arbil"),
    "IQ-BA": ("Basra", "البصرة", 2, "Al-Basrah"),
    "IQ-BB": ("Babil", "بابل", 3, "Babil"),
    "IQ-BG": ("Baghdad", "بغداد", 1, "Baghdad"),
    "IQ-DA": ("Duhok", "دهوك", 2, "Dihok"),
    "IQ-DI": ("Diyala", "ديالى", 1, "Diyala"),
    "IQ-DQ": ("Dhi Qar", "ذي قار", 2, "Dhi-Qar"),
    "IQ-KA": ("Karbala", "كربلاء", 3, "Karbala'"),
    "IQ-KI": ("Kirkuk", "كركوك", 2, "At-Ta'mim"),
    "IQ-MA": ("Maysan", "ميسان", 2, "Maysan"),
    "IQ-MU": ("Muthanna", "المثنى", 2, "Al-Muthannia"),
    "IQ-NA": ("Najaf", "النجف", 2, "An-Najaf"),
    "IQ-NI": ("Nineveh", "نينوى", 1, "Ninawa"),
    "IQ-QA": ("Qadisiyah", "القادسية", 3, "Al-Qādisiyyah"),
    "IQ-SD": ("Salah al-Din", "صلاح الدين", 1, "Sala ad-Din"),
    "IQ-SU": ("Sulaymaniyah", "السليمانية", 2, "As-Sulaymaniyah"),
    "IQ-WA": ("Wasit", "واسط", 2, "Wasit"),
    "SY-DI": ("Damascus", "دمشق", 2, "Damascus"),
    "SY-DR": ("Daraa", "درعا", 2, "Dar`a"),
    "SY-DY": ("Deir ez-Zor", "دير الزور", 1, "Dayr Az Zawr"),
    "SY-HA": ("Hasakah", "الحسكة", 1, "Hasaka (Al Haksa)"),
    "SY-HI": ("Homs", "حمص", 1, "Homs (Hims)"),
    "SY-HL": ("Aleppo", "حلب", 1, "Aleppo"),
    "SY-HM": ("Hama", "حماة", 2, "Hamah"),
    "SY-ID": ("Idlib", "إدلب", 2, "Idlib"),
    "SY-LA": ("Latakia", "اللاذقية", 3, "Lattakia"),
    "SY-QU": ("Quneitra", "القنيطرة", 3, "Quneitra"),
    "SY-RA": ("Raqqa", "الرقة", 1, "Ar Raqqah"),
    "SY-RD": ("Rif Dimashq", "ريف دمشق", 2, "Rif Dimashq"),
    "SY-SU": ("Suwayda", "السويداء", 2, "As Suwayda'"),
    "SY-TA": ("Tartus", "طرطوس", 3, "Tartus"),
}

# A point inside the lake as the source draws it: (English, Arabic, country, rank). None: left out, see README.
LAKES = {
    (43.22, 34.02): ("Lake Tharthar", "بحيرة الثرثار", "IQ", 1),
    (43.57, 32.81): ("Lake Razazah", "بحيرة الرزازة", "IQ", 1),
    (43.44, 33.31): ("Lake Habbaniyah", "بحيرة الحبانية", "IQ", 2),
    (44.94, 36.09): ("Lake Dukan", "بحيرة دوكان", "IQ", 3),
    (45.81, 35.20): ("Lake Darbandikhan", "بحيرة دربندخان", "IQ", 3),
    (37.51, 36.06): ("Sabkhat al-Jabbul", "سبخة الجبول", "SY", 3),
    (36.56, 34.64): ("Lake Qattinah", "بحيرة قطينة", "SY", 3),
    (35.59, 32.80): ("Sea of Galilee", "بحيرة طبريا", "IL", 2),
    (35.47, 31.43): ("Dead Sea", "البحر الميت", "JO", 1),
    (45.51, 37.69): ("Lake Urmia", "بحيرة أرومية", "IR", 1),
    (42.81, 38.65): ("Lake Van", "بحيرة وان", "TR", 1),
    (33.32, 38.81): ("Lake Tuz", "بحيرة توز", "TR", 2),
    (45.41, 40.32): ("Lake Sevan", "بحيرة سيفان", "AM", 2),
    (36.31, 36.35): None,  # Lake Amik, drained in the twentieth century
    (36.65, 33.49): None,  # Bahrat al-Utaybah, dry for decades
    (36.57, 33.58): None,  # beside it, dry too
    (32.50, 31.11): None,  # a lagoon cut by the frame
}

# Rivers: (English, Arabic, rank, points the river is known to pass, the river it ends in).
# The path between the points is the source's.
RIVERS = [
    ("Tigris", "دجلة", 1, [(40.23, 37.90), (42.19, 37.32), (43.13, 36.34), (43.69, 34.60), (44.38, 33.32),
                           (45.82, 32.50), (47.14, 31.84), (47.43, 31.00)], None),
    ("Euphrates", "الفرات", 1, [(39.50, 39.74), (38.75, 38.80), (38.00, 37.03), (39.01, 35.93), (40.15, 35.33),
                                (42.38, 34.14), (43.30, 33.43), (44.29, 32.78), (44.23, 32.54), (45.28, 31.32),
                                (46.25, 31.05), (47.43, 31.00)], "Tigris"),
    ("Shatt al-Arab", "شط العرب", 1, [(47.43, 31.00), (47.83, 30.52), (48.48, 29.95)], None),
    ("Khabur", "الخابور", 2, [(40.07, 36.85), (40.75, 36.50), (40.43, 35.15)], "Euphrates"),
    ("Great Zab", "الزاب الكبير", 2, [(44.05, 37.75), (43.36, 36.00)], "Tigris"),
    ("Little Zab", "الزاب الصغير", 2, [(44.90, 35.95), (44.08, 35.75), (43.40, 35.25)], "Tigris"),
    ("Diyala", "ديالى", 2, [(45.70, 35.11), (45.05, 34.30), (44.62, 33.75), (44.52, 33.28)], "Tigris"),
    ("Orontes", "العاصي", 2, [(36.40, 34.30), (36.72, 34.75), (36.75, 35.13), (36.36, 35.65), (36.17, 36.21),
                              (35.98, 36.05)], None),
    ("Jordan", "الأردن", 2, [(35.62, 33.02), (35.57, 32.50), (35.55, 31.80)], None),
    ("Karun", "كارون", 2, [(48.85, 32.05), (48.68, 31.32), (48.18, 30.44)], "Shatt al-Arab"),
    ("Karkheh", "الكرخة", 2, [(47.15, 33.60), (48.10, 32.40), (47.95, 31.60)], None),
    ("Litani", "الليطاني", 3, [(36.05, 33.90), (35.25, 33.33)], None),
    ("Adhaim", "العظيم", 3, [(44.42, 34.80), (44.38, 34.35)], "Tigris"),
    ("Shatt al-Gharraf", "شط الغراف", 3, [(45.82, 32.50), (46.17, 31.41), (46.30, 31.00)], "Euphrates"),
    ("Shatt al-Hillah", "شط الحلة", 3, [(44.28, 32.72), (44.43, 32.48), (44.93, 31.98)], None),
]
