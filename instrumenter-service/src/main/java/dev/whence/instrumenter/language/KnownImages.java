package dev.whence.instrumenter.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Images whose role is common knowledge. */
final class KnownImages {

	private static final Set<String> SIDECAR_NAMES = words("""
			istio-proxy istio-init linkerd-proxy linkerd-init envoy envoy-sidecar cloud-sql-proxy cloudsql-proxy
			fluent-bit fluentbit fluentd vault-agent vault-agent-init otc-container otel-collector daprd
			opentelemetry-auto-instrumentation kube-rbac-proxy oauth2-proxy oauth-proxy datadog-agent
			aws-otel-collector jaeger-agent git-sync config-reloader queue-proxy consul-connect-envoy-sidecar
			""");

	private static final Set<String> SIDECAR_IMAGES = words("""
			proxyv2 proxy_init cloud-sql-proxy gce-proxy envoy fluent-bit fluentd vault vault-k8s daprd
			opentelemetry-collector opentelemetry-collector-contrib opentelemetry-collector-k8s otelcol
			aws-otel-collector kube-rbac-proxy oauth2-proxy oauth-proxy jaeger-agent git-sync
			prometheus-config-reloader configmap-reload k8s-sidecar filebeat promtail vector consul-dataplane
			memcached-exporter redis_exporter mysqld-exporter postgres-exporter postgres_exporter mongodb_exporter
			statsd-exporter nginx-prometheus-exporter jmx-exporter
			""");

	private static final Set<String> INFRASTRUCTURE = words("""
			redis redis-stack valkey keydb dragonfly postgres postgresql postgis timescaledb pgbouncer pgadmin4
			mysql mysql-server mariadb percona percona_xtradb_cluster_5_6 mongo mongodb mongo-express
			rabbitmq memcached etcd cockroach couchdb influxdb clickhouse clickhouse-server vitess minio mc
			nats nats-streaming mosquitto vernemq emqx redpanda
			nginx nginx-unprivileged nginx-ingress httpd caddy traefik haproxy envoy kong varnish squid
			busybox alpine debian ubuntu centos fedora rockylinux amazonlinux ubi ubi8 ubi9 ubi-minimal bash curl
			wget netshoot toolbox pause hello-world perl scratch sleep httpbin echoserver echo-server whoami
			http-echo agnhost stress jmeter k6 fortio locust ghost wordpress drupal joomla nextcloud phpmyadmin adminer
			php ruby rails rust swift elixir erlang
			prometheus alertmanager node-exporter blackbox-exporter pushgateway kube-state-metrics metrics-server
			prometheus-operator prometheus-adapter grafana loki tempo mimir promtail thanos victoria-metrics
			jaeger all-in-one jaeger-query jaeger-collector jaeger-operator opentelemetry-operator
			opentelemetry-collector opentelemetry-collector-contrib fluentd fluent-bit fluentd-elasticsearch vector
			filebeat metricbeat heartbeat telegraf datadog cluster-agent newrelic-infra
			coredns kube-proxy kube-apiserver kube-scheduler kube-controller-manager k8s-dns-kube-dns
			cert-manager-controller cert-manager-cainjector cert-manager-webhook external-dns
			registry gitea gitlab-ce gitlab-runner argocd argo-rollouts workflow-controller drone harbor
			vault consul nomad cilium flannel weave-kube csi-provisioner csi-attacher csi-resizer csi-snapshotter
			csi-node-driver-registrar livenessprobe kubectl helm git docker dind kaniko executor terraform ansible
			pilot istio-operator operator proxyv2 install-cni ztunnel
			samba nfs-server volume-nfs glusterfs-server ceph kubernetes-dashboard dashboard heapster tiller
			zeppelin jupyter jupyterhub notebook kibana
			""");

	/**
	 * Written by others and run on a JVM: recognised, and left alone unless asked for by
	 * name.
	 */
	private static final Set<String> JVM_INFRASTRUCTURE = words(
			"""
					kafka cp-kafka strimzi zookeeper cp-zookeeper kubernetes-zookeeper elasticsearch opensearch logstash cassandra
					solr activemq activemq-artemis neo4j jenkins jenkins-slave inbound-agent sonarqube keycloak nexus nexus3 hazelcast flink spark
					hbase hadoop hive presto trino druid ignite zipkin wiremock cp-schema-registry kafka-ui akhq nifi pulsar
					eureka artifactory gerrit openfire storm orientdb
					""");

	/**
	 * As the last word of an image's name, these say that it is a store, whoever built
	 * it.
	 */
	private static final Set<String> STORES = Set.of("db", "database", "mysql", "mariadb", "mongo", "mongodb",
			"postgres", "postgresql", "redis", "memcached", "rabbitmq", "etcd");

	private static final Set<String> JVM_VENDORS = Set.of("elasticsearch", "kafka", "zookeeper");

	private static final Set<String> INFRASTRUCTURE_VENDORS = words("""
			calico cilium longhornio openebs metallb sig-storage istio-testing fluxcd argoproj prometheus-operator
			rook kubernetes-csi tigera jaegertracing
			""");

	private KnownImages() {
	}

	static ContainerRole role(ContainerFacts facts) {
		if (SIDECAR_NAMES.contains(facts.name().toLowerCase(Locale.ROOT))) {
			return ContainerRole.SIDECAR;
		}
		ImageName image = image(facts);
		if (image == null) {
			return ContainerRole.APPLICATION;
		}
		String base = image.base();
		if (SIDECAR_IMAGES.contains(base)) {
			return ContainerRole.SIDECAR;
		}
		boolean vendor = image.path().size() > 1
				&& image.path().subList(0, image.path().size() - 1).stream().anyMatch(INFRASTRUCTURE_VENDORS::contains);
		return (vendor || INFRASTRUCTURE.contains(base) || base.endsWith("-exporter") || base.endsWith("_exporter")
				|| STORES.contains(base.substring(Math.max(base.lastIndexOf('-'), base.lastIndexOf('_')) + 1))
				|| isJvm(image)) ? ContainerRole.INFRASTRUCTURE : ContainerRole.APPLICATION;
	}

	/** The language of well-known infrastructure, where it is one with an agent. */
	static @Nullable Language language(ContainerFacts facts) {
		ImageName image = image(facts);
		return (image != null && isJvm(image)) ? Language.JAVA : null;
	}

	private static boolean isJvm(ImageName image) {
		if (JVM_INFRASTRUCTURE.contains(image.base())) {
			return true;
		}
		List<String> path = image.path();
		return path.size() > 1 && JVM_VENDORS.contains(path.get(path.size() - 2)) && JVM_VENDORS.contains(image.base());
	}

	private static @Nullable ImageName image(ContainerFacts facts) {
		return (facts.image() != null) ? ImageName.parse(facts.image().value()) : null;
	}

	private static Set<String> words(String text) {
		return Arrays.stream(text.split("\\s+"))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
	}

}
