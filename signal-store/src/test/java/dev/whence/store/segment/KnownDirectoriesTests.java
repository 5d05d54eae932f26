package dev.whence.store.segment;

import java.util.Collections;
import java.util.List;
import java.util.UUID;

import dev.whence.store.table.Table;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnownDirectoriesTests {

	private static final BlockEntry BLOCK = new BlockEntry(Layout.of(Table.LOG_RECORD), 1, 0, 0, List.of("shop"), 0,
			new int[0], 0, 0);

	private final KnownDirectories known = new KnownDirectories();

	@Test
	void whatWasReadLatelyIsKnown() {
		UUID segment = UUID.randomUUID();
		Directory directory = directory(3);
		this.known.put(segment, directory);

		assertThat(this.known.get(segment)).isSameAs(directory);
		assertThat(this.known.get(UUID.randomUUID())).isNull();
	}

	@Test
	void whatNobodyAskedForLongestGoesFirst() {
		UUID asked = UUID.randomUUID();
		UUID forgotten = UUID.randomUUID();
		this.known.put(asked, directory(1_000));
		this.known.put(forgotten, directory(1_000));
		for (int i = 0; i < 64; i++) {
			this.known.get(asked);
			this.known.put(UUID.randomUUID(), directory(1_000));
		}

		assertThat(this.known.get(asked)).isNotNull();
		assertThat(this.known.get(forgotten)).isNull();
	}

	@Test
	void putTwiceItCountsOnce() {
		UUID first = UUID.randomUUID();
		UUID again = UUID.randomUUID();
		this.known.put(first, directory(1_000));
		for (int i = 0; i < 1_000; i++) {
			this.known.put(again, directory(1_000));
		}

		assertThat(this.known.get(first)).isNotNull();
		assertThat(this.known.get(again)).isNotNull();
	}

	@Test
	void oneThatIsLargerThanAllTogetherMayBeIsNotKept() {
		UUID segment = UUID.randomUUID();
		this.known.put(segment, directory(100_000));

		assertThat(this.known.get(segment)).isNull();
	}

	private static Directory directory(int blocks) {
		return new Directory(Directory.VERSION, 0, new int[0], new int[0], Collections.nCopies(blocks, BLOCK));
	}

}
