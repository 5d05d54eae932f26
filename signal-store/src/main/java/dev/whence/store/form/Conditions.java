package dev.whence.store.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a filter becomes in SQL: terms of which all must hold, and the values of their
 * named parameters. Terms are written by the caller and hold no values themselves.
 */
public final class Conditions {

	private final List<String> terms = new ArrayList<>();

	private final Map<String, Object> parameters = new HashMap<>();

	/** None yet, which everything meets. */
	public Conditions() {
	}

	/** What belongs to a project, by the column of that name; {@code :project} is it. */
	public static Conditions of(ProjectId project) {
		return new Conditions().and("project_id = :project", "project", project.value());
	}

	/** Adds a term without parameters of its own. */
	public Conditions and(String term) {
		this.terms.add(term);
		return this;
	}

	/**
	 * Adds a term with a parameter.
	 * @param value null when the filter leaves it open, which adds nothing
	 */
	public Conditions and(String term, String name, @Nullable Object value) {
		return (value != null) ? and(term).with(name, value) : this;
	}

	/** Says what one more parameter of a term is. */
	public Conditions with(String name, Object value) {
		this.parameters.put(name, value);
		return this;
	}

	public boolean isEmpty() {
		return this.terms.isEmpty();
	}

	/** The terms, for behind {@code where}; {@code true} when there are none. */
	public String sql() {
		return this.terms.isEmpty() ? "true" : String.join("\n and ", this.terms);
	}

	public Map<String, Object> parameters() {
		return this.parameters;
	}

}
