package dev.whence.analysis.template;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TemplateMinerTests {

	private static final List<String> NAMES = List.of("ada", "bob", "carol", "dave", "erin", "frank");

	private final TemplateMiner miner = new TemplateMiner(MinerLimits.DEFAULT);

	// The first column is the least share of lines in exactly the group of their
	// statement. What remains in two of them are single words of few alternatives, which
	// a reader of the text alone cannot tell from statements either.
	@ParameterizedTest
	@CsvSource({ "0.99, proxy", "0.80, kernel", "0.99, json", "0.99, logfmt", "0.99, nginx", "0.92, postgres",
			"0.99, java", "0.99, go", "0.99, python", "0.99, cloud", "0.95, desktop", "0.99, cluster" })
	void statementsOfManyKindsOfSoftwareAreFoundWithOneSetting(double least, String format) throws IOException {
		for (long seed = 0; seed < 3; seed++) {
			List<StatementCorpus.Line> lines = StatementCorpus.lines(format, 2_000, seed);
			TemplateMiner miner = new TemplateMiner(MinerLimits.DEFAULT);
			List<Template> templates = lines.stream().map((line) -> miner.add(line.text())).toList();
			assertThat(StatementCorpus.accuracy(lines, ids(templates))).isGreaterThanOrEqualTo(least);
		}
	}

	@Test
	void wordsOfFewAlternativesArePartOfTheStatement() {
		assertThat(this.miner.add("session opened for 4711").id())
			.isNotEqualTo(this.miner.add("session closed for 4711").id());
	}

	@Test
	void aPlaceOfManyWordsIsAVariable() {
		List<Template> templates = NAMES.stream().map((name) -> this.miner.add("welcome back " + name)).toList();
		assertThat(ids(templates)).containsOnly(templates.getFirst().id());
		assertThat(templates.getFirst().text()).isEqualTo("welcome back <*>");
	}

	@Test
	void twoPlacesMayVaryInALongStatement() {
		List<Template> templates = IntStream.range(0, 6)
			.mapToObj((i) -> this.miner.add("the desk of " + NAMES.get(i) + " sent a letter to " + NAMES.get(5 - i)))
			.toList();
		assertThat(ids(templates)).containsOnly(templates.getFirst().id());
	}

	@Test
	void aPlaceThatOnceHeldAValueIsAVariable() {
		Template named = this.miner.add("connected to host database now");
		assertThat(this.miner.add("connected to host 10.0.0.7 now").id()).isEqualTo(named.id());
		assertThat(named.text()).isEqualTo("connected to host <*> now");
	}

	@Test
	void listsOfAnyLengthAndOneOrManyAreOneStatement() {
		assertThat(this.miner.add("closing 1 connection").id())
			.isEqualTo(this.miner.add("closing 17 connections").id());
		assertThat(this.miner.add("peers 10.0.0.1, 10.0.0.2").id()).isEqualTo(this.miner.add("peers 10.0.0.1").id());
	}

	@Test
	void theOrderOfLinesDoesNotChangeWhichBelongTogether() {
		List<String> lines = new ArrayList<>();
		NAMES.forEach((name) -> lines.add("user " + name + " has signed in"));
		NAMES.forEach((name) -> lines.add("mail to " + name + " was refused"));
		lines.add("the cellar is flooded");
		for (int seed = 0; seed < 20; seed++) {
			Collections.shuffle(lines, new Random(seed));
			TemplateMiner miner = new TemplateMiner(MinerLimits.DEFAULT);
			Map<String, Template> found = new HashMap<>();
			lines.forEach((line) -> found.put(line, miner.add(line)));
			assertThat(found.values().stream().map(Template::text).distinct()).containsExactlyInAnyOrder(
					"user <*> has signed in", "mail to <*> was refused", "the cellar is flooded");
		}
	}

	@Test
	void theSameLinesGiveTheSameTemplates() throws IOException {
		List<StatementCorpus.Line> lines = StatementCorpus.lines("kernel", 1_000, 5);
		List<List<String>> runs = new ArrayList<>();
		for (int run = 0; run < 2; run++) {
			TemplateMiner miner = new TemplateMiner(MinerLimits.DEFAULT);
			List<Template> templates = lines.stream().map((line) -> miner.add(line.text())).toList();
			runs.add(templates.stream().map((template) -> template.id() + template.text()).toList());
		}
		assertThat(runs.getFirst()).isEqualTo(runs.getLast());
	}

	@Test
	void whatWasUnitedStaysUnitedAndIsReported() throws IOException {
		Map<String, String> elders = new HashMap<>();
		TemplateMiner miner = new TemplateMiner(new MinerLimits(200, 2_000),
				(younger, elder) -> elders.put(younger.ownId(), elder.ownId()));
		Map<Template, Template> roots = new HashMap<>();
		for (String format : List.of("java", "kernel", "nginx")) {
			for (StatementCorpus.Line line : StatementCorpus.lines(format, 1_000, 1)) {
				Template template = miner.add(line.text());
				roots.put(template, template.root());
			}
		}
		roots.forEach((template, root) -> assertThat(template.root()).isSameAs(root.root()));
		assertThat(elders).isNotEmpty();
		roots.keySet()
			.stream()
			.filter((template) -> template.root() != template)
			.forEach((template) -> assertThat(elders).containsKey(template.ownId()));
	}

	@Test
	void theElderKeepsItsIdAndAForgottenLineIsItselfAgain() {
		TemplateMiner miner = new TemplateMiner(new MinerLimits(8, 1_000));
		String id = miner.add("welcome back ada").id();
		NAMES.forEach((name) -> miner.add("welcome back " + name));
		IntStream.range(0, 8).forEach((i) -> miner.add("filler " + "x".repeat(i + 1)));
		assertThat(miner.add("welcome back ada").id()).isEqualTo(id);
		assertThat(miner.add("welcome back bob").id()).isEqualTo(id);
	}

	@Test
	void hostileLinesDoNotExceedTheLimits() {
		MinerLimits limits = new MinerLimits(500, 5_000);
		TemplateMiner miner = new TemplateMiner(limits);
		Random random = new Random(3);
		for (int i = 0; i < 20_000; i++) {
			StringBuilder line = new StringBuilder();
			for (int word = random.nextInt(30); word >= 0; word--) {
				line.append(' ');
				for (int letter = random.nextInt(8); letter >= 0; letter--) {
					line.append((char) ('g' + random.nextInt(20)));
				}
			}
			miner.add(line.toString());
			assertThat(miner.size()).isLessThanOrEqualTo(limits.forms());
			assertThat(miner.weight()).isLessThanOrEqualTo(limits.siblings() + 4 * limits.forms());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\n", "\uD83D", "<*>", "= = =", "()", "名前", "%s %d", "\\" })
	void everyLineHasATemplate(String message) {
		assertThat(this.miner.add(message).id()).isEqualTo(this.miner.add(message).id()).hasSize(16);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a ", "a=b ", "f(x) ", "( ", "<*> x ", "x", "1,", "{\"a\":\"b\"}," })
	void aLineOfAMegabyteIsCheap(String unit) {
		String line = unit.repeat(1_000_000 / unit.length());
		assertTimeoutPreemptively(Duration.ofSeconds(2), () -> this.miner.add(line));
	}

	private static List<String> ids(List<Template> templates) {
		return templates.stream().map(Template::id).toList();
	}

}
