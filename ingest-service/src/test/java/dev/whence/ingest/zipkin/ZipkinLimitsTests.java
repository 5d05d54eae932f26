package dev.whence.ingest.zipkin;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.intake.TestLimits;
import dev.whence.ingest.zipkin.ZipkinEncoding.Slice;
import dev.whence.model.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a list of spans takes in memory is counted while it is read. */
class ZipkinLimitsTests {

	@ParameterizedTest
	@EnumSource(ZipkinEncoding.class)
	void moreSpansThanAllowedAreRefused(ZipkinEncoding encoding) {
		byte[] body = (encoding == ZipkinEncoding.JSON) ? bytes("[" + "{},".repeat(50_000) + "{}]") : protobuf(50_001);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> encoding.split(body, TestLimits.byDefault()))
			.withMessageContaining("50000 records");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"tags\":{%s}", "\"annotations\":[%s]" })
	void whatTagsAndAnnotationsTakeIsCounted(String field) {
		String many = IntStream.range(0, 900)
			.mapToObj((i) -> field.contains("tags") ? "\"" + i + "\":\"\""
					: "{\"timestamp\":" + (i + 1) + ",\"value\":\"\"}")
			.collect(Collectors.joining(","));
		String span = "{\"traceId\":\"1\",\"id\":\"1\"," + field.formatted(many) + "}";
		byte[] body = bytes("[" + String.join(",", Collections.nCopies(100, span)) + "]");
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> read(body, TestLimits.within(8_000_000)))
			.withMessageContaining("bytes of memory");
		read(body, TestLimits.byDefault());
	}

	private static void read(byte[] body, RequestLimits limits) {
		ZipkinSpans spans = new ZipkinSpans(InstantSource.system(), new Annotations(), limits);
		List<Slice> slices = ZipkinEncoding.JSON.split(body, limits);
		slices.forEach((slice) -> {
			spans.expect(slice.length());
			spans.read(ZipkinEncoding.JSON.decode(slice));
		});
	}

	private static byte[] protobuf(int spans) {
		byte[] body = new byte[2 * spans];
		for (int i = 0; i < body.length; i += 2) {
			body[i] = 0x0A;
		}
		return body;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
