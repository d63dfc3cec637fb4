"""Rebuild the fonts in this folder: four from two named npm packages, one from nothing.

    python build.py [--cache DIR]

Needs npm on the path and: fonttools==4.59.0 brotli==1.1.0
The WOFF2 files are only unpacked to TTF: no subsetting, no renaming, no other change. "Sitrep Blank" is made
here: a glyph 0.15 em wide, in which there is nothing to be seen, for each Arabic letter in the order of
`BLANKS`. Some readers of PDF pass over glyphs without an outline: it is a sliver 0.00006 em high.
"""

import argparse
import pathlib
import subprocess
import tarfile
import tempfile

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = [
    ("@ibm/plex-sans@1.1.0", "ibm-plex-sans-1.1.0.tgz", "IBMPlexSans"),
    ("@ibm/plex-sans-arabic@1.1.0", "ibm-plex-sans-arabic-1.1.0.tgz", "IBMPlexSansArabic"),
]
WEIGHTS = ["Regular", "SemiBold"]
# The blocks Arabic and Arabic Supplement; the glyph of a letter is its place here, counted from 1.
BLANKS = [*range(0x0600, 0x0700), *range(0x0750, 0x0780)]
EM = 16384
BLANK_WIDTH = EM * 3 // 20
EPOCH = 2082844800  # 1970-01-01 in seconds since 1904


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


def build_blank() -> int:
    """Write the font of letters that are not seen; returns its size in bytes."""
    names = [".notdef", *(f"uni{letter:04X}" for letter in BLANKS)]
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({letter: f"uni{letter:04X}" for letter in BLANKS})
    sliver = TTGlyphPen(None)
    sliver.moveTo((0, 0))
    sliver.lineTo((BLANK_WIDTH, 1))
    sliver.lineTo((BLANK_WIDTH, 0))
    sliver.closePath()
    glyph = sliver.glyph()
    font.setupGlyf({name: glyph for name in names})
    font.setupHorizontalMetrics({name: (BLANK_WIDTH, 0) for name in names})
    font.setupHorizontalHeader(ascent=EM, descent=-EM // 4)
    font.setupNameTable({
        "familyName": "Sitrep Blank",
        "styleName": "Regular",
        "uniqueFontIdentifier": "Sitrep Blank 1",
        "fullName": "Sitrep Blank",
        "psName": "SitrepBlank",
        "version": "Version 1.0",
    })
    font.setupOS2(sTypoAscender=EM, sTypoDescender=-EM // 4, usWinAscent=EM, usWinDescent=EM // 4)
    font.setupPost(keepGlyphNames=False)
    font.updateHead(created=EPOCH, modified=EPOCH)
    font.font.recalcTimestamp = False
    target = HERE / "SitrepBlank.ttf"
    font.save(target)
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
    print(f"SitrepBlank.ttf  {build_blank()} bytes")


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
