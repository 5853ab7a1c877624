#!/usr/bin/env bash
# A Docker engine of one's own for tests, on a machine without one and without a registry of images to pull from.
# Usage: engine.sh up DIR   then DOCKER_HOST=unix://DIR/docker.sock
#        engine.sh down DIR
# Needs root; what is missing is installed with apt-get.
set -euo pipefail

dir=$(mkdir -p "$2" && cd "$2" && pwd)
pid_file=$dir/dockerd.pid

up() {
    local tool missing=()
    for tool in dockerd:docker.io docker-compose:docker-compose iptables:iptables busybox:busybox-static openssl:openssl \
        curl:curl; do
        command -v "${tool%%:*}" >/dev/null || missing+=("${tool#*:}")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    fi
    rm -f "$pid_file"
    # A proxy that is not there: an image that should have been built here fails at once instead of being pulled.
    HTTP_PROXY=http://127.0.0.1:1 HTTPS_PROXY=http://127.0.0.1:1 setsid dockerd \
        --host "unix://$dir/docker.sock" --pidfile "$pid_file" --data-root "$dir/data" --exec-root "$dir/exec" \
        --storage-driver overlay2 --ip 127.0.0.1 >"$dir/dockerd.log" 2>&1 </dev/null &
    local engine=$! tenth
    for ((tenth = 0; tenth < 600; tenth++)); do
        if DOCKER_HOST=unix://$dir/docker.sock docker version >/dev/null 2>&1; then return 0; fi
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 5 "$dir/dockerd.log" >&2
    return 1
}

down() {
    local pid
    pid=$(cat "$pid_file" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

"$1"
