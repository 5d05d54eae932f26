package dev.whence.benchmarks.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.machine.ServiceProcess;

/**
 * Rung h: small requests through the gateway, which cost it the same whatever they hold.
 * With a second gateway, of another build, both are measured in turn, so that whatever
 * else the machine does meets them alike.
 */
final class GatewayRung {

	private static final int CONNECTIONS = 16;

	private final Laboratory laboratory;

	private final Options options;

	private final Map<String, ServiceProcess> gateways = new LinkedHashMap<>();

	GatewayRung(Laboratory laboratory) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
		this.gateways.put("the gateway", laboratory.gateway());
		laboratory.otherGateway().ifPresent((other) -> this.gateways.put("the other gateway", other));
		Payload single = Payload.nativeLog(this.options.key());
		// A request runs much code for little: it takes many of them until it is
		// compiled.
		this.gateways.values().forEach((gateway) -> send(gateway, single, this.options.warmUp().multipliedBy(2)));
	}

	void logs() {
		measure("native logs, one a request", 1, Payload.nativeLog(this.options.key()));
		measure("OTLP logs in 10", 10, Payload.logs(10, this.options.key()));
		measure("OTLP logs in 100", 100, Payload.logs(100, this.options.key()));
	}

	private void measure(String what, int records, Payload payload) {
		this.laboratory.clear();
		long acknowledged = 0;
		Map<String, List<Sample>> samples = new LinkedHashMap<>();
		for (ServiceProcess gateway : this.gateways.values()) {
			acknowledged += send(gateway, payload, this.options.shortWarmUp()).signals();
		}
		for (int i = 0; i < this.options.repeats(); i++) {
			for (Map.Entry<String, ServiceProcess> gateway : this.gateways.entrySet()) {
				Sample sample = this.laboratory.measure(() -> send(gateway.getValue(), payload, this.options.time()));
				acknowledged += sample.work().signals();
				samples.computeIfAbsent(gateway.getKey(), (_) -> new ArrayList<>()).add(sample);
			}
		}
		Tables.requireExactlyOnce(this.laboratory.database(), "signals.log_record", acknowledged);
		samples.forEach((gateway, some) -> this.laboratory.report(RungResult.perRequest("h",
				what + " through " + gateway + ", " + CONNECTIONS + " connections", some, records)));
	}

	private Work send(ServiceProcess gateway, Payload payload, Duration time) {
		Load.Result result = Load.during(time, gateway.address(), payload, this.laboratory.newStream(), CONNECTIONS);
		return OtlpRung.work(result);
	}

}
