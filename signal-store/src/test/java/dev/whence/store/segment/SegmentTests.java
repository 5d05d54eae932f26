package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.store.column.ByteSink;
import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SegmentTests {

	private static final String[] ODD_TEXTS = { "", " ", "0", "007", "7", "-1", "9999999999999999999", "deadbeef",
			"DEADBEEF", "{}", "{", "\"", "a\nb", "\u00e9t\u00e9 2026", "x\uD83D\uDE00 12", "id=4f9a1c", "%d",
			"   12   " };

	private static final String[] ODD_JSON = { "{}", "{\"a\":1}", "{\"a\":1,\"a\":2}",
			"{\"b\":\"x,}\\\"\",\"a\":[1,{\"c\":2}]}", "{ \"a\":1}", "[]", "null", "{\"a\":1e5,\"b\":1.0}",
			"{\"\":\"\"}", "{\"a\":{\"b\":[\"]\"]}}", "" };

	@Test
	void whatServicesSendReadsBackEqual() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(1, 6_000, 60_000_000_000L);
		assertSame(rows, SegmentEncoder.encode(1, 30, rows).segment());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 511, 512, 513, 1_700 })
	void anyRowReadsBackEqualWhateverItHolds(int size) {
		for (int seed = 0; seed < 5; seed++) {
			List<StoredRow> rows = oddRows(new Random(31L * size + seed), size);
			assertSame(rows, SegmentEncoder.encode(7, 1, rows).segment());
		}
	}

	@Test
	void everyRowOfATraceIsFoundByIt() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(2, 5_000, 60_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		for (int i = 0; i < rows.size(); i += 97) {
			byte[] trace = rows.get(i).required(Layout.of(rows.get(i).table()).trace());
			OpenSegment open = OpenSegments.open(segment);
			List<UUID> found = new ArrayList<>();
			open.rowsOfTrace(trace).forEach((block, places) -> {
				OpenBlock opened = open.open(block);
				for (int place : places) {
					found.add(uuid(opened.field(place, block.layout().id())));
				}
			});
			assertThat(found).containsExactlyInAnyOrderElementsOf(rows.stream()
				.filter((row) -> Arrays.equals(trace, row.field(Layout.of(row.table()).trace())))
				.map((row) -> uuid(row.required(Layout.of(row.table()).id())))
				.toList());
		}
		Random random = new Random(21);
		for (int i = 0; i < 1_000; i++) {
			byte[] nowhere = new byte[16];
			random.nextBytes(nowhere);
			assertThat(OpenSegments.open(segment).rowsOfTrace(nowhere)).isEmpty();
		}
	}

	@Test
	void aSegmentOfTheFirstVersionIsReadWithoutTellingItsBlocksApart() {
		Segment segment = SegmentEncoder.encode(1, 30, OrdinaryTelemetry.rows(8, 3_000, 60_000_000_000L)).segment();
		OpenSegment now = OpenSegments.open(segment);
		assertThat(now.likelyBlocks()).hasSizeGreaterThan(2);
		now.narrow((block) -> block == 1);
		assertThat(now.likelyBlocks()).containsExactly(now.blocks().get(1));
		try (Chunk chunk = new Chunk()) {
			OpenSegment former = ofTheFirstVersion(segment, chunk);
			former.narrow((_) -> false);
			assertThat(former.likelyBlocks()).hasSameSizeAs(former.blocks());
			assertThat(contents(former)).isEqualTo(contents(now));
			assertThat(former.traces()).isNotEmpty().containsExactlyElementsOf(now.traces());
		}
	}

	/** It had all ids of traces in one chunk, and its filter of words knew no blocks. */
	private static OpenSegment ofTheFirstVersion(Segment segment, Chunk chunk) {
		return formerly(1, segment, chunk, Integer.MAX_VALUE);
	}

	@Test
	void aSegmentOfTheThirdVersionIsReadWithItsLargerGroups() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(10, 6_000, 60_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		try (Chunk chunk = new Chunk()) {
			OpenSegment former = formerly(3, segment, chunk, 256);
			assertThat(contents(former)).isEqualTo(contents(rows));
			assertThat(former.traces()).containsExactlyElementsOf(OpenSegments.open(segment).traces());
			for (int i = 0; i < rows.size(); i += 97) {
				byte[] trace = rows.get(i).required(Layout.of(rows.get(i).table()).trace());
				assertThat(formerly(3, segment, chunk, 256).rowsOfTrace(trace)).isNotEmpty();
			}
		}
	}

	/**
	 * The same as an older version wrote it.
	 * @param idsTogether how many traces had their ids in one chunk
	 */
	private static OpenSegment formerly(int version, Segment segment, Chunk chunk, int idsTogether) {
		Directory now = Directory.decode(Chunk.decompress(segment.directory()));
		List<byte[]> ids = chunks(segment, 0, now.ids());
		List<byte[]> spans = chunks(segment, sum(now.ids()), now.groups());
		int of = Math.min(ids.size(), Math.max(1, idsTogether / TraceIds.GROUP));
		List<byte[]> formerIds = together(ids, of).map((some) -> chunk.compress(idsOf(some))).toList();
		List<byte[]> formerSpans = together(spans, 256 / TraceIds.GROUP).map((some) -> {
			ByteSink out = new ByteSink(4096);
			some.forEach(out::put);
			return chunk.compress(out.toBytes());
		}).toList();
		ByteSink data = new ByteSink(segment.data().length);
		formerIds.forEach(data::put);
		formerSpans.forEach(data::put);
		data.put(Arrays.copyOfRange(segment.data(), sum(now.ids()) + sum(now.groups()), segment.data().length));
		Directory former = new Directory(version, now.traces(), lengths(formerIds), lengths(formerSpans), now.blocks());
		return new OpenSegment(null, Directory.decode(former.encode()), null, OpenSegments.pieces(data.toBytes()));
	}

	private static byte[] idsOf(List<byte[]> chunks) {
		List<byte[]> ids = new ArrayList<>();
		for (byte[] some : chunks) {
			ByteSource in = new ByteSource(some);
			for (int left = in.getCount(); left > 0; left--) {
				ids.add(in.getValue());
			}
		}
		ByteSink out = new ByteSink(1024);
		out.putVarint(ids.size());
		ids.forEach(out::putValue);
		return out.toBytes();
	}

	private static List<byte[]> chunks(Segment segment, int from, int[] lengths) {
		List<byte[]> chunks = new ArrayList<>();
		int next = from;
		for (int length : lengths) {
			chunks.add(Chunk.decompress(Arrays.copyOfRange(segment.data(), next, next + length)));
			next += length;
		}
		return chunks;
	}

	private static Stream<List<byte[]>> together(List<byte[]> chunks, int size) {
		return IntStream.iterate(0, (from) -> from < chunks.size(), (from) -> from + size)
			.mapToObj((from) -> chunks.subList(from, Math.min(from + size, chunks.size())));
	}

	private static int[] lengths(List<byte[]> chunks) {
		return chunks.stream().mapToInt((chunk) -> chunk.length).toArray();
	}

	private static int sum(int[] lengths) {
		return Arrays.stream(lengths).sum();
	}

	@Test
	void aServiceThatHardlySaysAnythingHasABlockOfItsOwn() {
		List<StoredRow> rows = new ArrayList<>(OrdinaryTelemetry.rows(9, 6_000, 60_000_000_000L));
		rows.addAll(logs("nightly", 3));
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();

		assertSame(rows, segment);
		assertThat(OpenSegments.open(segment).blocks()).filteredOn((block) -> block.services().contains("nightly"))
			.singleElement()
			.satisfies((block) -> {
				assertThat(block.services()).containsExactly("nightly");
				assertThat(block.rows()).isEqualTo(3);
			});
	}

	@Test
	void thousandsOfServicesThatHardlySayAnythingShareTheirBlocks() {
		List<StoredRow> rows = new ArrayList<>();
		for (int service = 0; service < 4_100; service++) {
			rows.addAll(logs("service-" + service, 1));
		}
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();

		assertSame(rows, segment);
		assertThat(OpenSegments.open(segment).blocks().stream().filter((block) -> block.rows() == 1)).hasSize(4);
		assertThat(OpenSegments.open(segment).blocks()).hasSizeLessThan(4_100 / 128 + 5);
	}

	private static List<StoredRow> logs(String service, int count) {
		List<StoredRow> logs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			logs.add(Tuples.of(Table.LOG_RECORD, OrdinaryTelemetry.NOON + i, OrdinaryTelemetry.NOON, UUID.randomUUID(),
					1, (short) 30, null, null, service, "INFO", "Cleaned up " + i + " files", "{}", "{}", null));
		}
		return logs;
	}

	@Test
	void aFlippedBitIsNoticedOrDoesNotMatter() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(4, 700, 60_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		Map<UUID, List<@Nullable String>> expected = contents(rows);
		Random random = new Random(6);
		int noticed = 0;
		for (int i = 0; i < 400; i++) {
			byte[] data = segment.data().clone();
			int bit = random.nextInt(data.length * 8);
			data[bit >> 3] ^= (byte) (1 << (bit & 7));
			try {
				assertThat(contents(new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), null,
						OpenSegments.pieces(data))))
					.isEqualTo(expected);
			}
			catch (DamagedColumnException ex) {
				noticed++;
			}
		}
		assertThat(noticed).as("flipped bits that were noticed").isGreaterThan(380);
	}

	@Test
	void aTruncatedSegmentIsNoticed() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(11, 700, 60_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		Random random = new Random(12);
		for (int i = 0; i < 100; i++) {
			byte[] data = Arrays.copyOf(segment.data(), random.nextInt(segment.data().length));
			OpenSegment open = new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), null,
					OpenSegments.pieces(data));
			open.readAhead(open.blocks(), (layout) -> Set.of(layout.time(), layout.service()));
			assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> contents(open));
		}
	}

	@Test
	void aLongTraceOfWhichEverySpanHasAnUnusualIdReadsBackEqual() {
		byte[] trace = new byte[16];
		List<StoredRow> rows = new ArrayList<>();
		for (int i = 0; i < 3_000; i++) {
			byte[] span = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
			rows.add(Tuples.of(Table.LOG_RECORD, OrdinaryTelemetry.NOON + i, OrdinaryTelemetry.NOON, UUID.randomUUID(),
					1, (short) 30, trace, span, "job", "INFO", "Step " + i, "{}", "{}", null));
		}
		assertSame(rows, SegmentEncoder.encode(1, 30, rows).segment());
	}

	private static void assertSame(List<StoredRow> rows, Segment segment) {
		assertThat(segment.rows()).isEqualTo(rows.size());
		assertThat(contents(OpenSegments.open(segment))).isEqualTo(contents(rows));
		OpenSegment askedAgain = OpenSegments.open(segment);
		List<byte[]> traces = askedAgain.traces();
		for (int n = 0; n < traces.size(); n += 1 + traces.size() / 100) {
			assertThat(OpenSegments.places(OpenSegments.open(segment), traces.get(n))).isNotEmpty()
				.isEqualTo(OpenSegments.places(OpenSegments.withoutIndex(segment), traces.get(n)))
				.isEqualTo(OpenSegments.places(askedAgain, traces.get(n)));
		}
	}

	private static Map<UUID, List<@Nullable String>> contents(List<StoredRow> rows) {
		Map<UUID, List<@Nullable String>> contents = new HashMap<>();
		for (StoredRow row : rows) {
			Layout layout = Layout.of(row.table());
			List<@Nullable String> fields = new ArrayList<>();
			layout.stored().forEach((column) -> fields.add(Arrays.toString(row.field(column))));
			contents.put(uuid(row.required(layout.id())), fields);
		}
		return contents;
	}

	private static Map<UUID, List<@Nullable String>> contents(OpenSegment segment) {
		Map<UUID, List<@Nullable String>> contents = new HashMap<>();
		for (BlockEntry entry : segment.blocks()) {
			OpenBlock block = segment.open(entry);
			for (int i = 0; i < entry.rows(); i++) {
				int row = i;
				List<@Nullable String> fields = new ArrayList<>();
				entry.layout().stored().forEach((column) -> fields.add(Arrays.toString(block.field(row, column))));
				contents.put(uuid(block.field(row, entry.layout().id())), fields);
			}
		}
		return contents;
	}

	private static UUID uuid(byte @Nullable [] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(Objects.requireNonNull(bytes));
		return new UUID(buffer.getLong(), buffer.getLong());
	}

	private static List<StoredRow> oddRows(Random random, int size) {
		List<StoredRow> rows = new ArrayList<>();
		List<byte[]> traces = new ArrayList<>();
		for (int i = 0; i < 1 + size / 7; i++) {
			byte[] trace = new byte[random.nextInt(3) == 0 ? random.nextInt(1, 40) : 16];
			random.nextBytes(trace);
			traces.add(trace);
		}
		for (int i = 0; i < size; i++) {
			byte[] trace = traces.get(random.nextInt(traces.size()));
			byte[] span = new byte[random.nextInt(4) == 0 ? random.nextInt(1, 20) : 8];
			random.nextBytes(span);
			long time = random.nextInt(10) == 0 ? random.nextLong() : random.nextLong(1_000_000);
			UUID id = new UUID(random.nextLong(), random.nextLong());
			rows.add(switch (random.nextInt(3)) {
				case 0 -> Tuples.of(Table.LOG_RECORD, time, random.nextLong(), id, 7, (short) 1,
						random.nextBoolean() ? trace : null, random.nextBoolean() ? span : null, odd(random),
						odd(random), odd(random), json(random), random.nextBoolean() ? json(random) : null,
						random.nextBoolean() ? json(random) : null);
				case 1 -> Tuples.of(Table.SPAN, time, random.nextLong(), id, 7, (short) 1, (short) random.nextInt(),
						random.nextLong(), trace, span, random.nextBoolean() ? span : null, odd(random), odd(random),
						odd(random), random.nextBoolean() ? odd(random) : null, json(random), null, null);
				default ->
					Tuples.of(Table.METRIC_POINT, time, random.nextLong(), id, 7, (short) 1, (short) random.nextInt(),
							random.nextBoolean() ? random.nextGaussian() : null, random.nextBoolean() ? trace : null,
							odd(random), odd(random), odd(random), json(random), null, null);
			});
		}
		return rows;
	}

	private static String odd(Random random) {
		String some = ODD_TEXTS[random.nextInt(ODD_TEXTS.length)];
		return random.nextInt(3) == 0 ? some + random.nextInt(1000) : some;
	}

	private static String json(Random random) {
		return ODD_JSON[random.nextInt(ODD_JSON.length)];
	}

}
