package dev.whence.store.form;

import java.util.Map;

import dev.whence.model.ProjectId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionsTests {

	@Test
	void whatAFilterLeavesOpenAddsNothing() {
		Conditions conditions = Conditions.of(new ProjectId(7))
			.and("service = :service", "service", null)
			.and("kind in (1, 2)")
			.and("time >= :from", "from", 5L);

		assertThat(conditions.sql())
			.isEqualToNormalizingWhitespace("project_id = :project and kind in (1, 2) and time >= :from");
		assertThat(conditions.parameters()).isEqualTo(Map.of("project", 7, "from", 5L));
	}

	@Test
	void oneTermMayHaveSeveralParameters() {
		Conditions conditions = new Conditions().and("(time, id) < (:time, :id)").with("time", 1L).with("id", 2L);

		assertThat(conditions.parameters()).isEqualTo(Map.of("time", 1L, "id", 2L));
		assertThat(conditions.isEmpty()).isFalse();
	}

	@Test
	void withoutTermsEverythingIsMet() {
		assertThat(new Conditions().isEmpty()).isTrue();
		assertThat(new Conditions().sql()).isEqualTo("true");
	}

}
