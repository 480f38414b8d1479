#!/usr/bin/env bash
# Compares jobqueue with other queues on one Redis, for example:
#   jobqueue-benchmarks/compare.sh                                    everything, into target/compare/<time>
#   jobqueue-benchmarks/compare.sh page=docs/performance.md           and into the page, with all figures beside it
#   jobqueue-benchmarks/compare.sh rounds=1 jobs=2000 only=jobqueue,bullmq works=drain50
# The Java queues run on the newest Java beside the one on the path, or on that of JOBQUEUE_BENCH_JAVA.
# Installs what the others need. What cannot be installed is left out, and the tables say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
module=jobqueue-benchmarks
node_home=$module/compare/node

mvn -q -B -ntp -pl $module -am package -DskipTests -Dspotless.check.skip -Dmaven.javadoc.skip \
  dependency:build-classpath -Dmdep.outputFile=target/load.classpath

settings=()
if mvn -q -B -ntp -f $module/compare/java/pom.xml compile dependency:build-classpath -Dmdep.outputFile=target/classpath; then
  settings+=("-Dcompare.peers=$module/compare/java/target/classes:$(cat $module/compare/java/target/classpath)")
else
  settings+=("-Dcompare.peers.missing=Maven could not get the Java queues")
fi

if ! command -v npm > /dev/null; then
  settings+=("-Dcompare.node.missing=npm is not installed")
elif ! npm ci --prefix $node_home --no-audit --no-fund --loglevel=error > /dev/null; then
  settings+=("-Dcompare.node.missing=npm could not get the Node.js queues")
else
  # The Node.js that comes with the packages, else the one of this machine.
  node=$(ls $node_home/node_modules/node-*/bin/node 2> /dev/null | head -1 || true)
  settings+=("-Dcompare.node=${node:-node}" "-Dcompare.node.driver=$node_home/driver.js")
fi

# Virtual threads, where there is a Java that has them: they are how one waits for many calls at once.
newest_java() {
  local homes home
  homes=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")")
  for home in "$homes"/*/; do
    [ ! -x "${home}bin/java" ] || echo "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${home}release" 2> /dev/null || true) ${home}bin/java"
  done | sort -n | tail -1 | cut -d' ' -f2
}
java=${JOBQUEUE_BENCH_JAVA:-$(newest_java)}

exec "${java:-java}" "${settings[@]}" -cp "$module/target/classes:$(cat $module/target/load.classpath)" \
  io.jobqueue.benchmarks.compare.Compare "$@"
