package dev.whence.standalone;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** The settings of all services, which are all on this class path. */
class SettingsTests {

	/** What every record has and what checks a value are no uses of it. */
	private static final Set<String> NO_USE = Set.of("<init>", "toString", "equals", "hashCode");

	/**
	 * Read by their names alone, in a condition or a schedule, which annotations cannot
	 * help. They are settings all the same: checked at the start, with a default.
	 */
	private static final List<String> READ_BY_NAME = List.of("dev.whence.analysis.incident.LifecycleProperties.sweep",
			"dev.whence.analysis.job.JobProperties.sweep", "dev.whence.analysis.narration.NarrationProperties.enabled",
			"dev.whence.analysis.lock.LockProperties.kind", "dev.whence.support.wire.WireProperties.kind",
			"dev.whence.gateway.limit.SharedLimitProperties.kind");

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("dev.whence");

	@Test
	void everySettingIsRead() {
		List<String> unread = this.classes.stream()
			.filter((type) -> type.isAnnotatedWith(ConfigurationProperties.class))
			.flatMap(this::withNested)
			.flatMap(this::unread)
			.toList();
		assertThat(unread).containsExactlyInAnyOrderElementsOf(READ_BY_NAME);
	}

	/** A request must not meet the end of the connection that it is sent on. */
	@Test
	void aServiceKeepsAnIdleConnectionLongerThanTheGatewayUsesIt() throws IOException {
		Duration used = duration("gateway.yaml", "spring.cloud.gateway.server.webflux.httpclient.pool.max-idle-time");
		Duration kept = duration("service-defaults.yaml", "server.tomcat.keep-alive-timeout");
		assertThat(kept).isGreaterThan(used.multipliedBy(2));
	}

	private static Duration duration(String file, String name) throws IOException {
		Object value = new YamlPropertySourceLoader().load(file, new ClassPathResource(file))
			.getFirst()
			.getProperty(name);
		return DurationStyle.detectAndParse(String.valueOf(value));
	}

	/** The type and the records that its settings are made of. */
	private Stream<JavaClass> withNested(JavaClass type) {
		List<JavaClass> all = new ArrayList<>(List.of(type));
		this.classes.stream()
			.filter(JavaClass::isRecord)
			.filter((nested) -> nested.getFullName().startsWith(type.getFullName() + "$"))
			.forEach(all::add);
		return all.stream();
	}

	private Stream<String> unread(JavaClass type) {
		RecordComponent[] components = type.reflect().getRecordComponents();
		return Stream.of((components != null) ? components : new RecordComponent[0])
			.map(RecordComponent::getName)
			.filter((name) -> uses(type, name).findAny().isEmpty())
			.map((name) -> type.getFullName() + "." + name);
	}

	private Stream<? extends JavaAccess<?>> uses(JavaClass type, String name) {
		return type.getAccessesToSelf()
			.stream()
			.filter((access) -> access.getTarget().getName().equals(name))
			.filter((access) -> !(access.getOriginOwner().equals(type)
					&& (NO_USE.contains(access.getOrigin().getName()) || access.getOrigin().getName().equals(name))));
	}

}
