package dev.whence.instrumenter.manifest;

import java.time.Duration;

/**
 * How much a manifest may ask of the parser. Bytes are for the caller to check before it
 * holds a text at all; these are checked on parser events, before anything is built.
 *
 * @param maxDepth nesting of collections; far below what recursion survives
 * @param maxDocuments documents of one stream
 * @param maxNodes scalars, aliases and collections together
 * @param deadline wall time of one manifest
 */
public record ManifestLimits(int maxDepth, int maxDocuments, int maxNodes, Duration deadline) {

	/** The figures of a service that answers strangers. */
	public static final ManifestLimits DEFAULT = new ManifestLimits(200, 5_000, 500_000, Duration.ofSeconds(2));

}
