package dev.whence.analysis.notification.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.model.ProjectId;
import dev.whence.support.secret.SecretSeal;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The channels of all projects. A deleted one is not found any more. */
@Component
public class Channels {

	private static final String COLUMNS = """
			id, project_id, name, kind, enabled, settings, rate_messages, rate_seconds, created_at, updated_at
			""";

	private final JdbcClient jdbc;

	private final SecretSeal seal;

	private final JsonMapper json;

	Channels(JdbcClient jdbc, NotificationProperties properties, JsonMapper json) {
		this.jdbc = jdbc;
		this.seal = new SecretSeal(properties.secretKey(), "whence.notification.secret-key",
				"WHENCE_NOTIFICATION_SECRET_KEY");
		this.json = json;
	}

	/** Whether there is such a channel; its secrets stay sealed. */
	public boolean exists(ProjectId project, UUID id) {
		return this.jdbc.sql("""
				select exists (select 1 from incidents.notification_channel
				               where project_id = :project and id = :id and deleted_at is null)
				""").param("project", project.value()).param("id", id).query(Boolean.class).single();
	}

	public Optional<Channel> find(ProjectId project, UUID id) {
		return this.jdbc.sql("select " + COLUMNS + """
				from incidents.notification_channel
				where project_id = :project and id = :id and deleted_at is null
				""").param("project", project.value()).param("id", id).query(this::channel).optional();
	}

	/**
	 * Keeps a new channel.
	 * @throws org.springframework.dao.DuplicateKeyException when its name is taken
	 */
	public void add(Channel channel) {
		this.jdbc.sql("""
				insert into incidents.notification_channel (id, project_id, name, kind, enabled, target, settings,
				                                            rate_messages, rate_seconds)
				values (:id, :project, :name, :kind, :enabled, :target, :settings, :messages, :seconds)
				""")
			.param("id", channel.id())
			.param("project", channel.project().value())
			.param("name", channel.name())
			.param("kind", channel.kind().name())
			.param("enabled", channel.enabled())
			.param("target", channel.settings().target())
			.param("settings", sealed(channel))
			.param("messages", channel.rateMessages())
			.param("seconds", channel.ratePeriod().toSeconds())
			.update();
	}

	/**
	 * Replaces what can change about a channel.
	 * @throws org.springframework.dao.DuplicateKeyException when its name is taken
	 */
	public void change(Channel channel) {
		this.jdbc.sql("""
				update incidents.notification_channel
				set name = :name, enabled = :enabled, target = :target, settings = :settings, rate_messages = :messages,
				    rate_seconds = :seconds, updated_at = now()
				where id = :id and project_id = :project and deleted_at is null
				""")
			.param("id", channel.id())
			.param("project", channel.project().value())
			.param("name", channel.name())
			.param("enabled", channel.enabled())
			.param("target", channel.settings().target())
			.param("settings", sealed(channel))
			.param("messages", channel.rateMessages())
			.param("seconds", channel.ratePeriod().toSeconds())
			.update();
	}

	/**
	 * Deletes a channel, with its secrets.
	 * @return false when there was none
	 */
	public boolean delete(ProjectId project, UUID id) {
		return this.jdbc.sql("""
				update incidents.notification_channel set deleted_at = now(), enabled = false, settings = ''
				where id = :id and project_id = :project and deleted_at is null
				""").param("id", id).param("project", project.value()).update() == 1;
	}

	private byte[] sealed(Channel channel) {
		return this.seal.seal(this.json.writeValueAsString(channel.settings()),
				context(channel.project(), channel.id()));
	}

	private Channel channel(ResultSet rs, int row) throws SQLException {
		UUID id = rs.getObject("id", UUID.class);
		ProjectId project = new ProjectId(rs.getInt("project_id"));
		ChannelKind kind = ChannelKind.valueOf(rs.getString("kind"));
		ChannelSettings settings = this.json.readValue(this.seal.open(rs.getBytes("settings"), context(project, id)),
				kind.settings());
		return new Channel(id, project, rs.getString("name"), kind, rs.getBoolean("enabled"), settings,
				rs.getInt("rate_messages"), Duration.ofSeconds(rs.getInt("rate_seconds")),
				rs.getObject("created_at", OffsetDateTime.class).toInstant(),
				rs.getObject("updated_at", OffsetDateTime.class).toInstant());
	}

	private static String context(ProjectId project, UUID id) {
		return "channel:" + project.value() + ":" + id;
	}

}
