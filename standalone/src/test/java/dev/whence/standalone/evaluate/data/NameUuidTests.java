package dev.whence.standalone.evaluate.data;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The values are those of Python's {@code uuid.uuid5(uuid.NAMESPACE_URL, name)}. */
class NameUuidTests {

	@ParameterizedTest
	@CsvSource({ "shop/case-1/1,3121db76-0bda-5f54-a0c1-4cbbdc7223b5", "'',1b4db7eb-4057-5ddf-91e0-36dec72071f5",
			"shop/Prüfung/2,14adb940-c28a-53ed-9130-e59227e6d715" })
	void aNameHasTheUuidThatItHasElsewhere(String name, String expected) {
		assertThat(NameUuid.of(name)).hasToString(expected);
	}

}
