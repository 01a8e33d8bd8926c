#!/bin/bash
# Prints what memory the demo holds at rest: its season loaded, nobody signed in
# yet, and nothing changing any more. VmRSS as Linux counts it, what of it is the
# program's own, and what is pages of files. Three starts, each in an empty
# folder, and one on the folder of the third. Goal: 40 MB.
set -euo pipefail
cd "$(dirname "$0")/.."

# field NAME: a size of the program, in kB.
field() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$program/status"; }

# settle waits until five seconds changed less than a quarter of a megabyte.
settle() {
	local before now
	before=$(field VmRSS)
	for _ in $(seq 24); do
		sleep 5
		now=$(field VmRSS)
		((now - before < 256 && before - now < 256)) && return
		before=$now
	done
	echo "the memory does not settle" >&2
	exit 1
}

# start WHAT FOLDER
start() {
	bin/ruggespraak demo --listen 127.0.0.1:0 --data "$2" >"$2/said" 2>&1 &
	program=$!
	for _ in $(seq 300); do
		grep -q 'listening on' "$2/said" && break
		kill -0 $program 2>/dev/null || { cat "$2/said"; exit 1; }
		sleep 0.1
	done
	settle
	awk -v what="$1" '/^(VmRSS|RssAnon|RssFile):/ { v[$1] = $2 / 1024 }
		END { printf "%s: VmRSS %.1f MB (own %.1f, of files %.1f)\n", what, v["VmRSS:"], v["RssAnon:"], v["RssFile:"] }' "/proc/$program/status"
	kill $program
	wait $program || true
}

for n in 1 2 3; do
	folder=$(mktemp -d)
	start "start $n" "$folder"
	((n < 3)) && rm -rf "$folder"
done
start "start on what was loaded" "$folder"
rm -rf "$folder"
