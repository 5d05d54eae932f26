package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.TestLimits;
import dev.whence.model.LogRecord;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.SignalType;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What JSON can say that protobuf cannot. */
class OtlpJsonTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

	@ParameterizedTest
	@ValueSource(strings = { "1e-600000000", "\"1e-600000000\"", "0e-600000000", "1e2147483647", "\"1e2147483647\"",
			"1e600000000", "-1e-2147483647" })
	@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void aShortNumberWithAnEndlessExponentCostsNothing(String number) {
		for (String field : List.of("timeUnixNano", "severityNumber", "flags")) {
			assertThat(refusal(record(field, number)))
				.contains("/resourceLogs/0/scopeLogs/0/logRecords/0/" + field + " must be an integer");
		}
	}

	@ParameterizedTest
	@CsvSource({ "severityNumber, 4294967305, 32 bits", "severityNumber, 2147483648, 32 bits",
			"droppedAttributesCount, -1, 32 bits without a sign", "flags, 4294967296, 32 bits without a sign",
			"timeUnixNano, -1, 64 bits without a sign", "timeUnixNano, 18446744073709551616, 64 bits without a sign",
			"timeUnixNano, 1.5, 64 bits", "timeUnixNano, 0x10, 64 bits" })
	void aNumberThatDoesNotFitItsFieldIsRefusedByName(String field, String number, String expected) {
		assertThat(refusal(record(field, "\"" + number + "\""))).contains(field + " must be an integer of " + expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9", "\"9\"", "9.0", "0.9e1", "\"90e-1\"", "9.000000000000000000000000000000" })
	void anIntegerMayBeWrittenInManyWays(String number) {
		assertThat(decode(record("severityNumber", number)).getFirst().level()).isEqualTo("INFO");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0x1p3", "1d", "1f", " 1", "1_0", "" })
	void whatOnlyJavaReadsAsANumberIsNone(String number) {
		assertThat(refusal(record("body", "{\"doubleValue\":\"" + number + "\"}")))
			.contains("/body/doubleValue must be a number");
	}

	@ParameterizedTest
	@CsvSource({ "\"NaN\", NaN", "\"-Infinity\", -Infinity", "\"1.5e3\", 1500.0", "-0.0, -0.0",
			"0.11111111111111111111111111111111111111111111111111111111111111111111111111, 0.1111111111111111" })
	void aDoubleMayHaveMoreDigitsThanItKeeps(String written, String read) {
		String value = written.startsWith("\"") ? written
				: (written.matches("[-0-9].*") ? written : '"' + written + '"');
		assertThat(decode(record("body", "{\"doubleValue\":" + value + "}")).getFirst().message()).contains(read);
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 22, 23, 31, 32, 33, 34, 35, 36, 60, 200 })
	void whatIsNestedDeepIsCutWhereProtobufIs(int depth) {
		AnyValue list = AnyValue.newBuilder().setStringValue("bottom").build();
		AnyValue array = list;
		StringBuilder listJson = new StringBuilder("{\"stringValue\":\"bottom\"}");
		StringBuilder arrayJson = new StringBuilder(listJson);
		for (int i = 0; i < depth; i++) {
			list = AnyValue.newBuilder()
				.setKvlistValue(KeyValueList.newBuilder().addValues(KeyValue.newBuilder().setKey("k").setValue(list)))
				.build();
			array = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(array)).build();
			listJson.insert(0, "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":").append("}]}}");
			arrayJson.insert(0, "{\"arrayValue\":{\"values\":[").append("]}}");
		}
		assertThat(decode(record("body", listJson.toString())).getFirst().message()).isEqualTo(message(list));
		assertThat(decode(record("body", arrayJson.toString())).getFirst().message()).isEqualTo(message(array));
	}

	@Test
	void jsonBeyondItsOwnLimitsIsToldSo() {
		String deep = "[".repeat(2000) + "]".repeat(2000);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(record("unknown", deep)))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_BODY))
			.withMessageContaining("beyond a limit");
	}

	@Test
	void whatNobodyKnowsIsPassedOverHoweverLongItsNameAndNumberAre() {
		String json = record("x".repeat(10_000), "1".repeat(500));
		assertThat(decode(json)).hasSize(1);
	}

	private static String record(String field, String value) {
		return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"" + field + "\":" + value + "}]}]}]}";
	}

	private static List<LogRecord> decode(String json) {
		var limits = TestLimits.byDefault();
		Decoded decoded = new Decoded(SignalType.LOG, limits);
		WireReader wire = OtlpEncoding.JSON.open(json.getBytes(StandardCharsets.UTF_8),
				ExportLogsServiceRequest.getDescriptor(), decoded, limits);
		return logs(decoded, wire);
	}

	/** Why the only record is refused. */
	private static String refusal(String json) {
		var limits = TestLimits.byDefault();
		Decoded decoded = new Decoded(SignalType.LOG, limits);
		WireReader wire = OtlpEncoding.JSON.open(json.getBytes(StandardCharsets.UTF_8),
				ExportLogsServiceRequest.getDescriptor(), decoded, limits);
		assertThat(logs(decoded, wire)).isEmpty();
		assertThat(decoded.rejected()).isOne();
		return decoded.reason();
	}

	private static String message(AnyValue body) {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecordsBuilder().setBody(body);
		Decoded decoded = new Decoded(SignalType.LOG, TestLimits.byDefault());
		return logs(decoded, new WireReader(request.build().toByteArray())).getFirst().message();
	}

	private static List<LogRecord> logs(Decoded decoded, WireReader wire) {
		EnvelopeWalk.through(wire, decoded, new LogDecoder(() -> NOW));
		List<LogRecord> logs = new ArrayList<>();
		for (Received received : decoded.accepted()) {
			logs.add((LogRecord) received.signal());
		}
		return logs;
	}

}
