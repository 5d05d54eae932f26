# The image of any service, from the jars that ./mvnw package -DskipTests made:
#   docker build --build-arg MODULE=gateway -t whence/gateway .
# Only the JDK's image comes from elsewhere. Any with a JDK 25, its jlink, a shell and glibc 2.34 or newer will do.
ARG JDK_IMAGE=eclipse-temurin:25-jdk

# --- the Java runtime, the same layer in every image: what jdeps names for all services together, and what is found
# only while running (elliptic curves, DNS of JNDI, English locale data, file systems in jars)
FROM ${JDK_IMAGE} AS runtime
ARG JAVA_MODULES=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.prefs,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.sql.rowset,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
RUN jlink --add-modules ${JAVA_MODULES} --include-locales=en --no-header-files --no-man-pages --compress=zip-6 \
    --generate-cds-archive --output /jre
COPY images/ /build/
RUN mkdir -p /root-folder/etc /root-folder/tmp && chmod 1777 /root-folder/tmp && /build/libraries /jre /root-folder && \
    echo 'whence:x:10001:10001::/tmp:/nonexistent' >/root-folder/etc/passwd && \
    echo 'whence:x:10001:' >/root-folder/etc/group && \
    echo 'hosts: files dns' >/root-folder/etc/nsswitch.conf

# --- the service, unpacked and, with AOT=on, with the cache of one start
FROM runtime AS service
ARG MODULE
ARG AOT=on
ENV LANG=C.UTF-8
COPY ${MODULE}/target/${MODULE}-*-app.jar /build/app.jar
RUN /jre/bin/java -Djarmode=tools -jar /build/app.jar extract --destination /app && \
    cd /app && ln -s lib/service-support-*.jar support.jar && cp /build/java-options /build/tool-options .
# In a RUN of its own, after which no file changes: the cache knows the jars by their size and time.
RUN if [ "${AOT}" = on ]; then /build/train 8080; fi

# --- nothing but these two: no shell, no package manager, nothing to write to but /tmp
FROM scratch
ARG MODULE
ARG VERSION=dev
LABEL org.opencontainers.image.title="whence/${MODULE}" \
    org.opencontainers.image.description="Whence: send telemetry, get the cause" \
    org.opencontainers.image.version="${VERSION}"
COPY --from=runtime /root-folder/ /
COPY --from=runtime /jre /jre
COPY --from=service /app /app
# Of the container's memory; the rest is code, threads and buffers. Replace it to say more.
ENV LANG=C.UTF-8 JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=65
USER 10001:10001
WORKDIR /tmp
# A service finishes what it does within 30 s and ends.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/jre/bin/java", "@/app/java-options", "-XX:AOTCache=/app/start.aot", "-jar", "/app/app.jar"]
