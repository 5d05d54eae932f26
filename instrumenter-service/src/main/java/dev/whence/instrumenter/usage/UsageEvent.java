package dev.whence.instrumenter.usage;

import java.time.Instant;
import java.util.Map;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One use, as stored; never changed again. */
@Entity
@Immutable
@Table(schema = "instrumenter", name = "usage_event")
class UsageEvent {

	@Id
	@GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "usage_event_id")
	@SequenceGenerator(name = "usage_event_id", schema = "instrumenter", sequenceName = "usage_event_id",
			allocationSize = 100)
	private @Nullable Long id;

	private String clientRepo;

	private String deploymentName;

	private boolean changesMade;

	private String mode;

	@JdbcTypeCode(SqlTypes.JSON)
	private Map<String, Integer> languages;

	@JdbcTypeCode(SqlTypes.JSON)
	private Map<String, Integer> findings;

	private int characters;

	private long durationMicros;

	private Instant recordedAt;

	@SuppressWarnings("NullAway.Init")
	protected UsageEvent() {
	}

	UsageEvent(Usage usage, Instant recordedAt) {
		this.clientRepo = usage.clientRepo();
		this.deploymentName = usage.deploymentName();
		this.changesMade = usage.changesMade();
		this.mode = usage.mode();
		this.languages = usage.languages();
		this.findings = usage.findings();
		this.characters = usage.characters();
		this.durationMicros = usage.duration().toNanos() / 1000;
		this.recordedAt = recordedAt;
	}

}
