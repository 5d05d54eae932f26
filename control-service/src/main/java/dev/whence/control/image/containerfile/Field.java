package dev.whence.control.image.containerfile;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.whence.control.image.document.Place;
import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Null;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.document.YamlValue.Text;

/**
 * A value and the way to it, so that whoever finds it wrong can say where it stands.
 *
 * @param path such as {@code modules[2].scripts[0]}
 */
record Field(String path, YamlValue value) {

	Place place() {
		return this.value.place();
	}

	/** The value of a key; the place of a key that is missing is that of its mapping. */
	Optional<Field> get(String key) {
		return map().get(key).map((value) -> new Field(this.path.isEmpty() ? key : this.path + "." + key, value));
	}

	/** As {@link #get}, but a key without a value is as good as none. */
	Optional<Field> present(String key) {
		return get(key).filter((field) -> !(field.value() instanceof Null));
	}

	/** As {@link #get}, of what Python takes for true alone. */
	Optional<Field> truthy(String key) {
		return get(key).filter((field) -> field.value().isTruthy());
	}

	Mapping map() {
		if (this.value instanceof Mapping map) {
			return map;
		}
		throw wrong("a mapping");
	}

	List<Field> list() {
		if (this.value instanceof Sequence list) {
			return items(list.items());
		}
		throw wrong("a list");
	}

	List<Field> items(List<YamlValue> values) {
		return IntStream.range(0, values.size())
			.mapToObj((i) -> new Field("%s[%d]".formatted(this.path, i), values.get(i)))
			.toList();
	}

	String text() {
		if (this.value instanceof Text text) {
			return text.value();
		}
		throw wrong("a text");
	}

	/**
	 * The value as it stands in one line of the Containerfile. What would end that line
	 * begins an instruction of its own, which is no value but an attack or a mistake.
	 */
	String inline() {
		String text = PythonText.str(this.value);
		if (text.codePoints().anyMatch((point) -> point < ' ' || point == 0x7F)) {
			throw refused("must stand in one line without control characters");
		}
		return text;
	}

	/** As {@link #inline()}, at the end of an instruction, which must not go on. */
	String last() {
		String text = inline();
		if (text.endsWith("\\")) {
			throw refused("must not end in a backslash");
		}
		return text;
	}

	TranspileException wrong(String expected) {
		return refused("must be %s, this is %s".formatted(expected, this.value.kind()));
	}

	TranspileException refused(String reason) {
		return new TranspileException(this.path.isEmpty() ? "the definition" : this.path, reason, place());
	}

}
