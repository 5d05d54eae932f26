package dev.whence.control.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The archive of definitions with the Containerfiles and answers that the original made
 * of them, where it is at hand ({@code ../shared/data/image-golden.tar.xz} beside the
 * repository).
 */
public final class GoldenArchive {

	private static final JsonMapper JSON = new JsonMapper();

	private final Path root;

	private GoldenArchive(Path root) {
		this.root = root;
	}

	/** Unpacks the archive, or skips the test that asked. */
	public static GoldenArchive unpack(Path folder) throws Exception {
		Path archive = shared().resolve("data/image-golden.tar.xz");
		assumeTrue(Files.exists(archive), "no archive of image definitions beside this repository");
		Process tar = new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", folder.toString()).inheritIO()
			.start();
		assumeTrue(tar.waitFor() == 0, "the archive of image definitions could not be unpacked");
		GoldenArchive golden = new GoldenArchive(folder.resolve("image-golden"));
		golden.writeThemeTemplate();
		return golden;
	}

	/** The folder beside this repository, or the one that the property names. */
	public static Path shared() {
		Path here = Path.of("").toAbsolutePath();
		Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
		return Path.of(System.getProperty("whence.shared", root.resolveSibling("shared").toString()));
	}

	/** The folder with the lists of packages. */
	public Path folder() {
		return this.root;
	}

	public List<Case> cases() {
		List<Case> cases = new ArrayList<>();
		for (JsonNode node : JSON.readTree(text("manifest.json"))) {
			String name = node.get("case").asString();
			boolean ok = node.get("ok").asBoolean();
			cases.add(new Case(name, node.get("image_type").isNull() ? null : node.get("image_type").asString(),
					node.get("fedora_version").asString(), node.get("enable_plymouth").asBoolean(),
					text(name + "/input.yml"), ok ? text(name + "/expected.Containerfile") : null));
		}
		return cases;
	}

	/** What the original's validator answered. */
	public JsonNode answers() {
		return JSON.readTree(text("validate-golden.json"));
	}

	/** Whether the archive holds the file; some answers belong to files that it lacks. */
	public boolean has(String path) {
		return Files.exists(this.root.resolve(path));
	}

	public String text(String path) {
		try {
			return Files.readString(this.root.resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Takes the theme script from a case that has it with the defaults. */
	private void writeThemeTemplate() throws IOException {
		String whole = text("tier3-edge/017-sddm/auto__v43__ply/expected.Containerfile");
		String script = whole.substring(whole.indexOf("RUN set -eux;"),
				whole.indexOf("\n\n# ", whole.indexOf("RUN set -eux;")));
		Path file = this.root.resolve("templates/sddm-themes.Containerfile");
		Files.createDirectories(file.getParent());
		Files.writeString(file,
				script.replace("/tmp/sddm-themes-source", "@source@")
					.replace("/usr/share/sddm/themes", "@destination@")
					.replace("/etc/sddm.conf.d/99-theme.conf", "@config@"));
	}

	/**
	 * @param imageType null if no type was asked for
	 * @param expected null if the original failed
	 */
	public record Case(String name, String imageType, String fedoraVersion, boolean enablePlymouth, String input,
			String expected) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
