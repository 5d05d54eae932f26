package dev.whence.ingest.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OccurrencesTests {

	@Test
	void theFirstRecordOfAContentHasTheIdentityOfTheContent() {
		assertThat(new Occurrences().next(id("record"))).isEqualTo(id("record"));
	}

	@Test
	void equalRecordsAreToldApartByTheirOrder() {
		Occurrences occurrences = new Occurrences();

		assertThat(Stream.generate(() -> occurrences.next(id("record"))).limit(3)).containsExactly(id("record"),
				id("record").occurrence(1), id("record").occurrence(2));
	}

	@Test
	void otherRecordsInBetweenDoNotCount() {
		Occurrences occurrences = new Occurrences();

		assertThat(List.of("a", "b", "a", "b").stream().map((text) -> occurrences.next(id(text))))
			.containsExactly(id("a"), id("b"), id("a").occurrence(1), id("b").occurrence(1));
	}

	@Test
	void aRetryFindsTheSameIdentities() {
		assertThat(identities(5)).isEqualTo(identities(5)).doesNotHaveDuplicates();
	}

	private static List<ContentId> identities(int count) {
		Occurrences occurrences = new Occurrences();
		return Stream.generate(() -> occurrences.next(id("record"))).limit(count).toList();
	}

	private static ContentId id(String text) {
		return ContentId.of(text.getBytes(StandardCharsets.UTF_8));
	}

}
