# One image per service: docker build --build-arg MODULE=ingest-service . after ./mvnw package
ARG JAVA_IMAGE=eclipse-temurin:25-jre
FROM ${JAVA_IMAGE}
ARG MODULE
COPY ${MODULE}/target/${MODULE}-*-app.jar /app.jar
USER 10001:10001
ENTRYPOINT ["java", "-jar", "/app.jar"]
