#!/bin/bash
# Prints what memory the demo holds once its season is loaded and before anybody
# signed in: VmRSS as Linux counts it, the heap in it, and the pages of the
# program file in it. Three starts, each in an empty folder. Goal: 40 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
for start in 1 2 3; do
	folder=$(mktemp -d)
	bin/ruggespraak demo --listen 127.0.0.1:0 --data "$folder" >"$folder/said" 2>&1 &
	program=$!
	for _ in $(seq 300); do
		grep -q 'listening on' "$folder/said" && break
		kill -0 $program 2>/dev/null || { cat "$folder/said"; exit 1; }
		sleep 0.1
	done
	awk -v n=$start '/^(VmRSS|RssAnon|RssFile):/ { v[$1] = $2 / 1024 }
		END { printf "start %d: VmRSS %.1f MB (own %.1f, of files %.1f)\n", n, v["VmRSS:"], v["RssAnon:"], v["RssFile:"] }' /proc/$program/status
	kill $program
	wait $program || true
	rm -rf "$folder"
done
