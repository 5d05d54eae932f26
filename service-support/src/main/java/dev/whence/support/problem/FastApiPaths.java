package dev.whence.support.problem;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The paths whose clients were written for FastAPI and read failures in its form, see
 * {@link FastApiBody}.
 */
public final class FastApiPaths {

	private static final List<String> ROOTS = List.of("/api/auth", "/api/users", "/api/config", "/api/build");

	private FastApiPaths() {
	}

	/** Whether the path is one of them or lies below one. */
	public static boolean matches(@Nullable String path) {
		return path != null && ROOTS.stream()
			.anyMatch((root) -> path.startsWith(root)
					&& (path.length() == root.length() || path.charAt(root.length()) == '/'));
	}

}
