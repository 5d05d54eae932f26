package dev.whence.store.segment;

import java.util.List;
import java.util.Random;

import dev.whence.store.column.DamagedColumnException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an index of traces spares, and what happens where it is wrong. */
class TraceIndexTests {

	@Test
	void whoeverLooksForATraceReadsLittleOfItsSegment() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(14, 20_000, 600_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		List<byte[]> traces = OpenSegments.open(segment).traces();
		long[] read = { 0, 0 };
		for (int n = 0; n < traces.size(); n += 40) {
			byte[] trace = traces.get(n);
			read[0] += segment.traceIndex().length;
			byte[][] indexes = { segment.traceIndex(), null };
			for (int i = 0; i < indexes.length; i++) {
				int place = i;
				Pieces counted = (parts) -> {
					parts.forEach((part) -> read[place] += part.length());
					return OpenSegments.pieces(segment.data()).read(parts);
				};
				assertThat(new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), indexes[i],
						counted)
					.rowsOfTrace(trace)).isNotEmpty();
			}
		}
		assertThat(read[0]).isLessThan(read[1] / 3);
	}

	@Test
	void anIndexOfALaterReleaseIsNotRead() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(17, 500, 1_000_000_000L);
		Segment segment = SegmentEncoder.encode(1, 30, rows).segment();
		byte[] later = Chunk.decompress(segment.traceIndex());
		later[0] = 2;
		for (byte[] trace : OpenSegments.open(segment).traces()) {
			assertThat(OpenSegments.places(OpenSegments.withIndex(segment, later), trace))
				.isEqualTo(OpenSegments.places(OpenSegments.withoutIndex(segment), trace));
		}
	}

	@Test
	void anIndexThatLeadsAstrayIsFoundWhenASegmentIsMade() {
		List<StoredRow> rows = OrdinaryTelemetry.rows(18, 3_000, 600_000_000_000L);
		SegmentEncoder.Encoded encoded = SegmentEncoder.encode(1, 30, rows);
		byte[] index = Chunk.decompress(encoded.segment().traceIndex());
		assertThat(OpenSegments.withIndex(encoded.segment(), index).holds(encoded.rows())).isTrue();
		// A version, how many there are, in two bytes, two bytes for each, and a time.
		int prints = 3 + 2 * OpenSegments.open(encoded.segment()).traces().size();
		for (int damaged : new int[] { 3, prints - 1, prints + 7 }) {
			byte[] astray = index.clone();
			astray[damaged] ^= 2;
			assertThat(OpenSegments.withIndex(encoded.segment(), astray).holds(encoded.rows())).isFalse();
		}
	}

	@Test
	void aFlippedBitOfAnIndexIsNoticed() {
		Segment segment = SegmentEncoder.encode(1, 30, OrdinaryTelemetry.rows(19, 500, 1_000_000_000L)).segment();
		byte[] trace = OpenSegments.open(segment).traces().getFirst();
		Random random = new Random(20);
		int noticed = 0;
		for (int i = 0; i < 200; i++) {
			byte[] index = segment.traceIndex().clone();
			int bit = random.nextInt(8 * index.length);
			index[bit >> 3] ^= (byte) (1 << (bit & 7));
			try {
				assertThat(OpenSegments
					.places(new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), index,
							OpenSegments.pieces(segment.data())), trace))
					.isEqualTo(OpenSegments.places(OpenSegments.open(segment), trace));
			}
			catch (DamagedColumnException ex) {
				noticed++;
			}
		}
		assertThat(noticed).isGreaterThan(190);
	}

	@Test
	void anIndexOfAnotherSegmentIsNoticed() {
		Segment segment = SegmentEncoder.encode(1, 30, OrdinaryTelemetry.rows(15, 500, 1_000_000_000L)).segment();
		Segment other = SegmentEncoder.encode(1, 30, OrdinaryTelemetry.rows(16, 600, 1_000_000_000L)).segment();
		OpenSegment mixed = new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())),
				other.traceIndex(), OpenSegments.pieces(segment.data()));
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> mixed.rowsOfTrace(new byte[16]));
	}

}
