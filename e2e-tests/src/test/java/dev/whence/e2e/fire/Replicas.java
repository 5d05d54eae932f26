package dev.whence.e2e.fire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.e2e.platform.BalancedPort;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.testkit.LastingPort;

/**
 * Two replicas of services, each pair behind one address. The installation's own
 * processes are the first ones, except for the gateway, which has to find the addresses.
 */
final class Replicas implements AutoCloseable {

	private final Map<Service, List<ServiceProcess>> processes = new EnumMap<>(Service.class);

	private final Map<Service, BalancedPort> addresses = new EnumMap<>(Service.class);

	private final List<ServiceProcess> started = new ArrayList<>();

	private final List<String> options;

	private Replicas(List<String> options) {
		this.options = options;
	}

	/**
	 * Starts what is missing and returns when all of it is ready.
	 * @param services of which there are two; those that the installation has and that
	 * are not named here have one
	 */
	static Replicas of(Installation whence, Collection<Service> services) {
		Replicas replicas = new Replicas(List.of("-Xmx256m"));
		replicas.start(whence, services, true);
		return replicas;
	}

	/**
	 * Starts two of every service beside the installation's, as they run in production:
	 * Java optimises what they do.
	 */
	static Replicas optimised(Installation whence) {
		Replicas replicas = new Replicas(List.of("-Xmx448m", "-XX:TieredStopAtLevel=4"));
		replicas.start(whence, List.of(Service.values()), false);
		return replicas;
	}

	private void start(Installation whence, Collection<Service> services, boolean withThoseThatRun) {
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		for (Service service : Service.values()) {
			ports.put(service, LastingPort.free());
		}
		for (Service service : Service.values()) {
			List<ServiceProcess> pair = new ArrayList<>();
			if (withThoseThatRun && whence.has(service) && service != Service.GATEWAY) {
				pair.add(whence.service(service));
			}
			while (services.contains(service) && pair.size() < 2) {
				pair.add(another(whence, service, pair.size(), ports));
			}
			if (!withThoseThatRun) {
				// Twelve that start at once keep each other from it.
				pair.forEach(ServiceProcess::awaitReady);
			}
			this.processes.put(service, pair);
		}
		this.started.forEach(ServiceProcess::awaitReady);
		this.processes
			.forEach((service, pair) -> this.addresses.put(service, new BalancedPort(ports.get(service), pair)));
		this.addresses.values().forEach(BalancedPort::awaitAll);
	}

	private ServiceProcess another(Installation whence, Service service, int number, Map<Service, Integer> ports) {
		int port = LastingPort.free();
		ServiceProcess process = ServiceProcess.start(service, "fire-" + service.module() + "-" + number, port,
				this.options, whence.replica(service, port, ports));
		this.started.add(process);
		return process;
	}

	/** Where clients find the service. */
	int port(Service service) {
		return address(service).port();
	}

	List<ServiceProcess> of(Service service) {
		return this.processes.get(service);
	}

	/** How many connections the replica was given so far. */
	int connections(Service service, int number) {
		return address(service).connections(replica(service, number));
	}

	/**
	 * Ends the same replica of each service as an operator does (SIGTERM) and starts it
	 * again; returns when all of them get connections.
	 */
	void restart(Collection<Service> services, int number) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> restarts = new ArrayList<>();
			for (Service service : services) {
				restarts.add(threads.submit(() -> restart(service, number)));
			}
			for (Future<?> restart : restarts) {
				restart.get();
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void restart(Service service, int number) {
		ServiceProcess replica = replica(service, number);
		replica.stop();
		replica.restart();
		replica.awaitReady();
		address(service).awaitAll();
	}

	@Override
	public void close() {
		this.addresses.values().forEach(BalancedPort::close);
		this.started.forEach(ServiceProcess::kill);
	}

	private ServiceProcess replica(Service service, int number) {
		return this.processes.get(service).get(number);
	}

	private BalancedPort address(Service service) {
		return this.addresses.get(service);
	}

}
