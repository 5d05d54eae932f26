package dev.whence.support.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldPointerTests {

	private final Order order = new Order("x", List.of(new Item("y")));

	@Test
	void aFieldHasTheNameThatTheCallerWrote() {
		assertThat(FieldPointer.of(this.order, "customerName")).isEqualTo("/customer_name");
		assertThat(FieldPointer.of(this.order, "items[3].sku")).isEqualTo("/items/3/SKU");
	}

	@Test
	void whatHasNoOtherNameKeepsItsOwn() {
		assertThat(FieldPointer.of(this.order, "items")).isEqualTo("/items");
		assertThat(FieldPointer.of(this.order, "unknown.deeper")).isEqualTo("/unknown/deeper");
		assertThat(FieldPointer.of(null, "a.b")).isEqualTo("/a/b");
	}

	record Order(@JsonProperty("customer_name") String customerName, List<Item> items) {
	}

	record Item(@JsonProperty("SKU") String sku) {
	}

}
