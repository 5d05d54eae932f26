package dev.whence.control.build;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be built, with everything decided.
 *
 * @param configId the stored definition that it comes from; null when from none
 * @param definition the name or the file of the definition; null when it was sent along
 * @param yaml the definition itself
 * @param ref the branch or tag whose workflow builds it
 */
public record BuildPlan(@Nullable Long configId, @Nullable String definition, String yaml, String imageType,
		String fedoraVersion, boolean enablePlymouth, @Nullable String windowManager,
		@Nullable String desktopEnvironment, String ref) {
}
