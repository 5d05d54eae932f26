package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.LogStatements;
import dev.whence.analysis.behaviour.Traffic;
import dev.whence.analysis.behaviour.Traffic.Request;
import dev.whence.model.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConductEvidenceTests {

	@Test
	void aHealthyWindowGivesNoEvidence() {
		assertThat(find(minute("window", 40, ConductEvidenceTests::order), this::normal)).isEmpty();
	}

	@Test
	void nothingIsKnownWithoutAReference() {
		assertThat(ConductEvidence.find(minute("window", 40, ConductEvidenceTests::order).window(), null, List.of()))
			.isEmpty();
	}

	@Test
	void aLostLogStatementIsFoundInItsOperation() {
		Traffic window = minute("window", 20,
				(request) -> request.logs("order received").works(5).logs("order stored").works(5));
		List<Evidence> found = find(window, this::normal);
		Evidence first = found.getFirst();
		assertThat(first.kind()).isEqualTo(EvidenceClass.PATH);
		assertThat(first.suspect())
			.isEqualTo(Suspect.codeRegion("orders", "POST /orders", "order received > stock reserved"));
		assertThat(first.statement())
			.startsWith("stock reserved no longer seen in POST /orders: 0 of 20, normally 100 %");
		assertThat(first.strength()).isGreaterThan(5);
	}

	@Test
	void evidenceCanBeLookedUp() {
		Traffic window = minute("window", 20, (request) -> request.logs("order received").works(5));
		Evidence first = find(window, this::normal).getFirst();
		Set<UUID> ids = window.signals().stream().map(Signal::signalId).collect(Collectors.toSet());
		assertThat(first.signals()).hasSize(3).allMatch(ids::contains);
		assertThat(first.traceId()).isIn(window.signals().stream().map((signal) -> signal.traceId().value()).toList());
		assertThat(first.at()).isEqualTo("2026-03-01T10:00:00Z");
		assertThat(first.query()).isEqualTo("/query/signals?service_name=orders&signal_type=log"
				+ "&start_time=2026-03-01T10:00:00Z&end_time=2026-03-01T10:00:19.006Z");
	}

	@Test
	void anErrorThatWasNeverSaidBeforeIsNew() {
		Traffic window = minute("window", 20,
				(request) -> request.logs("order received").works(5).logs("ERROR", "no stock for order"));
		Evidence fresh = find(window, this::normal).stream()
			.filter((evidence) -> evidence.statement().contains("is new"))
			.findFirst()
			.orElseThrow();
		assertThat(fresh.statement()).isEqualTo("no stock for order is new in POST /orders: 20 of 20, normally 0 %");
		assertThat(fresh.suspect().codeRegion()).isEqualTo("order received > no stock for order");
	}

	@Test
	void anErrorThatIsNoLongerSaidIsNoLoss() {
		Consumer<Request> failing = (
				request) -> request.logs("order received").logs("WARN", "retry").logs("ERROR", "no stock");
		Traffic window = minute("window", 40, (request) -> request.logs("order received").works(5));
		assertThat(find(window,
				(block) -> block.requests(10, "orders", "POST /orders", failing)
					.requests(10, "orders", "POST /orders", (request) -> request.logs("order received").works(5))
					.requests(5, "orders", "POST /orders", (request) -> request.logs("order received").works(5))))
			.isEmpty();
	}

	@Test
	void anEarlyReturnIsFoundThoughNoLogTellsOfIt() {
		Consumer<Request> whole = (request) -> request.calls("stock", "reserve", 2, (stock) -> stock.works(3))
			.calls("mail", "confirm", 2, (mail) -> mail.works(3));
		Traffic window = minute("window", 20,
				(request) -> request.calls("stock", "reserve", 2, (stock) -> stock.works(3)));
		List<Evidence> found = find(window, (block) -> block.requests(20, "orders", "POST /orders", whole));
		assertThat(found).anySatisfy((evidence) -> {
			assertThat(evidence.statement())
				.startsWith("executions of POST /orders end right after orders call reserve");
			assertThat(evidence.suspect().codeRegion()).isEqualTo("orders call reserve > orders call confirm");
			assertThat(evidence.peer()).isEqualTo("stock");
		});
	}

	@Test
	void whenSeveralStepsAreLostTheCourseWasLeftBeforeTheFirst() {
		Traffic window = minute("window", 20, (request) -> request.logs("order received").works(5));
		assertThat(find(window, this::normal)).hasSizeGreaterThan(1)
			.allMatch((evidence) -> evidence.suspect().codeRegion().equals("order received > stock reserved"));
	}

	@Test
	void moreOfOneOperationAndLessOfAnotherIsNoEvidence() {
		Traffic window = minute("window", 4, ConductEvidenceTests::order).requests(60, "orders", "GET /orders",
				(request) -> request.logs("orders listed").works(2));
		assertThat(find(window, (block) -> normal(block).requests(4, "orders", "GET /orders",
				(request) -> request.logs("orders listed").works(2))))
			.isEmpty();
	}

	@Test
	void aBranchWhoseShareAlwaysVariesIsNotMissed() {
		Traffic window = paid(new Traffic("window"), 6, 24);
		List<Conduct> reference = List.of(paid(new Traffic("a"), 28, 2).conduct(),
				paid(new Traffic("b"), 5, 25).conduct(), paid(new Traffic("c"), 15, 15).conduct(),
				paid(new Traffic("d"), 25, 5).conduct());
		assertThat(ConductEvidence.find(window.window(), null, reference)).isEmpty();
	}

	@Test
	void theServiceWhoseIncomingCallsAreSlowHasTheSlowNetwork() {
		List<Evidence> found = find(payments(new Traffic("window"), 200), (block) -> payments(block, 2));
		Evidence first = found.getFirst();
		assertThat(first.kind()).isEqualTo(EvidenceClass.GAP);
		assertThat(first.suspect()).isEqualTo(Suspect.service("payment"));
		assertThat(first.peer()).isIn("checkout", "invoice");
		assertThat(first.statement()).contains("checkout -> payment 2.0 -> 200.0 ms (20 calls)",
				"invoice -> payment 2.0 -> 200.0 ms (20 calls)");
		assertThat(found.stream().filter((evidence) -> evidence.suspect().service().equals("checkout")))
			.allMatch((evidence) -> evidence.strength() < first.strength() - 2);
	}

	@Test
	void aConsumerThatTakesItsTimeIsNoSlowNetwork() {
		assertThat(find(messages(new Traffic("window"), 5_000), (block) -> messages(block, 5))).isEmpty();
	}

	@Test
	void anOperationThatWorksLongerIsFoundByItsOwnTime() {
		List<Evidence> found = find(layered(new Traffic("window"), 400), (block) -> layered(block, 20));
		assertThat(found).extracting((evidence) -> evidence.kind() + " " + evidence.suspect().service())
			.containsExactly("OWN stock");
		assertThat(found.getFirst().statement()).isEqualTo("own time of reserve 20.0 -> 400.0 ms (20 executions)");
	}

	@Test
	void anInstanceIsNamedWhenItAloneShowsTheTrouble() {
		Traffic one = layered(layered(new Traffic("window").on("one"), 20).on("two"), 400);
		assertThat(find(one, (block) -> layered(block, 20))).extracting(Evidence::suspect)
			.containsExactly(Suspect.operation("stock", "reserve").on("two"));
		Traffic everywhere = layered(layered(new Traffic("window").on("one"), 400).on("two"), 400);
		assertThat(find(everywhere, (block) -> layered(block, 20))).extracting(Evidence::suspect)
			.containsExactly(Suspect.operation("stock", "reserve"));
	}

	@Test
	void whatSendsNoTelemetryIsNamedAsThePeerOfItsClient() {
		Evidence first = find(asking(new Traffic("window"), 300), (block) -> asking(block, 10)).getFirst();
		assertThat(first.suspect()).isEqualTo(Suspect.operation("orders", "SELECT"));
		assertThat(first.peer()).isEqualTo("database");
	}

	@Test
	void whatWasWorseBeforeTheWindowIsRecovering() {
		Consumer<Request> broken = (request) -> request.logs("order received").works(5).logs("order stored").works(5);
		Traffic window = minute("window", 12, ConductEvidenceTests::order).requests(12, "orders", "POST /orders",
				broken);
		List<Conduct> reference = reference(this::normal);
		assertThat(ConductEvidence.find(window.window(), minute("well", 20, ConductEvidenceTests::order).conduct(),
				reference))
			.isNotEmpty();
		assertThat(ConductEvidence.find(window.window(), minute("worse", 20, broken).conduct(), reference)).isEmpty();
	}

	@Test
	void lostTelemetryOfSeveralServicesNamesNobody() {
		assertThat(find(silent(new Traffic("window"), "orders", "stock", "mail"), this::talking)).isEmpty();
		assertThat(find(silent(new Traffic("window"), "orders"), this::talking))
			.extracting((evidence) -> evidence.suspect().service())
			.containsOnly("orders");
	}

	@Test
	void theServiceBelowExplainsWhatItsCallersLost() {
		Consumer<Request> fails = (request) -> request.logs("checkout began")
			.calls("stock", "reserve", 2, (stock) -> stock.logs("looking up").logs("ERROR", "no connection"));
		Traffic window = new Traffic("window").requests(20, "shop", "POST /checkout", fails);
		List<Evidence> found = find(window,
				(block) -> block.requests(20, "shop", "POST /checkout",
						(request) -> request.logs("checkout began")
							.calls("stock", "reserve", 2, (stock) -> stock.logs("looking up").logs("reserved"))
							.logs("checkout done")));
		assertThat(found).isNotEmpty().allMatch((evidence) -> evidence.suspect().service().equals("stock"));
	}

	@Test
	void theCalleeBearsItWhenCallersStopInSeveralPlaces() {
		List<Evidence> found = find(stopping(new Traffic("window")), (block) -> going(block));
		Evidence first = found.getFirst();
		assertThat(first.suspect().service()).isEqualTo("stock");
		assertThat(first.statement()).startsWith("callers stop right after calling stock: cart, shop");
	}

	@Test
	void anyOrderOfTheSignalsGivesTheSameEvidence() {
		Traffic window = stopping(payments(new Traffic("window"), 200)).requests(10, "orders", "POST /orders",
				(request) -> request.logs("order received").logs("ERROR", "no stock"));
		List<Conduct> reference = new ArrayList<>(reference((block) -> normal(going(payments(block, 2)))));
		List<Evidence> expected = ConductEvidence.find(window.window(), null, reference);
		assertThat(expected).hasSizeGreaterThan(5);
		Random random = new Random(5);
		for (int i = 0; i < 20; i++) {
			ConductWindow shuffled = ConductWindow.of(window.shuffled(random), new LogStatements());
			Collections.shuffle(reference, random);
			assertThat(ConductEvidence.find(shuffled, null, reference)).isEqualTo(expected);
		}
	}

	@Test
	void statementsThatNoMaskCatchesAreNotCompared() {
		Traffic window = new Traffic("window");
		String letters = "abcdefghijklmnopqrstuvwxyz";
		for (int i = 0; i < 400; i++) {
			String word = "" + letters.charAt(i % 26) + letters.charAt(i / 26);
			window.requests(1, "orders", "POST /orders", (request) -> request.logs("user " + word).works(10));
		}
		assertThat(find(window, this::normal)).isEmpty();
	}

	private static List<Evidence> find(Traffic window, Consumer<Traffic> minute) {
		return ConductEvidence.find(window.window(), null, reference(minute));
	}

	private static List<Conduct> reference(Consumer<Traffic> minute) {
		return IntStream.range(0, 4).mapToObj((i) -> {
			Traffic block = new Traffic("minute" + i);
			minute.accept(block);
			return block.conduct();
		}).toList();
	}

	private static Traffic minute(String name, int count, Consumer<Request> story) {
		return new Traffic(name).requests(count, "orders", "POST /orders", story);
	}

	private Traffic normal(Traffic block) {
		return block.requests(20, "orders", "POST /orders", ConductEvidenceTests::order);
	}

	private static void order(Request request) {
		request.logs("order received").works(5).logs("stock reserved").logs("order stored").works(5);
	}

	private static Traffic paid(Traffic block, int byCard, int byInvoice) {
		return block.requests(byCard, "orders", "pay", (request) -> request.logs("paid by card").works(2))
			.requests(byInvoice, "orders", "pay", (request) -> request.logs("paid by invoice").works(2));
	}

	private static Traffic payments(Traffic block, long gap) {
		Consumer<Request> healthy = (other) -> other.works(3);
		for (String caller : List.of("checkout", "invoice")) {
			block.requests(20, caller, "POST /pay",
					(request) -> request.calls("payment", "charge", gap, healthy).calls("user", "find", 2, healthy));
		}
		return block;
	}

	private static Traffic messages(Traffic block, long delay) {
		return block.requests(20, "orders", "POST /orders",
				(request) -> request.sends("mail", "confirm", delay, (mail) -> mail.works(10)).works(3));
	}

	private static Traffic layered(Traffic block, long work) {
		return block.requests(20, "orders", "POST /orders",
				(request) -> request.works(5).calls("stock", "reserve", 2, (stock) -> stock.works(work)).works(5));
	}

	private static Traffic asking(Traffic block, long duration) {
		return block.requests(20, "orders", "POST /orders",
				(request) -> request.works(5).asks("database", "SELECT", duration).works(5));
	}

	private Traffic talking(Traffic block) {
		return silent(block);
	}

	private static Traffic silent(Traffic block, String... lost) {
		for (String service : List.of("orders", "stock", "mail")) {
			boolean isLost = List.of(lost).contains(service);
			block.requests(20, service, "work", (request) -> {
				if (!isLost) {
					request.logs("working");
				}
				request.works(5);
			});
		}
		return block;
	}

	private static Traffic going(Traffic block) {
		for (String caller : List.of("cart", "shop")) {
			block.requests(20, caller, "GET /cart",
					(request) -> request.logs("began")
						.calls("stock", "find", 2, (stock) -> stock.works(2))
						.logs("found"));
		}
		return block;
	}

	private static Traffic stopping(Traffic block) {
		for (String caller : List.of("cart", "shop")) {
			block.requests(20, caller, "GET /cart",
					(request) -> request.logs("began").calls("stock", "find", 2, (stock) -> stock.works(2)));
		}
		return block;
	}

}
