package dev.whence.ingest.intake;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the intake.
 *
 * @param maxBody the largest body, sent or decompressed
 * @param maxRecords the most records of one request
 * @param maxStored the most bytes that one request may become when stored
 * @param inFlightShare the share of the heap that bodies may hold together
 */
@Validated
@ConfigurationProperties("whence.ingest.intake")
record IntakeProperties(@DefaultValue("16MB") DataSize maxBody, @DefaultValue("50000") @Min(1) int maxRecords,
		@DefaultValue("64MB") DataSize maxStored,
		@DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("0.75") double inFlightShare) {
}
