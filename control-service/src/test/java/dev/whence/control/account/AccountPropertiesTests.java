package dev.whence.control.account;

import java.util.Map;

import dev.whence.control.account.AccountProperties.OpenRole;
import dev.whence.control.account.AccountProperties.Registration;
import dev.whence.support.security.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccountPropertiesTests {

	@Test
	void defaultsAreByInvitation() {
		assertThat(bind(Map.of())).isEqualTo(new AccountProperties(Registration.INVITATION, OpenRole.VIEWER, 4));
	}

	@Test
	void everyKeyBinds() {
		AccountProperties bound = bind(Map.of("registration", "open", "open-role", "none", "hash-concurrency", "2"));
		assertThat(bound).isEqualTo(new AccountProperties(Registration.OPEN, OpenRole.NONE, 2));
		assertThat(bound.openRole().role()).isEmpty();
		assertThat(OpenRole.EDITOR.role()).contains(Role.EDITOR);
	}

	@ParameterizedTest
	@CsvSource({ "registration, everybody", "open-role, admin", "hash-concurrency, 0" })
	void badValuesStopTheStart(String key, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(key, value)));
	}

	private static AccountProperties bind(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((key, value) -> source.put("whence.control.account." + key, value));
		return new Binder(source).bindOrCreate("whence.control.account", AccountProperties.class);
	}

}
