package dev.whence.store.segment;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnownDirectoriesTests {

	private static final int LARGE = 64 * 1024;

	private final KnownDirectories known = new KnownDirectories();

	@Test
	void whatWasReadLatelyIsKnown() {
		UUID segment = UUID.randomUUID();
		Directory directory = directory();
		this.known.put(segment, directory, 10);

		assertThat(this.known.get(segment)).isSameAs(directory);
		assertThat(this.known.get(UUID.randomUUID())).isNull();
	}

	@Test
	void whatNobodyAskedForLongestGoesFirst() {
		UUID asked = UUID.randomUUID();
		UUID forgotten = UUID.randomUUID();
		this.known.put(asked, directory(), LARGE);
		this.known.put(forgotten, directory(), LARGE);
		for (int i = 0; i < 64; i++) {
			this.known.get(asked);
			this.known.put(UUID.randomUUID(), directory(), LARGE);
		}

		assertThat(this.known.get(asked)).isNotNull();
		assertThat(this.known.get(forgotten)).isNull();
	}

	@Test
	void putTwiceItCountsOnce() {
		UUID first = UUID.randomUUID();
		UUID again = UUID.randomUUID();
		this.known.put(first, directory(), LARGE);
		for (int i = 0; i < 1_000; i++) {
			this.known.put(again, directory(), LARGE);
		}

		assertThat(this.known.get(first)).isNotNull();
		assertThat(this.known.get(again)).isNotNull();
	}

	@Test
	void oneThatIsLargerThanAllTogetherMayBeIsNotKeptAndDrivesOutNobody() {
		UUID small = UUID.randomUUID();
		UUID segment = UUID.randomUUID();
		this.known.put(small, directory(), 10);
		this.known.put(segment, directory(), 64 * LARGE + 1);

		assertThat(this.known.get(segment)).isNull();
		assertThat(this.known.get(small)).isNotNull();
	}

	private static Directory directory() {
		return new Directory(Directory.VERSION, 0, new int[0], new int[0], List.of());
	}

}
