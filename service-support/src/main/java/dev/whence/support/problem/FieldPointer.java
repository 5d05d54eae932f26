package dev.whence.support.problem;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Turns the path of a property, such as {@code items[2].yamlContent}, into a pointer into
 * the JSON that the caller sent, where the record has other names:
 * {@code /items/2/yaml_content}.
 */
final class FieldPointer {

	private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([^\\]]*)\\]");

	private FieldPointer() {
	}

	static String of(@Nullable Object body, String path) {
		StringBuilder pointer = new StringBuilder();
		Type type = (body != null) ? body.getClass() : Object.class;
		Matcher step = STEP.matcher(path);
		while (step.find()) {
			if (step.group(2) != null) {
				type = elementOf(type);
				pointer.append('/').append(step.group(2));
			}
			else {
				RecordComponent component = component(type, step.group(1));
				JsonProperty name = (component != null) ? component.getAccessor().getAnnotation(JsonProperty.class)
						: null;
				pointer.append('/').append((name != null && !name.value().isEmpty()) ? name.value() : step.group(1));
				type = (component != null) ? component.getGenericType() : Object.class;
			}
		}
		return pointer.toString();
	}

	private static @Nullable RecordComponent component(Type type, String name) {
		RecordComponent[] components = (type instanceof Class<?> raw && raw.isRecord()) ? raw.getRecordComponents()
				: new RecordComponent[0];
		return Stream.of(components).filter((component) -> component.getName().equals(name)).findFirst().orElse(null);
	}

	private static Type elementOf(Type type) {
		return (type instanceof ParameterizedType list && list.getRawType() == List.class)
				? list.getActualTypeArguments()[0] : Object.class;
	}

}
