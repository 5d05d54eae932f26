package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Stands for a Service of Kubernetes: one address for several replicas. Each connection
 * goes to the next replica that was ready when it was last asked; what is said on it is
 * not looked at. Like kube-proxy it leaves connections alone, notices late that a replica
 * is gone, and does not try a second one. It is told of a replica's end by nobody: its
 * probes are all that it has.
 */
public final class BalancedPort implements AutoCloseable {

	/** Between two looks at each replica. */
	public static final Duration PERIOD = Duration.ofSeconds(1);

	private static final int CONNECT_MILLIS = 2000;

	private final List<ServiceProcess> replicas;

	private final ServerSocket listening;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("probes").factory());

	private final Map<ServiceProcess, AtomicInteger> connections = new ConcurrentHashMap<>();

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<ServiceProcess> ready = List.of();

	/** Listens on a port of its own; nobody is ready before the first look. */
	public BalancedPort(int port, List<ServiceProcess> replicas) {
		this.replicas = List.copyOf(replicas);
		replicas.forEach((replica) -> this.connections.put(replica, new AtomicInteger()));
		try {
			this.listening = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.clock.scheduleWithFixedDelay(this::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
		this.threads.submit(this::accept);
	}

	public int port() {
		return this.listening.getLocalPort();
	}

	/** Waits until every replica gets connections. */
	public void awaitAll() {
		Awaitility.await("all replicas to be ready")
			.atMost(Duration.ofSeconds(240))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> this.ready.size() == this.replicas.size());
	}

	/** How many connections the replica was given so far. */
	public int connections(ServiceProcess replica) {
		return this.connections.get(replica).get();
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.threads.shutdownNow();
		closeQuietly(this.listening);
	}

	private void probe() {
		List<ServiceProcess> found = new ArrayList<>();
		for (ServiceProcess replica : this.replicas) {
			try {
				if (replica.isReady()) {
					found.add(replica);
				}
			}
			catch (InterruptedException ex) {
				return;
			}
		}
		this.ready = List.copyOf(found);
	}

	private Void accept() throws IOException {
		while (true) {
			Socket client = this.listening.accept();
			this.threads.submit(() -> connect(client));
		}
	}

	private void connect(Socket client) {
		List<ServiceProcess> choice = this.ready;
		if (choice.isEmpty()) {
			closeQuietly(client);
			return;
		}
		ServiceProcess replica = choice.get(Math.floorMod(this.turn.getAndIncrement(), choice.size()));
		this.connections.get(replica).incrementAndGet();
		Socket service = new Socket();
		try {
			client.setTcpNoDelay(true);
			service.setTcpNoDelay(true);
			service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), replica.port()), CONNECT_MILLIS);
		}
		catch (IOException ex) {
			closeQuietly(client);
			closeQuietly(service);
			return;
		}
		this.threads.submit(() -> copy(service, client));
		copy(client, service);
	}

	/** An end is passed on as an end, a break as a break. */
	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			closeQuietly(from);
			closeQuietly(to);
		}
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception _) {
			// It is gone either way.
		}
	}

}
