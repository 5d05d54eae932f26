package dev.whence.ingest.otlp;

import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where one number of a field is used for messages of several types, they must agree. */
class FieldNumberTests {

	@Test
	void theEnvelopesOfAllSignalsAreNumberedAlike() {
		for (List<Descriptor> alike : List.of(
				List.of(ExportTraceServiceRequest.getDescriptor(), ExportLogsServiceRequest.getDescriptor(),
						ExportMetricsServiceRequest.getDescriptor()),
				List.of(ResourceSpans.getDescriptor(), ResourceLogs.getDescriptor(), ResourceMetrics.getDescriptor(),
						ScopeSpans.getDescriptor(), ScopeLogs.getDescriptor(), ScopeMetrics.getDescriptor()))) {
			assertThat(alike).allSatisfy(
					(type) -> assertThat(numbersAndWireTypes(type)).isEqualTo(numbersAndWireTypes(alike.getFirst())));
		}
	}

	@Test
	void theKindsOfMetricDataAreNumberedAlike() {
		assertThat(Stream.of(Gauge.getDescriptor(), Histogram.getDescriptor(), ExponentialHistogram.getDescriptor(),
				Summary.getDescriptor()))
			.allSatisfy((type) -> assertThat(numbersAndWireTypes(Sum.getDescriptor()))
				.containsAll(numbersAndWireTypes(type)));
		assertThat(List.of(Histogram.AGGREGATION_TEMPORALITY_FIELD_NUMBER,
				ExponentialHistogram.AGGREGATION_TEMPORALITY_FIELD_NUMBER))
			.containsOnly(Sum.AGGREGATION_TEMPORALITY_FIELD_NUMBER);
	}

	@Test
	void theElementsOfArraysAndOfListsAreNumberedAlike() {
		assertThat(KeyValueList.VALUES_FIELD_NUMBER).isEqualTo(ArrayValue.VALUES_FIELD_NUMBER);
	}

	private static List<List<Integer>> numbersAndWireTypes(Descriptor type) {
		return type.getFields().stream().map(FieldNumberTests::numberAndWireType).toList();
	}

	private static List<Integer> numberAndWireType(FieldDescriptor field) {
		return List.of(field.getNumber(), field.getLiteType().getWireType());
	}

}
