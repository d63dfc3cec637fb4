"""Rebuild the fonts in this folder from two named npm packages.

    python build.py [--cache DIR]

Needs npm on the path and: fonttools==4.59.0 brotli==1.1.0
The WOFF2 files are only unpacked to TTF: no subsetting, no renaming, no other change.
"""

import argparse
import pathlib
import subprocess
import tarfile
import tempfile

from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = [
    ("@ibm/plex-sans@1.1.0", "ibm-plex-sans-1.1.0.tgz", "IBMPlexSans"),
    ("@ibm/plex-sans-arabic@1.1.0", "ibm-plex-sans-arabic-1.1.0.tgz", "IBMPlexSansArabic"),
]
WEIGHTS = ["Regular", "SemiBold"]


def fetch(spec: str, archive: str, cache: pathlib.Path) -> pathlib.Path:
    """The package's archive in the cache, fetched with npm when it is not there yet."""
    path = cache / archive
    if not path.exists():
        subprocess.run(["npm", "pack", "--silent", spec], cwd=cache, check=True, stdout=subprocess.DEVNULL)
    return path


def unpack_font(archive: tarfile.TarFile, stem: str) -> int:
    """Write one font as TTF beside this script; returns its size in bytes."""
    font = TTFont(
        archive.extractfile(f"package/fonts/complete/woff2/{stem}.woff2"),
        recalcTimestamp=False,
        recalcBBoxes=False,
    )
    font.flavor = None
    target = HERE / f"{stem}.ttf"
    part = target.with_suffix(".part")
    font.save(part, reorderTables=True)
    part.replace(target)
    return target.stat().st_size


def build(cache: pathlib.Path) -> None:
    licences = set()
    for spec, name, family in PACKAGES:
        with tarfile.open(fetch(spec, name, cache)) as archive:
            for weight in WEIGHTS:
                stem = f"{family}-{weight}"
                print(f"{stem}.ttf  {unpack_font(archive, stem)} bytes  from {spec}")
            licences.add(archive.extractfile("package/LICENSE.txt").read())
    if len(licences) != 1:
        raise SystemExit("the packages carry different licence texts: read them before you ship them")
    (HERE / "OFL.txt").write_bytes(licences.pop())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=pathlib.Path, help="folder that keeps the fetched packages")
    cache = parser.parse_args().cache
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        build(cache)
        return
    with tempfile.TemporaryDirectory() as temporary:
        build(pathlib.Path(temporary))


if __name__ == "__main__":
    main()
