#!/bin/bash
# Runs the tests of the given packages over MongoDB: the server that
# RUGGESPRAAK_TEST_MONGODB names, or else a stand-in that lives as long as they do.
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
log=$(mktemp)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null; rm -f "$log"' EXIT

if [ -z "${RUGGESPRAAK_TEST_MONGODB:-}" ]; then
	for tool in java mvn; do
		command -v $tool >/dev/null || { echo "left out: MongoDB ($tool is missing; JDK 17 and Maven are needed)"; exit 2; }
	done
	if [ ! -e lib/.complete ] || [ pom.xml -nt lib/.complete ]; then
		rm -rf lib
		mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib && touch lib/.complete || exit 1
	fi
	java -Xmx256m -cp 'lib/*' Server.java 0 >"$log" 2>&1 &
	server=$!
	for _ in $(seq 1500); do # it is compiled first, which a busy machine takes its time for
		grep -q '^mongodb://' "$log" && break
		kill -0 $server 2>/dev/null || break
		sleep 0.2
	done
	RUGGESPRAAK_TEST_MONGODB=$(grep -m1 '^mongodb://' "$log") || { cat "$log"; exit 1; }
fi
export RUGGESPRAAK_TEST_MONGODB RUGGESPRAAK_TEST_STORE=mongodb

cd "$root"
go test -count=1 -timeout 20m -v "$@" >"$log" 2>&1
failed=$?
[ $failed = 0 ] || grep -vE '^\s*(=== |--- (PASS|SKIP))' "$log"
echo "MongoDB: $(grep -m1 -oP 'server: \K.*' "$log" || echo 'did not tell what it is')"
echo "MongoDB: $(grep -cE '^\s*--- (PASS|FAIL)' "$log") tests ran, $(grep -cE '^\s*--- FAIL' "$log") failed, $(grep -c 'excused: ' "$log") excused"
grep -oP 'excused: \K.*' "$log" | sort -u | sed 's/^/MongoDB: excused, because it is a stand-in: /'
exit $failed
