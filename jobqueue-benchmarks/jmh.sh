#!/usr/bin/env bash
# Runs the JMH benchmarks of codec, memory store and engine, for example: jobqueue-benchmarks/jmh.sh Codec -f 1
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -pl jobqueue-benchmarks -am package -DskipTests -Dspotless.check.skip -Dmaven.javadoc.skip \
  dependency:build-classpath -Dmdep.outputFile=target/load.classpath
exec java -cp "jobqueue-benchmarks/target/classes:$(cat jobqueue-benchmarks/target/load.classpath)" \
  org.openjdk.jmh.Main "$@"
