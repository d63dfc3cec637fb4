#!/usr/bin/env bash
# Makes every preset and every theme for five views, to be looked at: one picture each, and a sheet for every view.
#
#   docs/gallery/make.sh [FOLDER] [SITREP]
#
# FOLDER is where they go (gallery, without it), SITREP the program (target/release/sitrep). The sheets need ImageMagick's
# `montage`; without it they are left out, and it says so.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly folder=${1:-gallery}
readonly sitrep=${2:-target/release/sitrep}
[[ -x $sitrep ]] || {
  echo "there is no program at $sitrep: build it with \`cargo build --release\`, or name it" >&2
  exit 2
}

readonly presets=(slide column report a4 a4-landscape square upright)
readonly themes=(light dark print greyscale)

# Each is a name and the arguments of its view.
views=(
  'january|--from 2022-01-03 --to 2022-01-06'
  'record|'
  'since-start|--mode since-start --to 2021-07-31 --fade'
  'syria|--from 2021-07 --to 2021-12 --where country=SY'
  'day|--mode day --to 2020-01-08'
)

mkdir -p "$folder"
made=0
for view in "${views[@]}"; do
  name=${view%%|*}
  read -ra arguments <<<"${view#*|}"
  pictures=()
  for theme in "${themes[@]}"; do
    for preset in "${presets[@]}"; do
      picture=$folder/$name-$theme-$preset.png
      "$sitrep" render "${arguments[@]}" --theme "$theme" --size "$preset" -o "$picture" 2>"$folder/said" || {
        cat "$folder/said" >&2
        exit 1
      }
      pictures+=("$picture")
      made=$((made + 1))
    done
  done
  if command -v montage >/dev/null; then
    montage "${pictures[@]}" -tile "${#presets[@]}x" -geometry 560x560+8+8 -background '#808080' \
      "$folder/sheet-$name.png"
  fi
done
rm -f "$folder/said"
command -v montage >/dev/null || echo "no sheets: ImageMagick's montage is not installed" >&2
echo "$made pictures in $folder"
