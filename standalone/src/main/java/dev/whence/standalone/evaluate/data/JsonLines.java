package dev.whence.standalone.evaluate.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import dev.whence.standalone.StartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Files with one JSON object a line, packed with gzip when their name ends so. */
public final class JsonLines {

	private static final JsonMapper JSON = JsonMapper.shared();

	private JsonLines() {
	}

	/** Reads one line after the other; only one is in memory. */
	public static void read(Path file, Visitor visitor) {
		int number = 0;
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				number++;
				if (!line.isBlank()) {
					visitor.visit(number, (ObjectNode) JSON.readTree(line));
				}
			}
		}
		catch (IOException ex) {
			throw new StartException("The file " + file + " cannot be read: " + ex.getMessage() + ".", ex);
		}
		catch (JacksonException | ClassCastException ex) {
			throw new StartException("Line " + number + " of " + file + " is not a JSON object.", ex);
		}
	}

	/** All lines at once, for small files. */
	public static List<ObjectNode> all(Path file) {
		List<ObjectNode> lines = new ArrayList<>();
		read(file, (_, line) -> lines.add(line));
		return lines;
	}

	private static InputStream open(Path file) throws IOException {
		InputStream bytes = Files.newInputStream(file);
		return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
	}

	/** Takes the lines in their order, numbered from 1. */
	@FunctionalInterface
	public interface Visitor {

		void visit(int number, ObjectNode line);

	}

}
