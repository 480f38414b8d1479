#!/usr/bin/env bash
# Measures what the starter adds to the start of an application: the same application without it, with jobs in memory,
# and with jobs in a Redis, each in a fresh JVM, interleaved. jobqueue-sample-app/startup.sh [rounds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-11}
mvn -q -B -ntp -pl jobqueue-sample-app -am package -DskipTests -Dspotless.check.skip -Dmaven.javadoc.skip \
  dependency:build-classpath -Dmdep.outputFile=target/startup.classpath
all=jobqueue-sample-app/target/test-classes:$(cat jobqueue-sample-app/target/startup.classpath)
without=$(tr ':' '\n' <<<"$all" | grep -v 'jobqueue-core\|jobqueue-spring-boot-starter' | paste -sd:)

server=$(command -v "${JOBQUEUE_REDIS_SERVER:-redis-server}" || command -v valkey-server) \
  || { echo "needs a redis-server or valkey-server on the path, or JOBQUEUE_REDIS_SERVER"; exit 1; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$server" --port "$port" --bind 127.0.0.1 --save '' --appendonly no >/dev/null &
redis=$!
trap 'kill $redis' EXIT

start() { # class path, properties
  local path=$1; shift
  java -Xmx300m -cp "$path" io.jobqueue.startup.StartupCost --logging.level.root=error "$@" | grep '^startup'
}
results=$(mktemp)
for ((round = 0; round <= rounds; round++)); do # the first warms the disk's cache
  echo "$round without $(start "$without")"
  echo "$round memory $(start "$all" --jobqueue.store.type=memory)"
  echo "$round redis $(start "$all" --jobqueue.store.type=redis --jobqueue.store.redis.url=redis://127.0.0.1:"$port")"
done | grep -v '^0 ' >"$results"

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)] " (" v[1] " to " v[NR] ")"}'; }
for which in without memory redis; do
  rows=$(grep " $which " "$results")
  echo "$which: ms $(awk '{print $4}' <<<"$rows" | median), beans $(awk '{print $5}' <<<"$rows" | median), classes $(awk '{print $6}' <<<"$rows" | median)"
done
