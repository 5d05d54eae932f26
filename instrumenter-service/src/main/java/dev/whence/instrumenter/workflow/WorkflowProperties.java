package dev.whence.instrumenter.workflow;

import java.time.Duration;

import dev.whence.instrumenter.manifest.InstrumentOptions;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may ask for.
 *
 * @param maxBody the largest manifest, also after decompression
 * @param maxBatch the largest batch
 * @param maxFiles how many manifests a batch may have
 * @param deadline wall time of one manifest
 * @param workers how many manifests are worked on at once; 0 for as many as processors
 * @param patience how long a request waits for a worker before it is answered 503
 * @param bodyShare the share of the heap that bodies may hold together
 * @param endpoint where agents send when nobody says otherwise
 */
@ConfigurationProperties("whence.instrumenter.workflow")
record WorkflowProperties(@DefaultValue("5MB") DataSize maxBody, @DefaultValue("20MB") DataSize maxBatch,
		@DefaultValue("1000") int maxFiles, @DefaultValue("2s") Duration deadline, @DefaultValue("0") int workers,
		@DefaultValue("10s") Duration patience, @DefaultValue("0.25") double bodyShare,
		@DefaultValue("http://whence-gateway:4318") String endpoint) {

	WorkflowProperties {
		if (maxBody.toBytes() < 1 || maxBatch.toBytes() < maxBody.toBytes()) {
			throw new IllegalArgumentException(
					"whence.instrumenter.workflow.max-body is positive and not above max-batch");
		}
		if (maxFiles < 1 || workers < 0 || !(bodyShare > 0 && bodyShare < 1)) {
			throw new IllegalArgumentException(
					"whence.instrumenter.workflow: max-files is positive, workers not negative, body-share below 1");
		}
		if (!InstrumentOptions.isEndpoint(endpoint)) {
			throw new IllegalArgumentException(
					"whence.instrumenter.workflow.endpoint is an http or https URL without query");
		}
	}

	int workersOrDefault() {
		return (this.workers > 0) ? this.workers : Math.max(2, Runtime.getRuntime().availableProcessors());
	}

}
