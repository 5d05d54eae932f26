package dev.whence.analysis.alert;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is taken from alert managers.
 *
 * @param resolveTimeout an alert without an end that is not posted again for so long has
 * ended; Alertmanager's own default
 * @param webhookTimeout the same for the webhook, which repeats a firing alert after four
 * hours by default: three repetitions
 * @param maxBody the largest body
 * @param maxAlerts the most alerts in one request; Prometheus sends 64 or 256
 * @param maxLabels the most labels of one alert, and the most annotations
 * @param maxLabelLength the longest name or value of a label, in characters
 * @param maxAnnotationLength the longest value of an annotation, in characters
 */
@Validated
@ConfigurationProperties("whence.alert")
record AlertProperties(@DefaultValue("5m") Duration resolveTimeout, @DefaultValue("12h") Duration webhookTimeout,
		@DefaultValue("4MB") DataSize maxBody, @DefaultValue("2000") @Min(1) int maxAlerts,
		@DefaultValue("64") @Min(1) int maxLabels, @DefaultValue("1024") @Min(1) int maxLabelLength,
		@DefaultValue("16384") @Min(1) int maxAnnotationLength) {
}
