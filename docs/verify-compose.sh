#!/usr/bin/env bash
# Proves docker-compose.yaml: builds the images, starts everything, sends the README's two requests and plays the demo,
# looks at what locks the containers down, stops and starts again on the same data, and removes what it made.
#
#   ./mvnw package -DskipTests && docs/verify-compose.sh
#
# ENGINE (docker, or podman with its socket at DOCKER_HOST), COMPOSE ("docker compose", or docker-compose) and, for
# images from elsewhere, JDK_IMAGE, POSTGRES_IMAGE, KAFKA_IMAGE and REDIS_IMAGE as docker-compose.yaml knows them;
# docs/local-images.sh makes some. WHENCE_PORT and its kin where the ports are taken. FAULTS: what the demo plays.
# docs/cold-starts.sh measures the same images.
set -euo pipefail
cd "$(dirname "$0")/.."

engine=${ENGINE:-docker}
project=whence-proof
read -ra compose <<<"${COMPOSE:-docker compose} -p $project"
services=(gateway ingest query analysis instrumenter control)
modules=(gateway ingest-service query-service analysis-worker instrumenter-service control-service)
export WHENCE_IMAGES=${WHENCE_IMAGES:-$([ "$engine" = podman ] && echo localhost/whence || echo whence)}
export WHENCE_VERSION=${WHENCE_VERSION:-proof}
url=http://localhost:${WHENCE_PORT:-8080}
work=$(mktemp -d)
pulse=

cleanup() {
    [ -z "$pulse" ] || kill "$pulse" 2>/dev/null || true
    "${compose[@]}" down -v --remove-orphans >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

say() {
    printf '\n== %s\n' "$*"
}

fail() {
    echo "FAILED: $*" >&2
    "${compose[@]}" ps >&2 || true
    exit 1
}

container() {
    "$engine" ps -a --filter "label=com.docker.compose.project=$project" \
        --filter "label=com.docker.compose.service=$1" --format '{{.Names}}' | head -n 1
}

# Docker runs health checks by itself; podman leaves them to systemd, which is not everywhere.
start_pulse() {
    [ "$engine" = podman ] || return 0
    stop_pulse
    while sleep 5; do
        for name in $(podman ps --filter "label=com.docker.compose.project=$project" --format '{{.Names}}'); do
            podman healthcheck run "$name" >/dev/null 2>&1 || true
        done
    done &
    pulse=$!
}

# What is asked while it stops is remembered as unhealthy when it starts again.
stop_pulse() {
    [ -z "$pulse" ] || kill "$pulse" 2>/dev/null || true
    pulse=
}

# Again where a health check took too long: what runs is left as it is.
start_all() {
    local attempt
    for attempt in 1 2 3 4 5; do
        if "${compose[@]}" up -d --no-build; then
            return
        fi
        echo "Attempt $attempt did not start everything."
        sleep 20
    done
    fail "not everything starts"
}

await_ready() {
    local waited=0
    until curl -fs -m 3 -o /dev/null "$url/readiness"; do
        waited=$((waited + 1))
        [ "$waited" -lt 300 ] || fail "the gateway is not ready"
        sleep 1
    done
}

query() {
    curl -fsS -m 10 "$url$1"
}

say "Build"
for module in "${modules[@]}"; do
    "$engine" build -q ${BUILD_OPTIONS:-} ${JDK_IMAGE:+--build-arg "JDK_IMAGE=$JDK_IMAGE"} --build-arg "MODULE=$module" \
        --build-arg "VERSION=$WHENCE_VERSION" -t "$WHENCE_IMAGES/$module:$WHENCE_VERSION" . >/dev/null
    echo "$module $("$engine" image inspect --format '{{.Size}}' "$WHENCE_IMAGES/$module:$WHENCE_VERSION" |
        awk '{printf "%.0f MB", $1 / 1e6}')"
done

say "Start everything: $("${compose[@]}" version 2>/dev/null | head -n 1)"
start_pulse
begun=$(date +%s)
start_all
await_ready
echo "The gateway is ready after $(($(date +%s) - begun)) s."

say "The administrator's key, made at the first start"
key=$("${compose[@]}" run --rm secrets show WHENCE_BOOTSTRAP_KEY 2>/dev/null | grep -Ex '[0-9a-f]{48}') || fail "no key"
echo "${#key} characters"
# So that curl sends it with commands as they are written.
printf 'silent\nshow-error\nheader = "X-Api-Key: %s"\n' "$key" >"$work/.curlrc"
[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/query/incidents")" = 401 ] || fail "no key was asked for"
export CURL_HOME=$work

say "The README's two requests, as written but for the port"
sed -n '/^## From a signal/,/^The incident is there/s/^    //p' README.md | sed "s#http://localhost:8080#$url#" >"$work/readme.sh"
[ "$(grep -c '^curl' "$work/readme.sh")" = 2 ] || fail "the README has other commands now"
sed '/^curl .*incidents$/d' "$work/readme.sh" | sh | tee "$work/sent" && echo
grep -q '"accepted"' "$work/sent" || fail "the signal was not accepted"
for _ in $(seq 60); do
    sed -n '/^curl .*incidents$/p' "$work/readme.sh" | sh >"$work/incidents" 2>/dev/null
    ! grep -q payment-service "$work/incidents" || break
    sleep 1
done
grep -q payment-service "$work/incidents" || fail "no incident"
head -c 400 "$work/incidents" && echo

say "The console"
curl -fsS -m 10 -H 'Accept: text/html' "$url/" | grep -o '<title>.*</title>' || fail "no console"

say "The demo"
WHENCE_API_KEY=$key "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar standalone/target/standalone-*-app.jar demo "--url=$url" \
    ${FAULTS:+$(printf -- '--fault=%s ' $FAULTS)}

say "Locked down"
for service in "${services[@]}"; do
    name=$(container "$service")
    "$engine" inspect "$name" --format "$service: user {{.Config.User}}, read-only root {{.HostConfig.ReadonlyRootfs}}, \
{{.HostConfig.Memory}} bytes, {{.HostConfig.PidsLimit}} processes, {{.HostConfig.SecurityOpt}}"
    ! "$engine" exec "$name" /bin/sh -c true 2>/dev/null || fail "$service has a shell"
    pid=$("$engine" inspect "$name" --format '{{.State.Pid}}')
    if [ -r "/proc/$pid/status" ]; then
        grep -E '^(Uid|CapEff|NoNewPrivs)' "/proc/$pid/status" | tr -s '\t\n' ' ' && echo
        grep -q '^CapEff:.0*$' "/proc/$pid/status" || fail "$service has capabilities"
    fi
done

say "Stop and start again: same key, same data, and everybody ended by itself"
stop_pulse
"${compose[@]}" stop
for service in "${services[@]}" postgres kafka redis; do
    code=$("$engine" inspect "$(container "$service")" --format '{{.State.ExitCode}}')
    echo "$service ended with $code"
    [ "$code" = 143 ] || [ "$code" = 0 ] || fail "$service did not end by itself"
done
start_pulse
start_all
await_ready
[ "$("${compose[@]}" run --rm secrets show WHENCE_BOOTSTRAP_KEY 2>/dev/null | grep -Ex '[0-9a-f]{48}')" = "$key" ] ||
    fail "another key"
query /query/traces/req-1a2b3c4d | grep -q 883f43a3-8aed-42eb-a41c-87a0c71d7825 || fail "the signal is gone"
echo "The signal is still there."

say "Everything was proved"
