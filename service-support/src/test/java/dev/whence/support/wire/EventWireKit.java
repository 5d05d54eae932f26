package dev.whence.support.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every event wire promises; each adapter runs all of it. */
public abstract class EventWireKit {

	protected static final Duration HANDLING_LIMIT = Duration.ofSeconds(3);

	protected static final WireProperties PROPERTIES = properties(2);

	protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	/** A topic and a group that no other test uses. */
	protected final String topic = "kit." + UUID.randomUUID() + ".v1";

	private final String group = "kit." + UUID.randomUUID();

	private final List<EventWire> wires = new ArrayList<>();

	private final CountDownLatch testEnds = new CountDownLatch(1);

	/** A wire of the adapter under test; the kit closes it. */
	protected abstract EventWire newWire(WireProperties properties, WireMetrics metrics);

	/** Two keys whose messages need not wait for one another. */
	protected abstract List<String> independentKeys(WireProperties properties);

	@AfterEach
	void closeWires() {
		this.testEnds.countDown();
		this.wires.forEach(EventWire::close);
	}

	@Test
	void messageArrivesAsItWasSent() throws Exception {
		EventWire wire = wire();
		Queue<WireMessage> received = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic, this.group, received::add);
		WireMessage message = new WireMessage(this.topic, "schlüssel", "{\"text\":\"täglich 🚀\"}");
		send(wire, message);
		await().untilAsserted(() -> assertThat(received).containsExactly(message));
		await().untilAsserted(() -> assertThat(count("whence.wire.handled")).isEqualTo(1));
		assertThat(count("whence.wire.sent")).isEqualTo(1);
	}

	@Test
	void everyGroupGetsEveryMessage() throws Exception {
		EventWire wire = wire();
		Set<String> first = ConcurrentHashMap.newKeySet();
		Set<String> second = ConcurrentHashMap.newKeySet();
		wire.subscribe(this.topic, this.group, (message) -> first.add(message.json()));
		wire.subscribe(this.topic, this.group + ".other", (message) -> second.add(message.json()));
		List<String> sent = sendMany(wire, 50);
		await().untilAsserted(() -> {
			assertThat(first).containsExactlyInAnyOrderElementsOf(sent);
			assertThat(second).containsExactlyInAnyOrderElementsOf(sent);
		});
	}

	@Test
	void membersOfOneGroupShareItsMessages() throws Exception {
		EventWire wire = wire();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		Set<Integer> members = ConcurrentHashMap.newKeySet();
		for (int n = 0; n < 2; n++) {
			int member = n;
			wire.subscribe(this.topic, this.group, (message) -> {
				pause(5);
				members.add(member);
				received.add(message.json());
			});
		}
		// Members may need a moment to find each other.
		await().untilAsserted(() -> {
			sendMany(wire, 20);
			assertThat(members).containsExactlyInAnyOrder(0, 1);
		});
		received.removeIf((json) -> true);
		List<String> sent = sendMany(wire, 100);
		await().untilAsserted(() -> assertThat(received).containsAll(sent));
		assertThat(received).doesNotHaveDuplicates();
	}

	@Test
	void groupThatJoinsLateGetsWhatWasSentBefore() throws Exception {
		EventWire wire = wire();
		List<String> sent = sendMany(wire, 10);
		Set<String> received = ConcurrentHashMap.newKeySet();
		wire.subscribe(this.topic, this.group, (message) -> received.add(message.json()));
		await().untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(sent));
	}

	@Test
	void messagesWithOneKeyAreHandledOneAfterTheOtherInOrder() throws Exception {
		EventWire wire = wire();
		Map<String, List<Integer>> received = new ConcurrentHashMap<>();
		Set<String> busy = ConcurrentHashMap.newKeySet();
		Queue<String> collisions = new ConcurrentLinkedQueue<>();
		WireHandler handler = (message) -> {
			if (!busy.add(message.key())) {
				collisions.add(message.key());
			}
			pause(1);
			received.computeIfAbsent(message.key(), (key) -> Collections.synchronizedList(new ArrayList<>()))
				.add(Integer.valueOf(message.json()));
			busy.remove(message.key());
		};
		wire.subscribe(this.topic, this.group, handler);
		for (int n = 0; n < 30; n++) {
			for (String key : List.of("a", "b", "c", "d", "e")) {
				send(wire, new WireMessage(this.topic, key, String.valueOf(n)));
			}
		}
		List<Integer> inOrder = IntStream.range(0, 30).boxed().toList();
		await().untilAsserted(() -> assertThat(received).hasSize(5)
			.allSatisfy((key, numbers) -> assertThat(numbers).isEqualTo(inOrder)));
		assertThat(collisions).isEmpty();
	}

	@Test
	void failedMessageComesAgainBeforeItsSuccessors() throws Exception {
		EventWire wire = wire();
		AtomicInteger attempts = new AtomicInteger();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic, this.group, (message) -> {
			if (message.json().equals("1") && attempts.incrementAndGet() < 4) {
				throw new IllegalStateException("the database is away");
			}
			received.add(message.json());
		});
		for (String json : List.of("1", "2", "3")) {
			send(wire, new WireMessage(this.topic, "key", json));
		}
		await().untilAsserted(() -> assertThat(received).containsExactly("1", "2", "3"));
		assertThat(attempts).hasValue(4);
		assertThat(count("whence.wire.redelivered")).isEqualTo(3);
		assertThat(count("whence.wire.dead.lettered")).isZero();
	}

	@Test
	void failingMessageDoesNotHoldUpIndependentKeys() throws Exception {
		// One worker only: it must not spend its time waiting.
		WireProperties oneWorker = properties(1);
		EventWire wire = wire(oneWorker);
		AtomicInteger failures = new AtomicInteger();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		List<String> keys = independentKeys(oneWorker);
		wire.subscribe(this.topic, this.group, (message) -> {
			if (message.key().equals(keys.get(0))) {
				failures.incrementAndGet();
				throw new IllegalStateException("the database is away");
			}
			received.add(message.json());
		});
		send(wire, new WireMessage(this.topic, keys.get(0), "fails"));
		await().until(() -> failures.get() >= 3);
		long begun = System.nanoTime();
		for (int n = 0; n < 20; n++) {
			send(wire, new WireMessage(this.topic, keys.get(1), "passes"));
		}
		await().untilAsserted(() -> assertThat(received).hasSize(20));
		// After three failures every further pause lasts at least 0.8 s; twenty messages
		// behind such pauses would need many seconds.
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
	}

	@ParameterizedTest
	@EnumSource
	void poisonGoesToTheDeadLettersAndBlocksNobody(Poison poison) throws Exception {
		EventWire wire = wire();
		AtomicInteger attempts = new AtomicInteger();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		EventWire.Subscription subscription = wire.subscribe(this.topic, this.group, (message) -> {
			if (message.json().equals("poison")) {
				attempts.incrementAndGet();
				throw sneaky(poison.failure.get());
			}
			received.add(message.json());
		});
		send(wire, new WireMessage(this.topic, "key", "poison"));
		send(wire, new WireMessage(this.topic, "key", "next"));
		await().untilAsserted(() -> assertThat(received).containsExactly("next"));
		Queue<WireMessage> deadLetters = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic + "-dlt", this.group + ".dead", deadLetters::add);
		await().untilAsserted(
				() -> assertThat(deadLetters).containsExactly(new WireMessage(this.topic + "-dlt", "key", "poison")));
		assertThat(attempts).hasValue(1);
		await().untilAsserted(() -> assertThat(count("whence.wire.dead.lettered")).isEqualTo(1));
		assertThat(count("whence.wire.redelivered")).isZero();
		assertThat(subscription.isRunning()).isTrue();
	}

	@Test
	void memberThatIsStuckLosesItsMessageToAnother() throws Exception {
		EventWire wire = wire();
		AtomicInteger calls = new AtomicInteger();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		WireHandler firstCallerHangs = (message) -> {
			if (calls.incrementAndGet() == 1) {
				hang();
			}
			else {
				received.add(message.json());
			}
		};
		wire.subscribe(this.topic, this.group, firstCallerHangs);
		wire.subscribe(this.topic, this.group, firstCallerHangs);
		send(wire, new WireMessage(this.topic, "key", "value"));
		await().untilAsserted(() -> assertThat(received).contains("value"));
		assertThat(calls).hasValueGreaterThanOrEqualTo(2);
	}

	@Test
	void memberThatIsClosedWhileStuckLeavesItsMessageToAnother() throws Exception {
		EventWire wire = wire();
		CountDownLatch inHand = new CountDownLatch(1);
		EventWire.Subscription dying = wire.subscribe(this.topic, this.group, (message) -> {
			inHand.countDown();
			hang();
		});
		send(wire, new WireMessage(this.topic, "key", "value"));
		assertThat(inHand.await(30, TimeUnit.SECONDS)).isTrue();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic, this.group, (message) -> received.add(message.json()));
		dying.close();
		assertThat(dying.isRunning()).isFalse();
		await().untilAsserted(() -> assertThat(received).containsExactly("value"));
	}

	@Test
	void memberThatLeavesFinishesTheMessageInHandAndTakesNoOther() throws Exception {
		EventWire wire = wire();
		CountDownLatch inHand = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Queue<String> byLeaver = new ConcurrentLinkedQueue<>();
		Queue<String> byOther = new ConcurrentLinkedQueue<>();
		EventWire.Subscription leaver = wire.subscribe(this.topic, this.group, (message) -> {
			inHand.countDown();
			await(release);
			byLeaver.add(message.json());
		});
		send(wire, new WireMessage(this.topic, "key", "1"));
		send(wire, new WireMessage(this.topic, "key", "2"));
		assertThat(inHand.await(30, TimeUnit.SECONDS)).isTrue();
		Thread closing = Thread.ofVirtual().start(leaver::close);
		pause(200);
		release.countDown();
		assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
		wire.subscribe(this.topic, this.group, (message) -> byOther.add(message.json()));
		await().untilAsserted(() -> assertThat(byOther).containsExactly("2"));
		assertThat(byLeaver).containsExactly("1");
	}

	@Test
	void levelTriggeredReceiverReachesTheLatestVersionWhateverComesTwiceOrLate() throws Exception {
		EventWire wire = wire();
		Random random = new Random(42);
		Map<String, Integer> state = new ConcurrentHashMap<>();
		AtomicInteger calls = new AtomicInteger();
		WireHandler handler = (message) -> {
			if (calls.incrementAndGet() % 7 == 0) {
				throw new IllegalStateException("now and then the database is away");
			}
			state.merge(message.key(), Integer.valueOf(message.json()), Math::max);
		};
		wire.subscribe(this.topic, this.group, handler);
		wire.subscribe(this.topic, this.group, handler);
		Map<String, Integer> expected = new HashMap<>();
		List<WireMessage> messages = new ArrayList<>();
		for (int n = 0; n < 150; n++) {
			String key = "incident-" + random.nextInt(15);
			int version = expected.merge(key, 1, Integer::sum);
			WireMessage message = new WireMessage(this.topic, key, String.valueOf(version));
			messages.add(message);
			if (random.nextInt(3) == 0) {
				messages.add(message);
			}
		}
		Collections.shuffle(messages, random);
		for (WireMessage message : messages) {
			send(wire, message);
		}
		await().untilAsserted(() -> assertThat(state).isEqualTo(expected));
	}

	@Test
	void nothingIsLostWhileMembersComeAndGo() throws Exception {
		EventWire wire = wire();
		Set<String> received = ConcurrentHashMap.newKeySet();
		AtomicInteger calls = new AtomicInteger();
		WireHandler handler = (message) -> {
			pause(2);
			if (calls.incrementAndGet() % 11 == 0) {
				throw new IllegalStateException("now and then the database is away");
			}
			received.add(message.json());
		};
		EventWire.Subscription resident = wire.subscribe(this.topic, this.group, handler);
		List<String> sent = new ArrayList<>();
		for (int round = 0; round < 4; round++) {
			EventWire.Subscription guest = wire.subscribe(this.topic, this.group, handler);
			sent.addAll(sendMany(wire, 40));
			guest.close();
			sent.addAll(sendMany(wire, 10));
		}
		await().untilAsserted(() -> assertThat(received).containsAll(sent));
		assertThat(resident.isRunning()).isTrue();
	}

	@Test
	void closedWireTakesNothing() {
		EventWire wire = wire();
		wire.close();
		assertThatThrownBy(() -> send(wire, new WireMessage(this.topic, "key", "value")))
			.isInstanceOf(ExecutionException.class);
	}

	protected final EventWire wire() {
		return wire(PROPERTIES);
	}

	protected final EventWire wire(WireProperties properties) {
		EventWire wire = newWire(properties, new WireMetrics(this.registry));
		this.wires.add(wire);
		return wire;
	}

	protected static WireProperties properties(int concurrency) {
		return new WireProperties(WireProperties.Kind.KAFKA, HANDLING_LIMIT, concurrency,
				new WireProperties.Retry(Duration.ofMillis(100), Duration.ofSeconds(2)),
				new WireProperties.Kafka(6, (short) 1, Duration.ofSeconds(10)),
				new WireProperties.InProcess(1000, 100));
	}

	protected static void send(EventWire wire, WireMessage message) throws Exception {
		wire.send(message).get(20, TimeUnit.SECONDS);
	}

	protected static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
	}

	protected final double count(String counter) {
		return this.registry.find(counter).counters().stream().mapToDouble((found) -> found.count()).sum();
	}

	// Every message has a key and a text of its own.
	private List<String> sendMany(EventWire wire, int number) throws Exception {
		List<String> texts = new ArrayList<>();
		for (int n = 0; n < number; n++) {
			String text = UUID.randomUUID().toString();
			send(wire, new WireMessage(this.topic, text, text));
			texts.add(text);
		}
		return texts;
	}

	// A handler that never comes back while the test runs.
	private void hang() {
		await(this.testEnds);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// Work that takes time; nothing waits for it to be over.
	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
		throw (T) failure;
	}

	enum Poison {

		UNREADABLE(() -> new PoisonMessageException("not an event", null)), TOO_DEEP(StackOverflowError::new),
		BROKEN_CODE(() -> new NoClassDefFoundError("gone")), BROKEN_PROMISE(AssertionError::new);

		private final Supplier<Throwable> failure;

		Poison(Supplier<Throwable> failure) {
			this.failure = failure;
		}

	}

}
