package dev.whence.control.image.folder;

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

	/** The folder of definitions, if there is one. */
	@Nullable Path definitionsFolder() {
		if (this.definitions != null) {
			return this.definitions;
		}
		return (this.folder != null) ? this.folder.resolve("definitions") : null;
	}

}
