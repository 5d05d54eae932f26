package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that belongs together. Its content version grows whenever its content changes;
 * its severity only rises, and only while it is open.
 */
@Entity
@Table(name = "incident", schema = "incidents")
class Incident {

	@Id
	private UUID id;

	@Column(name = "project_id")
	private int projectId;

	@Column(name = "trace_id")
	private String traceId;

	private String title;

	@Enumerated(EnumType.STRING)
	@JdbcTypeCode(SqlTypes.VARCHAR)
	private IncidentStatus status;

	@Enumerated(EnumType.STRING)
	@JdbcTypeCode(SqlTypes.VARCHAR)
	private Severity severity;

	@Column(name = "detected_at")
	private Instant detectedAt;

	@Column(name = "resolved_at")
	private @Nullable Instant resolvedAt;

	@Column(name = "first_seen")
	private Instant firstSeen;

	@Column(name = "last_seen")
	private Instant lastSeen;

	@JdbcTypeCode(SqlTypes.ARRAY)
	@Column(name = "affected_services", columnDefinition = "text[]")
	private String[] affectedServices = {};

	@Column(name = "error_count")
	private long errorCount;

	@Column(name = "recurrence_of")
	private @Nullable UUID recurrenceOf;

	private long version;

	@Column(name = "analyzed_version")
	private long analyzedVersion;

	private long revision;

	private @Nullable String assignee;

	@Column(name = "acknowledged_at")
	private @Nullable Instant acknowledgedAt;

	@Column(name = "merged_into")
	private @Nullable UUID mergedInto;

	@Embedded
	private @Nullable Snooze snooze;

	@Version
	@Column(name = "lock_version")
	private long lockVersion;

	/** For JPA. */
	@SuppressWarnings("NullAway.Init")
	protected Incident() {
	}

	/** Opens an incident that nothing has joined yet. */
	Incident(ProjectId project, String traceId, String title, Instant detectedAt, Instant firstSeen) {
		this.id = UUID.randomUUID();
		this.projectId = project.value();
		this.traceId = traceId;
		this.title = title;
		this.status = IncidentStatus.OPEN;
		this.severity = Severity.LOW;
		this.detectedAt = detectedAt;
		this.firstSeen = firstSeen;
		this.lastSeen = firstSeen;
	}

	/**
	 * Takes in what is known of its signals now. Content may also shrink, when part of it
	 * turned out to belong elsewhere.
	 * @return whether anything is new, which makes a new version
	 */
	boolean absorb(IncidentContent content) {
		Severity graver = this.status.isActive() ? this.severity.escalate(content.severity()) : this.severity;
		String[] services = content.services().stream().sorted().toArray(String[]::new);
		boolean changed = !Arrays.equals(services, this.affectedServices) || graver != this.severity
				|| content.signals() != this.errorCount || !content.lastSeen().equals(this.lastSeen)
				|| !content.firstSeen().equals(this.firstSeen) || this.version == 0;
		if (!changed) {
			return false;
		}
		this.severity = graver;
		this.affectedServices = services;
		this.errorCount = content.signals();
		this.firstSeen = content.firstSeen();
		this.lastSeen = content.lastSeen();
		this.version++;
		return true;
	}

	/** Ends it because all it consisted of belongs to the other one. */
	void mergeInto(Incident other, Instant now) {
		this.status = IncidentStatus.MERGED;
		this.mergedInto = other.id;
		this.resolvedAt = (this.resolvedAt != null) ? this.resolvedAt : now;
		this.snooze = null;
		this.revision++;
	}

	/** Notes that this is the trouble of a resolved incident once more. */
	void recurs(UUID earlier) {
		this.recurrenceOf = earlier;
	}

	/**
	 * Moves along its life.
	 * @return whether it was elsewhere before
	 */
	boolean moveTo(IncidentStatus target, Instant now) {
		if (this.status == target) {
			return false;
		}
		this.status = target;
		this.snooze = null;
		this.resolvedAt = target.isActive() ? null : (this.resolvedAt != null) ? this.resolvedAt : now;
		if (target == IncidentStatus.INVESTIGATING) {
			this.acknowledgedAt = now;
		}
		else if (target == IncidentStatus.OPEN) {
			this.acknowledgedAt = null;
		}
		this.revision++;
		return true;
	}

	/**
	 * Opens it again when it was over; trouble that comes back is a regression.
	 * @return whether it was over
	 */
	boolean moveToOpenAgain(Instant now) {
		return this.status.isOver() && moveTo(IncidentStatus.OPEN, now);
	}

	/**
	 * Leaves it alone for a while.
	 * @return whether it was not, or under other conditions
	 */
	boolean rest(Snooze begun) {
		if (this.snooze != null && this.snooze.has(new Snooze.Terms(begun.until(), begun.factor()))) {
			return false;
		}
		this.status = IncidentStatus.SNOOZED;
		this.snooze = begun;
		this.revision++;
		return true;
	}

	/** Measures the rate of its signals again; nobody's view of it becomes stale. */
	void measure(Instant now) {
		if (this.snooze != null) {
			this.snooze = this.snooze.measured(now, this.errorCount);
		}
	}

	/**
	 * Gives it to somebody, or to nobody.
	 * @return whether somebody else had it
	 */
	boolean assign(@Nullable String assignee) {
		if (Objects.equals(this.assignee, assignee)) {
			return false;
		}
		this.assignee = assignee;
		this.revision++;
		return true;
	}

	/** Notes that something was said about it. */
	void remark() {
		this.revision++;
	}

	/**
	 * Makes room for one more analysis: there is one per version, and this one has its
	 * own.
	 * @return the version that wants an analysis now
	 */
	long anotherLook() {
		if (this.analyzedVersion >= this.version) {
			this.version++;
		}
		return this.version;
	}

	/**
	 * Notes that an analysis of this version exists.
	 * @return whether it is the first
	 */
	boolean analyzed(long version) {
		boolean first = this.analyzedVersion == 0;
		this.analyzedVersion = Math.max(this.analyzedVersion, version);
		return first;
	}

	UUID id() {
		return this.id;
	}

	ProjectId project() {
		return new ProjectId(this.projectId);
	}

	String traceId() {
		return this.traceId;
	}

	String title() {
		return this.title;
	}

	IncidentStatus status() {
		return this.status;
	}

	Severity severity() {
		return this.severity;
	}

	Instant detectedAt() {
		return this.detectedAt;
	}

	@Nullable Instant resolvedAt() {
		return this.resolvedAt;
	}

	@Nullable UUID mergedInto() {
		return this.mergedInto;
	}

	Instant firstSeen() {
		return this.firstSeen;
	}

	Instant lastSeen() {
		return this.lastSeen;
	}

	Collection<String> affectedServices() {
		return List.of(this.affectedServices);
	}

	long version() {
		return this.version;
	}

	/** How long it has been going on, as far as its signals tell. */
	Duration duration() {
		return Duration.between(this.firstSeen, this.lastSeen);
	}

	/**
	 * When its trouble ended, as far as anybody can tell at this time: with its last
	 * signal, but neither before it was known nor later than now, whatever the signal's
	 * clock says.
	 */
	Instant overSince(Instant now) {
		Instant last = this.lastSeen.isAfter(now) ? now : this.lastSeen;
		return last.isBefore(this.detectedAt) ? this.detectedAt : last;
	}

	long signals() {
		return this.errorCount;
	}

	long revision() {
		return this.revision;
	}

	@Nullable String assignee() {
		return this.assignee;
	}

	@Nullable Instant acknowledgedAt() {
		return this.acknowledgedAt;
	}

	@Nullable Snooze snooze() {
		return this.snooze;
	}

}
