package dev.whence.control.image.folder;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where images find what does not stand in their definitions.
 *
 * @param folder holds {@code packages/common}, {@code packages/window-managers},
 * {@code packages/desktop-environments} and {@code templates}; null where there is none,
 * so that modules that need one say so in the Containerfile
 * @param definitions holds definitions as files; null stands for {@code definitions} in
 * the folder
 */
@ConfigurationProperties("whence.control.images")
public record ImageProperties(@Nullable Path folder, @Nullable Path definitions) {

	public ImageProperties {
		requireFolder("folder", folder);
		requireFolder("definitions", definitions);
	}

	private static void requireFolder(String key, @Nullable Path path) {
		if (path != null && !Files.isDirectory(path)) {
			throw new IllegalArgumentException("whence.control.images." + key + " is no folder: " + path);
		}
	}

	/** The folder of definitions, if there is one. */
	@Nullable Path definitionsFolder() {
		if (this.definitions != null) {
			return this.definitions;
		}
		return (this.folder != null) ? this.folder.resolve("definitions") : null;
	}

}
