package dev.whence.ingest.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentIdTests {

	@Test
	void equalContentsHaveOneIdentity() {
		assertThat(id("resource", "record")).isEqualTo(id("resource", "record"));
	}

	@Test
	void otherContentsHaveOtherIdentities() {
		assertThat(id("resource", "record")).isNotEqualTo(id("resource", "record2"))
			.isNotEqualTo(id("record", "resource"));
	}

	@Test
	void partsDoNotRunIntoEachOther() {
		assertThat(id("ab", "c")).isNotEqualTo(id("a", "bc")).isNotEqualTo(id("abc")).isNotEqualTo(id("ab", "c", ""));
	}

	@Test
	void theFirstOccurrenceIsTheContentItself() {
		ContentId content = id("record");
		assertThat(content.occurrence(0)).isSameAs(content);
	}

	@Test
	void everyOccurrenceHasAnIdentityOfItsOwnThatStays() {
		ContentId content = id("record");
		assertThat(IntStream.range(0, 1000).mapToObj(content::occurrence).map(ContentId::id)).doesNotHaveDuplicates();
		assertThat(content.occurrence(7)).isEqualTo(id("record").occurrence(7));
	}

	@Test
	void theIdIsAUuidOfVersionEight() {
		UUID id = id("record").id();
		assertThat(id.version()).isEqualTo(8);
		assertThat(id.variant()).isEqualTo(2);
	}

	// Stored rows are recognised by it: a change would store every retry twice.
	@Test
	void theIdStaysTheSameFromReleaseToRelease() {
		assertThat(id("resource", "record").id()).hasToString("de1e30c1-6be1-8756-9d1c-9686790d5288");
	}

	private static ContentId id(String... parts) {
		byte[][] bytes = new byte[parts.length][];
		for (int i = 0; i < parts.length; i++) {
			bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
		}
		return ContentId.of(bytes);
	}

}
