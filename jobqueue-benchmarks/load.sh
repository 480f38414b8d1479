#!/usr/bin/env bash
# Runs the load tool, for example: jobqueue-benchmarks/load.sh drain slots=50 jobs=100000
# Starts a Redis of its own unless redis=URL or store=memory is given.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -pl jobqueue-benchmarks -am package -DskipTests -Dspotless.check.skip -Dmaven.javadoc.skip \
  dependency:build-classpath -Dmdep.outputFile=target/load.classpath
exec java -Xmx1500m -cp "jobqueue-benchmarks/target/classes:$(cat jobqueue-benchmarks/target/load.classpath)" \
  io.jobqueue.benchmarks.Load "$@"
