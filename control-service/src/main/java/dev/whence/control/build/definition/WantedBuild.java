package dev.whence.control.build.definition;

import org.jspecify.annotations.Nullable;

/**
 * What a request says; whatever it does not say is null.
 */
public record WantedBuild(@Nullable Long configId, @Nullable String definitionFilename, @Nullable String yamlContent,
		@Nullable String os, @Nullable String imageType, @Nullable String fedoraVersion,
		@Nullable Boolean enablePlymouth, @Nullable String windowManager, @Nullable String desktopEnvironment,
		String ref) {

	boolean describesASystem() {
		return this.os != null || this.windowManager != null || this.desktopEnvironment != null;
	}

}
