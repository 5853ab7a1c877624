#!/usr/bin/env bash
# Brings docker/compose.yaml up in an engine of its own, uses it, breaks it, and takes it down. Prints a line for each check.
# Usage: check.sh    Needs: root, a built docker/standalone, curl, openssl; what is missing else is installed with apt-get.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

work=$(mktemp -d)
local=$PWD/local
failed=0
export DOCKER_HOST=unix://$work/engine/docker.sock DOCKER_BUILDKIT=0
export FILES=$work/files CLIENTS=$work/clients STREAMS_TIME=ANNOUNCEMENTS
export INGEST_OPTIONS='--sources /files/sources.yaml'
# Ports that nothing else here uses.
export KAFKA_PORT=29092 KAFKA_PORT_2=29095 KAFKA_PORT_3=29096 REGISTRY_PORT=28081 HTTP_PORT=28080 HTTP_PORT_2=28090 PROMETHEUS_PORT=29090
# Small enough for a machine of two cores.
export KAFKA_HEAP=-Xmx384m KAFKA_MEMORY=768m
registry=http://registry:8080/apis/ccompat/v7
california=ocd-division/country:us/state:ca
modes=()

compose() {
    docker-compose --project-directory . -p surgewire-check "${modes[@]}" -f "$work/compose.yaml" -f local/compose.yaml "$@"
}

finish() {
    compose --profile cluster --profile monitoring down --volumes --timeout 1 >/dev/null 2>&1
    "$local/engine.sh" down "$work/engine"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

check() { # NAME COMMAND...
    local name=$1 start=$SECONDS
    shift
    if "$@" >"$work/log" 2>&1; then
        printf 'ok      %s (%s s)\n' "$name" $((SECONDS - start))
    else
        failed=$((failed + 1))
        tail -n 20 "$work/log"
        printf 'FAILED  %s (%s s)\n' "$name" $((SECONDS - start))
    fi
}

until_true() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 1
    done
}

# A command of ours on the network of the stack: LOGIN COMMAND...
surgewire() {
    local login=$1
    shift
    docker run --rm --network surgewire-check_default --read-only --tmpfs /tmp:exec -v "$FILES:/files" \
        -v "$CLIENTS/$login:/etc/surgewire:ro" local/surgewire "$@" --bootstrap "${brokers:-broker:9092}" \
        --registry "$registry" --command-config /etc/surgewire/client.properties
}

get() { curl --silent --fail --max-time 10 "http://127.0.0.1:$1$2"; }
answers() { get "$1" /ready >/dev/null; }
counts() { get "$1" '/v1/jurisdictions?limit=500'; }
# What a reader sees.
seen() { counts "$1" && get "$1" '/v1/alerts?status=all&limit=500'; }
counted() { seen "$1" | grep -q "$california" && get "$1" '/v1/alerts?status=open' | grep -q '"total":[1-9]'; }
same() { seen "$1" >"$work/now" && cmp -s "$2" "$work/now"; }
total_of() { get "$1" "/v1/jurisdictions/$california/counts" | grep -o '"total":{[^}]*}'; }

up() { # SERVICE...; left out, all
    compose up -d "$@" && until_true 120 answers "$HTTP_PORT" && until_true 120 answers "$HTTP_PORT_2"
}

publish_sample() {
    compose stop ingest && surgewire ingest ingest file /files/autumn-2020.jsonl && compose start ingest
}

# Nothing more comes of it: twice the same, and the same on both.
settled() {
    seen "$HTTP_PORT" >"$1" && sleep 2 && same "$HTTP_PORT" "$1" && same "$HTTP_PORT_2" "$1"
}

shows_sample() {
    until_true 90 counted "$HTTP_PORT" && until_true 60 counted "$HTTP_PORT_2" && until_true 60 settled "$work/before"
}

more_than_before() { total_of "$HTTP_PORT_2" >"$work/more" && ! cmp -s "$work/total" "$work/more"; }

# One more announcement while an instance and a broker are gone: it is counted, and nothing that was there is lost.
survives() {
    total_of "$HTTP_PORT_2" >"$work/total" || return 1
    docker kill surgewire-check_streams-1_1 surgewire-check_broker-2_1 || return 1
    compose stop ingest || return 1
    surgewire ingest ingest file /files/more.jsonl || return 1
    until_true 150 more_than_before || return 1
    compose start streams-1 broker-2 ingest && until_true 120 answers "$HTTP_PORT"
}

nothing_lost() {
    until_true 90 settled "$work/after" && counts "$HTTP_PORT" >"$work/counts" && surgewire ingest backup --out /files/backup
}

refused() { # PATTERN COMMAND...
    local pattern=$1
    shift
    "$@" >"$work/refusal" 2>&1
    cat "$work/refusal"
    grep -qE "$pattern" "$work/refusal"
}

ingest_logs_in() {
    compose up -d ingest && until_true 90 eval 'docker ps --filter name=ingest --filter health=healthy -q | grep -q .'
}

tool() { # LOGIN CLASS OPTION...
    local login=$1 class=$2
    shift 2
    docker run --rm -i --network surgewire-check_default -v "$CLIENTS/$login:/etc/surgewire:ro" local/kafka \
        kafka-run-class.sh "org.apache.kafka.tools.$class" --bootstrap-server broker:9092 \
        --command-config /etc/surgewire/client.properties "$@"
}

write_as_consumer() {
    refused 'AuthorizationException' \
        tool consumer ConsoleProducer --topic enforcement.counts.v1 --sync <<<'a number of my own'
}

read_as_consumer() {
    tool consumer consumer.ConsoleConsumer --topic enforcement.counts.v1 --group surgewire-consumer-check \
        --from-beginning --max-messages 1 --timeout-ms 30000 >"$work/record" && [ -s "$work/record" ]
}

read_releases_as_consumer() {
    refused 'TopicAuthorizationException|Not authorized' \
        tool consumer consumer.ConsoleConsumer --topic enforcement.press-releases.v1 --group surgewire-consumer-check \
        --from-beginning --max-messages 1 --timeout-ms 30000
}

wrong_password() {
    mkdir -p "$CLIENTS/stranger"
    cp "$CLIENTS"/consumer/* "$CLIENTS/stranger"
    sed -i 's/password="[^"]*"/password="wrong"/' "$CLIENTS/stranger/client.properties"
    chmod 755 "$CLIENTS/stranger"
    refused 'does not take this user|SaslAuthenticationException|Authentication failed' \
        surgewire stranger topics apply --dry-run
}

# Counted from the backup, where nothing was killed: the same.
restored() {
    brokers=broker:9091 surgewire admin restore --from /files/backup || return 1
    until_true 120 settled "$work/restored" && until_true 60 eval 'counts "$HTTP_PORT" | cmp "$work/counts" -'
}

containers() {
    TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 TESTCONTAINERS_PULL_TIMEOUT=1 \
        mvn -q -B -f .. -Pcontainers -pl docker/e2e verify \
        -Dimage.kafka=local/kafka -Dimage.registry=local/registry -Dimage.surgewire=local/surgewire
}

monitored() {
    compose --profile monitoring up -d prometheus &&
        until_true 180 python3 local/prometheus/asks.py "http://127.0.0.1:$PROMETHEUS_PORT" grafana/dashboards/*.json
}

mkdir -p "$FILES/inbox"
cp -r clients "$CLIENTS"
# A killed instance is missed sooner than in production.
printf 'session.timeout.ms=10000\n' >>"$CLIENTS/streams/client.properties"
cp ../ingest/src/main/resources/org/surgewire/ingest/sample/autumn-2020.jsonl "$FILES"
cp local/more.jsonl local/sources.yaml "$FILES"
chmod -R a+rX "$work"
chmod a+w "$FILES"
# This Compose may be one that knows no name.
grep -v '^name:' compose.yaml >"$work/compose.yaml"

check 'a Docker engine comes up' "$local/engine.sh" up "$work/engine"
[ $failed -eq 0 ] || exit 1
check 'images are built out of Maven artifacts' "$local/images.sh"
[ $failed -eq 0 ] || exit 1

check 'Testcontainers: from an empty cluster to counts, and back' containers

modes=(--env-file cluster.env --profile cluster)
check 'three brokers, registry, ingest and two Streams instances come up' up
check 'the sample is published' publish_sample
check 'both instances show its counts and an open alert' shows_sample
# Some series appear with the first minute's measurement, and a rate needs two readings.
check 'Prometheus reads every process, and has an answer for each panel of the dashboards' monitored
check 'with an instance and a broker killed, one more announcement is counted' survives
check 'nothing is lost once they are back, and a backup is taken' nothing_lost
compose --profile monitoring down --volumes --timeout 20 >/dev/null 2>&1

rm -rf "$CLIENTS"
check 'secrets are made' ./secure.sh "$CLIENTS"
chmod a+rX "$CLIENTS"
modes=(--env-file secure.env)
# Ingest writes as soon as it is up, and a backup is restored into empty topics alone.
check 'with logins, encryption and grants it comes up' up streams-1 streams-2
check 'the backup, restored into the empty cluster, counts the same' restored
check 'ingest logs in too' ingest_logs_in
check 'a consumer reads counts' read_as_consumer
check 'a consumer cannot write' write_as_consumer
check 'a consumer cannot read releases' read_releases_as_consumer
check 'a wrong password is refused' wrong_password
exit $((failed > 0))
