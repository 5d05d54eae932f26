package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What filters know, and what they suspect wrongly. */
class TokenFilterTests {

	@Test
	void theFilterKnowsEveryTokenAndFewOthers() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(3, 5_000, 60_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		for (StoredRow row : rows) {
			byte[] id = row.required(Layout.of(row.table()).id());
			assertThat(mayContain(segment.ids(), Tokens.id(id))).isTrue();
		}
		assertThat(mayContainWord(segment.words(), Tokens.word("received"))).isTrue();
		assertThat(mayContainWord(segment.words(), Tokens.attribute("http.response.status_code", "500"))).isTrue();
		Random random = new Random(5);
		long wrong = random.longs(20_000).filter((hash) -> mayContain(segment.ids(), hash)).count();
		assertThat(wrong).as("of 20,000 that are not there").isLessThan(200);
	}

	@Test
	void theFilterOfWordsTellsBlocksApart() {
		Random random = new Random(7);
		List<long[]> blocks = new ArrayList<>();
		TokenPlaces places = new TokenPlaces();
		long[] common = random.longs(300).toArray();
		for (int block = 0; block < 100; block++) {
			// Some of its own, some that it shares with the next, and what all have.
			long[] some = LongStream.concat(random.longs(1_000), Arrays.stream(common)).toArray();
			if (block % 2 == 1) {
				System.arraycopy(blocks.getLast(), 0, some, 0, 50);
			}
			blocks.add(some);
			places.add(block, some);
		}
		byte[] filter = TokenFilter.of(places);
		long wrong = 0;
		for (int block = 0; block < blocks.size(); block++) {
			int here = block;
			assertThat(Arrays.stream(blocks.get(block)))
				.allMatch((token) -> mayContainWord(filter, token) && mayContain(filter, token, here));
			int elsewhere = (block + 10) % blocks.size();
			wrong += Arrays.stream(blocks.get(block), 50, 1_000)
				.filter((token) -> mayContain(filter, token, elsewhere))
				.count();
		}
		assertThat(wrong).as("of 95,000 that are in another block").isLessThan(20_000);
		assertThat(random.longs(20_000).filter((token) -> mayContainWord(filter, token)).count())
			.as("of 20,000 that are nowhere")
			.isLessThan(50);
		assertThat(random.longs(20_000).filter((token) -> isInAnyOf(filter, token, blocks.size())).count())
			.as("of 20,000 that are nowhere, in their blocks")
			.isLessThan(50);
	}

	private static boolean isInAnyOf(byte[] filter, long token, int blocks) {
		return IntStream.range(0, blocks).anyMatch((block) -> mayContain(filter, token, block));
	}

	/**
	 * Whoever changes how filters are made gives segments and groups a new version, for
	 * those that are stored stay as they are.
	 */
	@Test
	void filtersAreMadeAsTheirVersionsSay() {
		TokenPlaces places = new TokenPlaces();
		long[] tokens = new Random(13).longs(1_000).toArray();
		places.add(0, tokens);
		places.add(7, Arrays.copyOf(tokens, 100));
		CRC32 both = new CRC32();
		both.update(TokenFilter.of(places));
		both.update(TokenFilter.of(tokens, 14));
		assertThat(List.of(both.getValue(), Directory.VERSION)).isEqualTo(List.of(439_133_978L, 6));
		List<byte[]> filters = List.of(TokenFilter.of(places), TokenFilter.of(tokens, 14), new byte[TokenFilter.LINE]);
		CRC32 grouped = new CRC32();
		grouped.update(GroupedWords.of(filters, new TokenBits[] { TokenBits.SPREAD, TokenBits.SIX, TokenBits.TEN })
			.encode(filters));
		assertThat(List.of(grouped.getValue(), GroupTable.VERSION)).isEqualTo(List.of(1_059_762_300L, 2));
		TraceIndex.Builder index = new TraceIndex.Builder();
		List<byte[]> ids = Arrays.stream(tokens).mapToObj((token) -> Long.toHexString(token).getBytes()).toList();
		for (int n = 0; n < ids.size(); n++) {
			index.add(n + 1, 1_000L * n + tokens[n] % 100);
		}
		CRC32 encoded = new CRC32();
		encoded.update(index.encode(ids));
		assertThat(List.of(encoded.getValue(), TraceIndex.VERSION)).isEqualTo(List.of(4_284_090_052L, 1));
	}

	@Test
	void aWordOfAFormerFilterIsFoundByTheBitsThatItHas() {
		Directory now = Directory.decode(Chunk
			.decompress(SegmentEncoder.encode(1, 30, OrdinaryTelemetry.rows(9, 100, 1_000)).segment().directory()));
		assertThat(now.bitsOfWords()).isEqualTo(TokenBits.SPREAD);
		Map<Integer, TokenBits> former = Map.of(1, TokenBits.SIX, 4, TokenBits.SIX, 5, TokenBits.TEN);
		former.forEach((version, bits) -> {
			Directory directory = new Directory(version, now.traces(), now.ids(), now.groups(), now.blocks());
			assertThat(directory.bitsOfWords()).isEqualTo(bits);
			for (long token : new Random(12).longs(100).toArray()) {
				byte[] line = new byte[TokenFilter.LINE];
				for (int i = 0; i < bits.count(); i++) {
					int bit = bits.bit(token, i);
					line[bit >> 3] |= (byte) (1 << (bit & 7));
				}
				assertThat(TokenFilter.mayContain(line, token, bits)).isTrue();
				assertThat(TokenFilter.mayContain(line, token, TokenBits.SPREAD)).isFalse();
				assertThat(TokenFilter.mayContain(line, token, null)).as("where nobody knows the version").isTrue();
				assertThat(TokenFilter.mayContain(line, token + 1, null)).isFalse();
			}
		});
	}

	@Test
	void bitsFromMixesOfTheirOwnAreBelievedWronglyAboutHalfAsOften() {
		assertThat(believedWrongly(TokenBits.SPREAD)).isLessThan(0.7 * believedWrongly(TokenBits.TEN));
	}

	/** Of tokens that are not there, with lines half of whose bits are set. */
	private static double believedWrongly(TokenBits bits) {
		Random random = new Random(14);
		long wrong = 0;
		for (int n = 0; n < 2_000; n++) {
			byte[] line = new byte[TokenFilter.LINE];
			for (long token : random.longs(33).toArray()) {
				for (int i = 0; i < bits.count(); i++) {
					int bit = bits.bit(token, i);
					line[bit >> 3] |= (byte) (1 << (bit & 7));
				}
			}
			wrong += random.longs(500).filter((token) -> TokenFilter.mayContain(line, token, bits)).count();
		}
		assertThat(wrong).isPositive();
		return wrong;
	}

	@Test
	void bitsAreStoredByNumbersThatNeverChange() {
		assertThat(TokenBits.values()).extracting(TokenBits::code).containsExactly(1, 2, 3);
		assertThat(TokenBits.values()).allMatch((bits) -> TokenBits.ofCode(bits.code()) == bits);
	}

	private static boolean mayContain(byte[] filter, long hash) {
		return TokenFilter.mayContain(line(filter, hash), hash);
	}

	private static boolean mayContainWord(byte[] filter, long hash) {
		return TokenFilter.mayContain(line(filter, hash), hash, TokenBits.SPREAD);
	}

	private static boolean mayContain(byte[] filter, long hash, int block) {
		return TokenFilter.mayContain(line(filter, hash), hash, block, TokenBits.SPREAD);
	}

	private static byte[] line(byte[] filter, long hash) {
		int from = TokenFilter.line(hash, filter.length / TokenFilter.LINE) * TokenFilter.LINE;
		return Arrays.copyOfRange(filter, from, from + TokenFilter.LINE);
	}

}
