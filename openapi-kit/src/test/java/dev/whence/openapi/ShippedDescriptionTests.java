package dev.whence.openapi;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ShippedDescriptionTests {

	@Test
	void orderOfMembersAndTagsMakesNoDifference() {
		JsonNode one = json(
				"""
						{"paths": {"/b": {"get": {}}, "/a": {"get": {"tags": ["y", "x"]}}}, "tags": [{"name": "y"}, {"name": "x"}]}""");
		JsonNode other = json(
				"""
						{"tags": [{"name": "x"}, {"name": "y"}], "paths": {"/a": {"get": {"tags": ["x", "y"]}}, "/b": {"get": {}}}}""");
		assertThat(ShippedDescription.sorted(one)).hasToString(ShippedDescription.sorted(other).toString());
	}

	@Test
	void orderOfValuesDoes() {
		assertThat(ShippedDescription.sorted(json("{'enum': ['a', 'b']}")))
			.isNotEqualTo(ShippedDescription.sorted(json("{'enum': ['b', 'a']}")));
	}

	@Test
	void differencesAreNamedWhereTheyAre() {
		JsonNode shipped = json("{'paths': {'/a/{id}': {'get': {'summary': 'A'}}, '/gone': {'get': {}}}}");
		JsonNode told = json("{'paths': {'/a/{id}': {'get': {'summary': 'B'}}, '/new': {'post': {}}}}");
		assertThat(ShippedDescription.differences("", told, shipped)).containsExactly("/paths/~1a~1{id}/get/summary",
				"/paths/~1gone", "/paths/~1new");
		assertThat(ShippedDescription.differences("", told, told)).isEmpty();
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

}
