#!/usr/bin/env bash
# Runs every sample against a running demo and compares what it prints with the API: check.sh URL HOST:PORT REGISTRY LIBRARIES
# LIBRARIES is a directory with the jars of kafka-clients, avro and what they need.
set -euo pipefail
cd "$(dirname "$0")"
url=$1 kafka=$2 registry=$3 libraries=$4
# Without a logger the samples print nothing but alerts.
classes=$(find "$libraries" \( -name 'kafka-clients-*' -o -name 'avro-*' -o -name 'jackson-*' -o -name 'lz4-java-*' \
    -o -name 'slf4j-api-*' \) -printf '%p:')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

curl --silent --show-error --fail "$url/v1/alerts?status=open&limit=1000" |
    node -e 'let s="";process.stdin.on("data",(d)=>(s+=d)).on("end",()=>JSON.parse(s).items.forEach((a)=>console.log(a.id,a.version)))' |
    LC_ALL=C sort >"$work/api"
[ -s "$work/api" ]

compare() { # NAME COMMAND...
    local name=$1
    shift
    timeout 120 "$@" >"$work/out"
    grep -E '^[^ ].* [0-9]+$' "$work/out" | LC_ALL=C sort >"$work/alerts"
    diff "$work/api" "$work/alerts"
    grep -q '^  ".*" http' "$work/out"
    printf '%s prints the %s open alerts of the API\n' "$name" "$(wc -l <"$work/alerts")"
}

npm ci --silent
node validate.mjs "$url/asyncapi.yaml"
compare JavaScript node alerts.mjs "$kafka" "$registry"
compare Java java -cp "$classes" Alerts.java "$kafka" "$registry"
if command -v kcat >/dev/null; then
    kcat -b "$kafka" -t enforcement.alerts.v1 -C -o beginning -e -q -X isolation.level=read_committed -f '%k %h\n' >"$work/headers"
    while read -r id version; do
        grep -qF "$id ce_specversion=1.0,ce_id=$id#$version,ce_source=/" "$work/headers"
    done <"$work/api"
    printf 'kcat shows the CloudEvents headers of each\n'
fi
