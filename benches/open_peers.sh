#!/usr/bin/env bash
# Opens one large table with Sitrep, Polars and DuckDB in turns, each as a process of its own, and prints how long each took
# from its start, how many MB a second that is, and the most memory that it held. Polars and DuckDB read only the columns
# that a map needs.
#
#   benches/open_peers.sh big.csv [TURNS]       cargo bench --bench open -- write big.csv 1000000   makes such a file
#
# It needs python3 with polars and duckdb (pip install polars duckdb), and GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
file=$1
turns=${2:-3}
python=${PYTHON:-python3}
columns="event_id_cnty event_date time_precision event_type sub_event_type location latitude longitude geo_precision fatalities"
megabytes=$(($(stat -c %s "$file") / 1000000))
bench=$(cargo bench --no-run --bench open --message-format json 2>/dev/null | grep -o '"executable":"[^"]*/open-[^"]*"' | tail -1 | cut -d'"' -f4)

# What it is called, and the command.
run() {
  local name=$1
  shift
  local told
  told=$({ /usr/bin/time -f '%e %M' "$@" > /dev/null; } 2>&1 | tail -1)
  awk -v name="$name" -v mb="$megabytes" -v told="$told" 'BEGIN {
    split(told, t, " ")
    printf "%-28s %6.2f s %7.0f MB/s %7.0f MB\n", name, t[1], mb / t[1], t[2] / 1000
  }'
}

polars=$(printf 'import polars, sys
print(len(polars.read_csv(sys.argv[1], columns=sys.argv[2].split())))')
duckdb=$(printf 'import duckdb, sys
duckdb.sql("create table t as select " + ", ".join(sys.argv[2].split()) + " from read_csv(\x27" + sys.argv[1] + "\x27)")')
for _ in $(seq "$turns"); do
  run "plain read" cat "$file"
  run "Sitrep, all columns counted" "$bench" file "$file"
  run "Polars, columns of a map" "$python" -c "$polars" "$file" "$columns"
  run "DuckDB, columns of a map" "$python" -c "$duckdb" "$file" "$columns"
done
