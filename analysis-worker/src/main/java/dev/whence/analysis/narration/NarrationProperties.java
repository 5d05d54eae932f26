package dev.whence.analysis.narration;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which model puts findings into words, if any.
 *
 * @param enabled off by default: findings leave the installation when it is on
 * @param baseUrl of an API that speaks OpenAI's, up to and including its version
 * @param apiKey empty for a model that asks for none
 * @param timeout how long one answer may take
 * @param maxTokens how long one answer may be
 * @param callsPerHour how often the model is asked at most, by all workers together
 */
@Validated
@ConfigurationProperties("whence.narration")
record NarrationProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("https://api.openai.com/v1") URI baseUrl, @Nullable String apiKey,
		@DefaultValue("gpt-5-mini") String model, @DefaultValue("20s") Duration timeout,
		@DefaultValue("400") @Min(1) int maxTokens, @DefaultValue("60") @Min(0) int callsPerHour) {

	/** Leaves the key out, so that no report of the configuration can show it. */
	@Override
	public String toString() {
		return "NarrationProperties[enabled=" + this.enabled + ", baseUrl=" + this.baseUrl + ", model=" + this.model
				+ "]";
	}

}
