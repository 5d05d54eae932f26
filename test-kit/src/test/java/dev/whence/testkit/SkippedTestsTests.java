package dev.whence.testkit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class SkippedTestsTests {

	@Test
	void whatGaveUpIsCountedByItsReason() {
		assertThat(summaryOf(GivesUp.class, GivesUpAsAWhole.class)).isEqualTo("""
				4 tests were skipped because something is absent here:
				  2 × Assumption failed: no data
				  2 × Assumption failed: no tool
				""");
	}

	@Test
	void nothingIsSaidWhenAllTestsRan() {
		assertThat(summaryOf(Runs.class)).isEmpty();
	}

	private static String summaryOf(Class<?>... tests) {
		SkippedTests skipped = new SkippedTests();
		// Without the listeners of sessions, which would end the servers of this one.
		Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
			.enableLauncherSessionListenerAutoRegistration(false)
			.enableTestExecutionListenerAutoRegistration(false)
			.build());
		for (Class<?> test : tests) {
			launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build(), skipped);
		}
		return skipped.summary();
	}

	static class Runs {

		@Test
		void runs() {
		}

	}

	static class GivesUp {

		@Test
		void first() {
			Assumptions.assumeFalse(true, "no data");
		}

		@Test
		void second() {
			Assumptions.assumeTrue(false, "no data");
		}

		@Test
		void third() {
		}

	}

	static class GivesUpAsAWhole {

		@BeforeAll
		static void look() {
			Assumptions.assumeTrue(false, "no tool");
		}

		@Test
		void first() {
		}

		@Test
		void second() {
		}

	}

}
