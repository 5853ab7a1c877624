#!/usr/bin/env bash
# Builds images of docker/compose.yaml out of Maven artifacts and a Debian package, for an engine that can pull nothing.
# Usage: images.sh    Needs: DOCKER_HOST, a built docker/standalone (mvn -DskipTests package).
set -euo pipefail
cd "$(dirname "$0")"

export DOCKER_BUILDKIT=0
base=local/jre:17
mvn -q -B -f images.pom.xml package
# The newest of Apicurio that runs on Java 17. Its parent POM is not on Maven Central, and later versions of the plugin
# want that.
if [ ! -d target/registry/app ]; then
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:2.10:unpack \
        -Dartifact=io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all -DoutputDirectory="$PWD/target/registry/app"
fi

if [ ! -d target/prometheus ]; then
    mkdir -p target
    (cd target && apt-get download -qq prometheus 2>/dev/null && dpkg -x prometheus_*.deb prometheus)
fi

build() { # NAME DOCKERFILE CONTEXT
    local log
    log=$(docker build --build-arg "BASE=$base" -t "$1" -f "$2" "$3" 2>&1) || { printf '%s\n' "$log" >&2; return 1; }
}

./jre.sh "$base"
build local/kafka kafka/Dockerfile .
build local/registry registry/Dockerfile .
build local/prometheus prometheus/Dockerfile .
build local/surgewire ../Dockerfile ../..
