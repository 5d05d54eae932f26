package dev.whence.control.image.folder;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.document.DocumentLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Reads the lists and templates of the configured folder. A file is read again once it
 * has changed; one that is not there is empty where it only adds something, and an
 * {@link ImageFolderException} where a module asked for it by name.
 */
@Component
@EnableConfigurationProperties(ImageProperties.class)
public class ImageFolder {

	/** Larger than any list of packages; who puts more here made a mistake. */
	private static final long MOST_BYTES = 1_000_000;

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._+-]{0,99}");

	private final @Nullable Path folder;

	private final Map<Path, Read> read = new ConcurrentHashMap<>();

	public ImageFolder(ImageProperties properties) {
		this.folder = properties.folder();
	}

	/** What is removed from every image; empty where there is no such list. */
	public List<String> removed() {
		return list("packages", "common", "remove.yml").orElse(PackageList.EMPTY).packages();
	}

	/** What goes into every image that asks for it. */
	public PackageList common() {
		return list("packages", "common", "base.yml")
			.orElseThrow(() -> new ImageFolderException("there is no list packages/common/base.yml"));
	}

	/** The packages of a window manager. */
	public PackageList windowManager(String name) {
		return named("window-managers", "window manager", name);
	}

	/** The packages of a desktop environment. */
	public PackageList desktopEnvironment(String name) {
		return named("desktop-environments", "desktop environment", name);
	}

	/** The template of a module that is rendered from one. */
	public String template(String module) {
		return text("templates", module + ".Containerfile").orElseThrow(
				() -> new ImageFolderException("there is no template templates/%s.Containerfile".formatted(module)));
	}

	private PackageList named(String kind, String spoken, String name) {
		Optional<PackageList> found = NAME.matcher(name).matches() ? list("packages", kind, name + ".yml")
				: Optional.empty();
		return found
			.orElseThrow(() -> new ImageFolderException("there is no list of the %s '%s'".formatted(spoken, name)));
	}

	private Optional<PackageList> list(String... path) {
		return read(path).map((read) -> read.list().get());
	}

	private Optional<String> text(String... path) {
		return read(path).map(Read::text);
	}

	private Optional<Read> read(String... path) {
		if (this.folder == null) {
			return Optional.empty();
		}
		Path file = this.folder.resolve(Path.of("", path));
		try {
			BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
			if (now.size() > MOST_BYTES) {
				throw new ImageFolderException(Path.of("", path) + " is larger than a list may be");
			}
			Read known = this.read.get(file);
			if (known == null || !known.isOf(now)) {
				known = Read.of(Files.readString(file), now);
				this.read.put(file, known);
			}
			return Optional.of(known);
		}
		catch (NoSuchFileException ex) {
			this.read.remove(file);
			return Optional.empty();
		}
		catch (MalformedInputException ex) {
			throw new ImageFolderException(Path.of("", path) + " is not UTF-8");
		}
		catch (IOException ex) {
			throw new ImageFolderException(Path.of("", path) + " cannot be read");
		}
	}

	/** A file as it was. */
	private record Read(String text, Supplier<PackageList> list, long modified, long size) {

		static Read of(String text, BasicFileAttributes attributes) {
			return new Read(text, SingletonSupplier.of(() -> parse(text)), attributes.lastModifiedTime().toMillis(),
					attributes.size());
		}

		boolean isOf(BasicFileAttributes attributes) {
			return this.modified == attributes.lastModifiedTime().toMillis() && this.size == attributes.size();
		}

		private static PackageList parse(String text) {
			try {
				return PackageList.of(DefinitionText.read(text, DocumentLimits.DEFAULT));
			}
			catch (DocumentException ex) {
				throw new ImageFolderException("a list of packages is not YAML at " + ex.place());
			}
		}

	}

}
