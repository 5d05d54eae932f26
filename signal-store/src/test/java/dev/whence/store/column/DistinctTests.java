package dev.whence.store.column;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DistinctTests {

	@Test
	void eachValueIsThereOnceInTheOrderOfItsFirstRow() {
		for (int seed = 0; seed < 50; seed++) {
			Random random = new Random(seed);
			int different = 1 + random.nextInt(3_000);
			List<byte[]> rows = new ArrayList<>();
			Distinct distinct = new Distinct();
			for (int i = random.nextInt(4_000); i > 0; i--) {
				byte[] value = Integer.toString(random.nextInt(different)).getBytes();
				rows.add(value);
				byte[] inside = ("<" + new String(value) + ">").getBytes();
				switch (random.nextInt(3)) {
					case 0 -> distinct.add(value);
					case 1 -> distinct.add(inside, 1, inside.length - 1);
					default -> distinct.addPlace(distinct.place(value, 0, value.length));
				}
			}
			assertThat(distinct.rows()).isEqualTo(rows.size());
			assertThat(distinct.values().stream().map(String::new))
				.containsExactlyElementsOf(new LinkedHashSet<>(rows.stream().map(String::new).toList()));
			for (int row = 0; row < rows.size(); row++) {
				assertThat(distinct.get(row)).isEqualTo(rows.get(row));
			}
		}
	}

}
