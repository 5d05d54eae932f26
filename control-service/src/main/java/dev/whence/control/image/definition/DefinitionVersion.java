package dev.whence.control.image.definition;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What one write made of a definition.
 *
 * @param number from 1, without gaps
 * @param writtenBy the name of the credential
 * @param restores the version that this one brought back, if it did
 */
public record DefinitionVersion(int number, DefinitionContent content, Instant writtenAt, String writtenBy,
		@Nullable Integer restores) {
}
