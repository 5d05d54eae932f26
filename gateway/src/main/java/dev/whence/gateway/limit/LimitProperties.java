package dev.whence.gateway.limit;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one client may send.
 *
 * @param maxBody bytes of a request's body as sent; what they inflate to is limited by
 * the services
 * @param bodyTime how long a client may take to send a body
 * @param keyRate requests per second with one credential; 0 for no limit
 * @param keyBurst requests with one credential that may come at once
 * @param addressRate requests per second from one address; 0 for no limit. Higher than
 * that of a key, for many senders may share one address
 * @param addressBurst requests from one address that may come at once
 * @param connections connections open at the same time on all ports together; 0 for no
 * limit
 * @param addressConnections connections that one address may have open at the same time
 * on all ports together; 0 for no limit. Trusted proxies are exempt, for they speak for
 * many
 * @param trackedClients clients remembered at the same time; the longest idle are
 * forgotten first
 */
@Validated
@ConfigurationProperties("whence.gateway.limit")
public record LimitProperties(@DefaultValue("16MB") DataSize maxBody,
		@DurationMin(millis = 1) @DefaultValue("30s") Duration bodyTime,
		@Min(0) @Max(1_000_000) @DefaultValue("5000") int keyRate,
		@Min(1) @Max(1_000_000) @DefaultValue("10000") int keyBurst,
		@Min(0) @Max(1_000_000) @DefaultValue("20000") int addressRate,
		@Min(1) @Max(1_000_000) @DefaultValue("40000") int addressBurst, @Min(0) @DefaultValue("8192") int connections,
		@Min(0) @DefaultValue("512") int addressConnections, @Min(1) @DefaultValue("100000") int trackedClients) {
}
