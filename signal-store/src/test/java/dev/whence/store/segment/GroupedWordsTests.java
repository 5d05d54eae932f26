package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.whence.store.column.DamagedColumnException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the words of many segments look like side by side. */
class GroupedWordsTests {

	private final List<long[]> tokens = new ArrayList<>();

	private final List<byte[]> filters = new ArrayList<>();

	private final List<TokenBits> bits = new ArrayList<>();

	/** Segments of very different sizes, some of a former version. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void everyWordIsFoundInItsSegmentsAndInFewOthers(long seed) {
		Random random = new Random(seed);
		for (int member = 0; member < 32; member++) {
			add(random, 1 + random.nextInt((random.nextInt(4) == 0) ? 20_000 : 500), random.nextInt(8) == 0);
		}
		GroupedWords words = grouped();
		byte[] encoded = words.encode(this.filters);
		long suspected = 0;
		for (int member = 0; member < 32; member++) {
			for (long token : this.tokens.get(member)) {
				assertThat(mayContain(words, encoded, token, member)).isTrue();
			}
			int elsewhere = member;
			suspected += random.longs(500).filter((token) -> mayContain(words, encoded, token, elsewhere)).count();
		}
		assertThat(suspected).as("of 16,000 that are nowhere").isBetween(1L, 3_000L);
	}

	@Test
	void asManyBytesAsTheyTakeAreTwoFifthsOfTheFiltersAndSome() {
		Random random = new Random(3);
		for (int member = 0; member < 32; member++) {
			add(random, 15_000 + random.nextInt(5_000), false);
		}
		int all = this.filters.stream().mapToInt((filter) -> filter.length).sum();
		assertThat(grouped().encode(this.filters).length).isBetween(all * 37 / 100, all * 50 / 100);
	}

	@Test
	void oneLineEachIsABucketOfAllLines() {
		Random random = new Random(4);
		for (int member = 0; member < 3; member++) {
			add(random, 1, false);
		}
		GroupedWords words = grouped();
		byte[] encoded = words.encode(this.filters);
		assertThat(words.buckets()).isOne();
		assertThat(encoded).hasSize(3 * GroupedWords.KEPT + Integer.BYTES);
		for (int member = 0; member < 3; member++) {
			assertThat(mayContain(words, encoded, this.tokens.get(member)[0], member)).isTrue();
		}
	}

	@Test
	void aBucketThatIsNotAsItWasWrittenIsNotBelieved() {
		Random random = new Random(5);
		add(random, 2_000, false);
		add(random, 1_000, true);
		GroupedWords words = grouped();
		byte[] encoded = words.encode(this.filters);
		long token = this.tokens.getFirst()[0];
		byte[] bucket = bucket(words, encoded, token);
		words.verify(bucket, token);
		for (int i = 0; i < 200; i++) {
			byte[] flipped = bucket.clone();
			flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
			assertIsDamaged(words, flipped, token);
		}
		assertIsDamaged(words, Arrays.copyOf(bucket, bucket.length - 1), token);
		assertIsDamaged(words, new byte[0], token);
		long other = random.longs()
			.filter((one) -> TokenFilter.line(one, words.buckets()) != TokenFilter.line(token, words.buckets()))
			.findFirst()
			.orElseThrow();
		assertIsDamaged(words, bucket(words, encoded, other), token);
		int[] lines = words.lines().clone();
		lines[0]--;
		assertIsDamaged(new GroupedWords(words.buckets(), lines, words.bits()), bucket, token);
		assertIsDamaged(new GroupedWords(words.buckets(), words.lines(),
				new TokenBits[] { TokenBits.SPREAD, TokenBits.SPREAD }), bucket, token);
	}

	@Test
	void theShapeIsReadAsItWasWrittenOrNotAtAll() {
		add(new Random(6), 100, false);
		add(new Random(6), 2_000, true);
		GroupedWords words = grouped();
		byte[] shape = words.shape();
		GroupedWords read = GroupedWords.of(words.buckets(), shape, 2);
		assertThat(read.lines()).isEqualTo(words.lines());
		assertThat(read.bits()).containsExactly(TokenBits.SPREAD, TokenBits.SIX);
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> GroupedWords.of(0, shape, 2));
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> GroupedWords.of(1, shape, 3));
		shape[7] = 99;
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> GroupedWords.of(1, shape, 2));
	}

	private static void assertIsDamaged(GroupedWords words, byte[] bucket, long token) {
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> words.verify(bucket, token));
	}

	/** A segment with so many words. */
	private void add(Random random, int count, boolean former) {
		long[] some = random.longs(count).distinct().toArray();
		TokenPlaces places = new TokenPlaces();
		for (int from = 0; from < some.length; from += 100) {
			places.add(from / 100, Arrays.copyOfRange(some, from, Math.min(some.length, from + 100)));
		}
		this.tokens.add(some);
		this.filters.add(former ? TokenFilter.of(some, 14) : TokenFilter.of(places));
		this.bits.add(former ? TokenBits.SIX : TokenBits.SPREAD);
	}

	private GroupedWords grouped() {
		return GroupedWords.of(this.filters, this.bits.toArray(TokenBits[]::new));
	}

	private static boolean mayContain(GroupedWords words, byte[] encoded, long token, int member) {
		byte[] bucket = bucket(words, encoded, token);
		words.verify(bucket, token);
		return words.mayContain(bucket, token, member);
	}

	/** What PostgreSQL reads of all buckets. */
	private static byte[] bucket(GroupedWords words, byte[] encoded, long token) {
		assertThat(encoded.length % words.buckets()).isZero();
		int size = encoded.length / words.buckets();
		int from = TokenFilter.line(token, words.buckets()) * size;
		return Arrays.copyOfRange(encoded, from, from + size);
	}

}
