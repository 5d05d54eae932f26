package dev.whence.store.commit;

import java.util.ArrayDeque;

import org.junit.jupiter.api.Test;
import org.postgresql.core.Utils;
import org.postgresql.util.HStoreConverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class CommitTests {

	@Test
	void aFaultOfTheDriverIsToldFromOurOwn() {
		assertThat(Commit.isOfDriver(catchThrowable(() -> HStoreConverter.fromString("\"a")))).isTrue();
		assertThat(Commit.isOfDriver(catchThrowable(() -> Utils.toHexString(null)))).isTrue();
		assertThat(Commit.isOfDriver(catchThrowable(() -> new ArrayDeque<String>().removeFirst()))).isFalse();
		assertThat(Commit.isOfDriver(catchThrowable(() -> {
			throw new IllegalStateException("ours");
		}))).isFalse();
	}

}
