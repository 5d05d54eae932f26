package dev.whence.standalone.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.whence.standalone.StartException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of the predictions, one JSON object a line, each there as soon as it is known.
 */
final class Predictions implements AutoCloseable {

	private final BufferedWriter writer;

	private final JsonMapper json = JsonMapper.shared();

	private Predictions(BufferedWriter writer) {
		this.writer = writer;
	}

	/**
	 * Begins the file anew.
	 * @throws StartException when it cannot be written
	 */
	static Predictions to(Path file) {
		try {
			return new Predictions(Files.newBufferedWriter(file));
		}
		catch (IOException ex) {
			throw new StartException("The file " + file + " cannot be written.", ex);
		}
	}

	void write(Object prediction) {
		try {
			this.writer.write(this.json.writeValueAsString(prediction));
			this.writer.write('\n');
			this.writer.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.writer.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
