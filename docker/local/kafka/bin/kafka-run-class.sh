#!/bin/bash
# Runs a class of Kafka's. Environment: KAFKA_HEAP_OPTS, KAFKA_LOG4J_OPTS, KAFKA_OPTS.
# shellcheck disable=SC2086 # each holds several options
exec java ${KAFKA_HEAP_OPTS:--Xmx256m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    ${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/etc/kafka/docker/tools-log4j2.yaml} ${KAFKA_OPTS:-} \
    -cp '/opt/kafka/libs/*' "$@"
