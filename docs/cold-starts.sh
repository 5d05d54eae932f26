#!/usr/bin/env bash
# Measures the cold start of each image to readiness, with and without its AOT cache: one container at a time, locked down
# as docker-compose.yaml does it, on stores that run and whose tables exist. Takes the variables of docs/verify-compose.sh
# and needs the images that it built (WHENCE_VERSION), root for /proc, and addresses of containers that the host reaches.
# ROUNDS (3): how often.
set -euo pipefail
cd "$(dirname "$0")/.."

engine=${ENGINE:-docker}
project=whence-cold
read -ra compose <<<"${COMPOSE:-docker compose} -p $project"
services=(gateway ingest query analysis instrumenter control)
modules=(gateway ingest-service query-service analysis-worker instrumenter-service control-service)
export WHENCE_IMAGES=${WHENCE_IMAGES:-$([ "$engine" = podman ] && echo localhost/whence || echo whence)}
export WHENCE_VERSION=${WHENCE_VERSION:-proof}

cleanup() {
    for i in "${!services[@]}"; do
        "$engine" rm -f "$project-start-$i" >/dev/null 2>&1 || true
    done
    "${compose[@]}" down -v >/dev/null 2>&1 || true
}
trap cleanup EXIT

# Sets pid and url.
launch() {
    "$engine" run -d --name "$project-start-$1" --network "${project}_stores" --read-only --cap-drop ALL \
        --security-opt no-new-privileges --memory 1g --tmpfs /tmp:exec,size=64m,mode=1777 \
        -v "${project}_secrets-${services[$1]}:/run/whence:ro" -e SPRING_CONFIG_IMPORT=configtree:/run/whence/ \
        -e KAFKA_BOOTSTRAP_SERVERS=kafka:9092 -e "JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=65 -XX:AOTMode=$2" \
        "$WHENCE_IMAGES/${modules[$1]}:$WHENCE_VERSION" >/dev/null
    read -r pid address < <("$engine" inspect "$project-start-$1" \
        --format '{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}')
    url=http://$address:$((8080 + $1))/readiness
}

await() {
    until curl -fs -m 3 -o /dev/null "$url"; do
        if ! [ -d "/proc/$pid" ]; then
            "$engine" logs --tail 20 "$1"
            exit 1
        fi
        sleep 0.1
    done
}

"${compose[@]}" up -d --no-build postgres kafka redis >/dev/null 2>&1
# Once without measuring: tables and topics come into being.
for i in "${!services[@]}"; do
    launch "$i" auto
    await "$project-start-$i"
    "$engine" rm -f "$project-start-$i" >/dev/null
done
printf '%-22s %-6s %8s %8s %10s   %s\n' image cache seconds 'CPU s' 'memory MB' load
for _ in $(seq "${ROUNDS:-3}"); do
    for i in "${!services[@]}"; do
        for mode in auto off; do
            begun=$(date +%s%N)
            launch "$i" "$mode"
            await "$project-start-$i"
            ended=$(date +%s%N)
            printf '%-22s %-6s %8.1f %8.1f %10.0f   %s\n' "${modules[$i]}" "$mode" \
                "$(awk "BEGIN {print ($ended - $begun) / 1e9}")" \
                "$(awk '{print ($14 + $15) / 100}' "/proc/$pid/stat")" \
                "$(awk '/^VmRSS/ {print $2 / 1000}' "/proc/$pid/status")" "$(cut -d ' ' -f 1 /proc/loadavg)"
            "$engine" rm -f "$project-start-$i" >/dev/null
        done
    done
done
