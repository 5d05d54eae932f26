package dev.whence.instrumenter.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import dev.whence.instrumenter.manifest.InstrumentResult;
import dev.whence.instrumenter.manifest.Instrumenter;
import dev.whence.instrumenter.manifest.ManifestBytes;
import dev.whence.instrumenter.manifest.ManifestLimits;
import dev.whence.instrumenter.manifest.ManifestRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Instruments files on the command line. Exit status: 0 done, 1 a change is due (--check)
 * or a file could not be read as a manifest, 2 wrong usage.
 */
public final class InstrumentCommand {

	private static final long MAX_BYTES = 5 * 1024 * 1024;

	private final CommandLine line;

	private final PrintStream out;

	private final PrintStream err;

	/** A person waits, no stranger asks: a cold machine may take its time. */
	private final Instrumenter instrumenter = new Instrumenter(new ManifestLimits(ManifestLimits.DEFAULT.maxDepth(),
			ManifestLimits.DEFAULT.maxDocuments(), ManifestLimits.DEFAULT.maxNodes(), Duration.ofSeconds(30)));

	private final @Nullable RemoteInstrumenter remote;

	private int changed;

	private int failed;

	private InstrumentCommand(CommandLine line, PrintStream out, PrintStream err) {
		this.line = line;
		this.out = out;
		this.err = err;
		this.remote = (line.server() != null) ? new RemoteInstrumenter(line.server()) : null;
	}

	public static void main(String[] args) {
		System.exit(run(System.out, System.err, args));
	}

	/** The program without the exit. */
	static int run(PrintStream out, PrintStream err, String... args) {
		CommandLine line;
		try {
			line = CommandLine.parse(args);
		}
		catch (IllegalArgumentException ex) {
			err.println("instrument: " + ex.getMessage());
			err.print(CommandLine.USAGE);
			return 2;
		}
		return new InstrumentCommand(line, out, err).run();
	}

	private int run() {
		List<Path> files = new ArrayList<>();
		for (Path path : this.line.paths()) {
			if (!Files.exists(path)) {
				this.err.println("instrument: there is no " + path);
				return 2;
			}
			try (Stream<Path> walk = Files.walk(path)) {
				walk.filter((file) -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
					.filter((file) -> file.equals(path) || isManifest(file))
					.sorted()
					.forEach(files::add);
			}
			catch (IOException ex) {
				this.err.println("instrument: cannot list " + path);
				return 2;
			}
		}
		files.forEach(this::file);
		this.err.println("%d files, %d %s, %d not read".formatted(files.size(), this.changed,
				(this.line.action() == CommandLine.Action.WRITE) ? "changed" : "to change", this.failed));
		return (this.failed > 0 || (this.line.action() == CommandLine.Action.CHECK && this.changed > 0)) ? 1 : 0;
	}

	private void file(Path file) {
		try {
			if (Files.size(file) > MAX_BYTES) {
				fail(file, "larger than 5 MiB");
				return;
			}
			String text = ManifestBytes.decode(Files.readAllBytes(file));
			InstrumentResult result = (this.remote != null) ? this.remote.instrument(text, this.line.options())
					: this.instrumenter.instrument(text, this.line.options());
			result.findings()
				.forEach((finding) -> this.err
					.println("%s:%d: %s %s%s".formatted(file, finding.line(), finding.severity(), finding.message(),
							(finding.container() != null) ? " (" + finding.container() + ")" : "")));
			if (result.changed()) {
				this.changed++;
				show(file, result);
			}
		}
		catch (ManifestRefusedException ex) {
			fail(file, ex.explanation());
		}
		catch (IOException ex) {
			fail(file, (this.remote != null) ? "the server cannot be asked, or the file not be written"
					: "cannot be read or written");
		}
	}

	private void show(Path file, InstrumentResult result) throws IOException {
		switch (this.line.action()) {
			case CHECK -> this.out.println(file);
			case DIFF -> this.out.print(result.diff()
				.replaceFirst("a/manifest", "a/" + slashed(file))
				.replaceFirst("b/manifest", "b/" + slashed(file)));
			case WRITE -> write(file, result.text());
		}
	}

	private static String slashed(Path file) {
		return Matcher.quoteReplacement(file.toString().replace('\\', '/'));
	}

	/** All or nothing: a reader sees the old file or the new one. */
	private static void write(Path file, String text) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		Path temporary = Files.createTempFile(folder, ".instrument", ".tmp");
		try {
			Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
			if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private void fail(Path file, String reason) {
		this.failed++;
		this.err.println(file + ": " + reason);
	}

	private static boolean isManifest(Path file) {
		String name = file.getFileName().toString();
		return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
	}

}
