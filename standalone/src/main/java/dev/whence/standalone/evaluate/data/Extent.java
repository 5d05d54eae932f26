package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Instant;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A range of time that holds all of something, both ends included. */
public record Extent(Instant from, Instant to) {

	/** The extent of all signals of a file. */
	public static Extent of(Path file) {
		Builder builder = new Builder();
		JsonLines.read(file, (_, line) -> builder.add(line));
		return builder.build(file);
	}

	Extent and(Extent other) {
		return new Extent(this.from.isBefore(other.from) ? this.from : other.from,
				this.to.isAfter(other.to) ? this.to : other.to);
	}

	private static final class Builder {

		private @Nullable Extent extent;

		void add(ObjectNode line) {
			String end = line.path("end_time").asString("");
			Instant at = SignalLine.time(line);
			Extent own = new Extent(at, end.isEmpty() ? at : Instant.parse(end));
			this.extent = (this.extent != null) ? this.extent.and(own) : own;
		}

		Extent build(Path file) {
			if (this.extent == null) {
				throw new StartException("There is no signal in " + file + ".", null);
			}
			return this.extent;
		}

	}

}
