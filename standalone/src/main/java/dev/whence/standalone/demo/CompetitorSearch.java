package dev.whence.standalone.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.whence.xray.Candidates;
import dev.whence.xray.Run;
import dev.whence.xray.Step;
import dev.whence.xray.StepType;
import dev.whence.xray.XrayClient;

/**
 * A pipeline as many shops have one: which product of others competes with ours? A model
 * finds words, a search finds candidates, three filters drop most, the best of the rest
 * is chosen. It tells Whence what it does through the Java client.
 */
final class CompetitorSearch {

	static final String NAME = "competitor search";

	/** Ours. */
	static final Product OURS = new Product("our-case", "Clear case for phones", "phone-cases", 18.0, 4.4, 900);

	/** The one that competes with it, as anybody would say. */
	static final String RIGHT_ANSWER = "case-117";

	private static final int PRODUCTS = 400;

	private static final int FOUND = 150;

	private static final String[] OTHERS = { "laptop-stands", "cables", "chargers", "bags" };

	private final XrayClient client;

	private final RandomGenerator random;

	CompetitorSearch(XrayClient client, RandomGenerator random) {
		this.client = client;
		this.random = random;
	}

	/**
	 * Runs the pipeline once.
	 * @param renamed whether the feed calls phone cases something else
	 */
	Outcome run(boolean renamed) {
		List<Product> products = products(renamed);
		try (Run run = this.client.start(NAME, Map.of("service", "pricing-assistant", "feed", renamed ? "v2" : "v1"))) {
			words(run);
			List<Product> found = search(run, products);
			List<Product> affordable = filter(run, "similar price", found, "half or double our price",
					(product) -> product.price() > OURS.price() / 2 && product.price() < OURS.price() * 2);
			List<Product> liked = filter(run, "well rated", affordable, "rated below 3.8",
					(product) -> product.rating() >= 3.8);
			List<Product> alike = filter(run, "same category", liked, "another category",
					(product) -> product.category().equals(OURS.category()));
			Product best = alike.stream()
				.max(Comparator.comparingInt(Product::reviews))
				// Something must be answered, and nobody notices.
				.orElseGet(() -> found.stream().min(Comparator.comparingDouble(Product::price)).orElse(OURS));
			choose(run, alike, best);
			return new Outcome(run.id(), best, found, liked, alike);
		}
	}

	private void words(Run run) {
		try (Step step = run.step("search words", StepType.LLM)) {
			step.inputs(Map.of("title", OURS.title()))
				.outputs(List.of("phone case", "clear case", "stand"))
				.tokenUsage("gpt-4o", 420 + this.random.nextInt(20), 35)
				.cost(0.0026);
		}
	}

	private List<Product> search(Run run, List<Product> products) {
		try (Step step = run.step("search", StepType.RETRIEVAL)) {
			List<Product> found = products.stream().limit(FOUND - this.random.nextInt(10)).toList();
			Candidates candidates = step.candidates();
			found.forEach((product) -> candidates.keep(product.id()));
			return found;
		}
	}

	private List<Product> filter(Run run, String name, List<Product> products, String reason, Predicate<Product> kept) {
		try (Step step = run.step(name, StepType.FILTER)) {
			Candidates candidates = step.candidates(products, Product::id);
			List<Product> left = new ArrayList<>();
			for (Product product : products) {
				if (kept.test(product)) {
					candidates.keep(product.id(), product.rating());
					left.add(product);
				}
				else {
					candidates.drop(product.id(), reason, product.rating());
				}
			}
			return left;
		}
	}

	private void choose(Run run, List<Product> left, Product best) {
		try (Step step = run.step("choose", StepType.LOGIC)) {
			step.inputs(Map.of("candidates", left.size()))
				.outputs(Map.of("id", best.id(), "title", best.title(), "price", best.price()))
				.reasoning(left.isEmpty() ? "No candidate is left: the cheapest that was found"
						: "Most reviews of " + left.size() + " candidates");
		}
	}

	private List<Product> products(boolean renamed) {
		List<Product> products = new ArrayList<>();
		for (int i = 0; i < PRODUCTS; i++) {
			boolean phoneCase = i % 3 == 0;
			String id = (phoneCase ? "case-" : "thing-") + i;
			String category = phoneCase ? (renamed ? "phone-accessories" : OURS.category()) : OTHERS[i % OTHERS.length];
			boolean right = id.equals(RIGHT_ANSWER);
			products.add(new Product(id,
					right ? "Crystal case for phones" : phoneCase ? "Phone case " + i : category + " " + i, category,
					right ? 17.5 : 5 + this.random.nextInt(60), right ? 4.7 : 3 + this.random.nextInt(20) / 10.0,
					right ? 5_000 : this.random.nextInt(2_000)));
		}
		return products;
	}

	/** What somebody sells. */
	record Product(String id, String title, String category, double price, double rating, int reviews) {

		Product {
			Objects.requireNonNull(id);
		}

	}

	/**
	 * What a run came to.
	 *
	 * @param found by the search
	 * @param liked before the last filter
	 * @param left after it
	 */
	record Outcome(String runId, Product best, List<Product> found, List<Product> liked, List<Product> left) {
	}

}
