package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AheadTests {

	private final byte[] data = new byte[1_000];

	private final List<List<Pieces.Part>> asked = new ArrayList<>();

	private final Pieces pieces = (parts) -> {
		this.asked.add(parts);
		return parts.stream().map(this::at).toList();
	};

	AheadTests() {
		new Random(1).nextBytes(this.data);
	}

	@Test
	void whatLiesSideBySideIsReadAsOneAndGivenOutPartByPart() {
		Random random = new Random(2);
		for (int i = 0; i < 500; i++) {
			List<Pieces.Part> parts = parts(random);
			List<byte[]> read = new ArrayList<>();
			new Ahead(parts, read::addAll).read(this.pieces);
			assertThat(read).hasSameSizeAs(parts);
			for (int n = 0; n < parts.size(); n++) {
				assertThat(read.get(n)).isEqualTo(at(parts.get(n)));
			}
		}
		assertThat(this.asked).allMatch((parts) -> neighbours(parts) == 0);
	}

	@Test
	void twoAreReadTogetherAndEachGetsItsOwn() {
		List<byte[]> first = new ArrayList<>();
		List<byte[]> second = new ArrayList<>();
		Pieces.Part one = new Pieces.Part(10, 5);
		Pieces.Part next = new Pieces.Part(15, 7);
		new Ahead(List.of(one), first::addAll).and(new Ahead(List.of(next, one), second::addAll)).read(this.pieces);
		assertThat(first).containsExactly(at(one));
		assertThat(second).containsExactly(at(next), at(one));
		assertThat(this.asked).containsExactly(List.of(new Pieces.Part(10, 12), one));
	}

	@Test
	void nothingIsNotAskedFor() {
		Ahead.NOTHING.and(Ahead.NOTHING).read(this.pieces);
		assertThat(this.asked).isEmpty();
	}

	/** Some begin where the one before ends. */
	private static List<Pieces.Part> parts(Random random) {
		List<Pieces.Part> parts = new ArrayList<>();
		for (int i = random.nextInt(1, 8); i > 0; i--) {
			boolean follows = !parts.isEmpty() && random.nextBoolean();
			parts.add(new Pieces.Part(follows ? parts.getLast().end() : random.nextInt(800), random.nextInt(20)));
		}
		return parts;
	}

	private static long neighbours(List<Pieces.Part> parts) {
		long neighbours = 0;
		for (int i = 1; i < parts.size(); i++) {
			neighbours += (parts.get(i - 1).end() == parts.get(i).from()) ? 1 : 0;
		}
		return neighbours;
	}

	private byte[] at(Pieces.Part part) {
		return Arrays.copyOfRange(this.data, part.from(), part.end());
	}

}
