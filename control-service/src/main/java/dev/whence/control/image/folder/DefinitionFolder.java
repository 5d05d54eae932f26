package dev.whence.control.image.folder;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Null;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** The definitions that an installation keeps as files, for everybody to start from. */
@Component
public class DefinitionFolder {

	private static final Logger log = LoggerFactory.getLogger(DefinitionFolder.class);

	private static final int MOST_FILES = 500;

	private static final long MOST_BYTES = DocumentLimits.DEFAULT.maxCharacters();

	private final @Nullable Path folder;

	public DefinitionFolder(ImageProperties properties) {
		this.folder = properties.definitionsFolder();
	}

	/** What there is, by file name; nothing where there is no folder. */
	public List<DefinitionFile> list() {
		if (this.folder == null || !Files.isDirectory(this.folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".yml") || name.endsWith(".yaml"))
				.filter(DefinitionFolder::isPlain)
				.sorted()
				.limit(MOST_FILES)
				.flatMap((name) -> read(name).map((content) -> describe(name, content)).stream())
				.toList();
		}
		catch (IOException ex) {
			log.warn("The folder of definitions cannot be listed: {}", ex.toString());
			return List.of();
		}
	}

	/**
	 * The text of a file.
	 * @param filename a name without a way, see {@link #isPlain}
	 */
	public Optional<String> read(String filename) {
		if (this.folder == null || !isPlain(filename)) {
			return Optional.empty();
		}
		Path file = this.folder.resolve(filename);
		try {
			return (Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES) ? Optional.of(Files.readString(file))
					: Optional.empty();
		}
		catch (MalformedInputException ex) {
			log.warn("The definition {} is not UTF-8", filename);
			return Optional.empty();
		}
		catch (IOException ex) {
			log.warn("The definition {} cannot be read: {}", filename, ex.toString());
			return Optional.empty();
		}
	}

	/** Whether the name leads nowhere but into the folder. */
	public static boolean isPlain(String filename) {
		return !filename.isEmpty() && !filename.contains("..") && filename.length() <= 255
				&& filename.chars().allMatch((ch) -> ch > ' ' && ch != '/' && ch != '\\' && ch != ':' && ch != 0x7F);
	}

	private static DefinitionFile describe(String filename, String content) {
		String stem = filename.substring(0, filename.lastIndexOf('.'));
		String path = "definitions/" + filename;
		try {
			return (DefinitionText.read(content, DocumentLimits.DEFAULT) instanceof Mapping map)
					? new DefinitionFile(filename, text(map, "name").orElse(stem),
							text(map, "description").orElse(null), text(map, "image-type").orElse(null), path)
					: new DefinitionFile(filename, stem, null, null, path);
		}
		catch (DocumentException ex) {
			return new DefinitionFile(filename, stem, null, null, path);
		}
	}

	private static Optional<String> text(Mapping map, String key) {
		return map.get(key).filter((value) -> !(value instanceof Null)).map((YamlValue value) -> PythonText.str(value));
	}

	/**
	 * A file of the folder and what it says about itself.
	 *
	 * @param name what the definition says, or else the name of the file
	 * @param imageType null when it does not say
	 * @param path where it stands in the folder of images
	 */
	public record DefinitionFile(String filename, String name, @Nullable String description, @Nullable String imageType,
			String path) {
	}

}
