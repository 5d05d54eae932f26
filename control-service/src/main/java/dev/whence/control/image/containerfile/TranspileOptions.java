package dev.whence.control.image.containerfile;

import org.jspecify.annotations.Nullable;

/**
 * What is decided when a Containerfile is made, rather than in the definition.
 *
 * @param imageType null lets the definition decide
 * @param fedoraVersion the tag of a base image that has none
 * @param enablePlymouth whether there is a boot splash
 * @param strict false renders shell that cannot run as it has always been rendered; true
 * mends it
 * @param sourceDateEpoch seconds since 1970 that the build shall take for the time; null
 * asks for no reproducible build
 */
public record TranspileOptions(@Nullable String imageType, String fedoraVersion, boolean enablePlymouth, boolean strict,
		@Nullable Long sourceDateEpoch) {

	/** The version that is taken where nobody says anything. */
	public static final String DEFAULT_VERSION = "43";

}
