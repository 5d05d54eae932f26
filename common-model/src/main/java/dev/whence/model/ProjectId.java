package dev.whence.model;

/**
 * The tenant that owns a row. It always comes from the credential of a request, never
 * from its body or its headers.
 *
 * @param value positive, assigned by the control service
 */
public record ProjectId(int value) {

	/** The project of an installation that has not created others. */
	public static final ProjectId DEFAULT = new ProjectId(1);

	public ProjectId {
		if (value < 1) {
			throw new IllegalArgumentException("a project id is positive, this one is " + value);
		}
	}

}
