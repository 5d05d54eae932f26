package dev.whence.control.audit;

import java.util.Locale;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what was done, in the transaction that does it: either both are kept or
 * neither. Outside a transaction it refuses.
 */
@Component
public class Audit {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Audit(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Records what the caller did in their own project.
	 * @param action a dotted name, what and then what happened to it, such as
	 * {@code key.revoked}
	 * @param kind of the object
	 * @param id of the object
	 * @param details a few words more; never a secret
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void record(Credential caller, String action, String kind, Object id, Map<String, ?> details) {
		record(Actor.of(caller), caller.project(), action, kind, id, details);
	}

	/**
	 * Records what somebody did, perhaps in a project that is not their own.
	 * @param project whose administrators may read it
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void record(Actor actor, ProjectId project, String action, String kind, Object id, Map<String, ?> details) {
		this.jdbc.sql("""
				insert into control.audit_entry (project_id, actor_kind, actor_id, actor_name, action, object_kind,
				                                 object_id, details)
				values (:project, :actorKind, :actorId, :actorName, :action, :kind, :id, :details::jsonb)
				""")
			.param("project", project.value())
			.param("actorKind", actor.kind().name().toLowerCase(Locale.ROOT))
			.param("actorId", actor.id())
			.param("actorName", actor.name())
			.param("action", action)
			.param("kind", kind)
			.param("id", id.toString())
			.param("details", this.json.writeValueAsString(details))
			.update();
	}

}
