package dev.whence.ingest.genai;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is made of spans that tell of decisions.
 *
 * @param enabled whether runs are made of spans at all
 * @param contentFree whether ids of documents are kept as hashes only, and no texts
 * @param pricesAsOf when the prices were true; shown with every cost that is made of them
 * @param prices by model, in the currency that costs are in
 */
@ConfigurationProperties("whence.ingest.decisions")
record DecisionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean contentFree,
		@DefaultValue("") String pricesAsOf, @DefaultValue Map<String, Price> prices) {

	DecisionProperties {
		prices = new LinkedHashMap<>(prices);
		prices.forEach((model, price) -> {
			if (!(price.input() >= 0 && price.output() >= 0)) {
				throw new IllegalArgumentException("whence.ingest.decisions.prices." + model + " has a price below 0");
			}
		});
	}

	/**
	 * What a model costs.
	 *
	 * @param input of a million tokens that it reads
	 * @param output of a million tokens that it writes
	 */
	record Price(double input, double output) {
	}

}
