package dev.whence.helm.model;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Finds what a manifest says and Kubernetes would not understand: the models keep it
 * aside as additional properties.
 */
final class UnknownFields {

	private final List<String> found = new ArrayList<>();

	private UnknownFields() {
	}

	/** The paths of unknown fields, such as {@code Deployment whence.spec.replica}. */
	static List<String> of(HasMetadata object) {
		UnknownFields fields = new UnknownFields();
		fields.visit(object.getKind() + " " + object.getMetadata().getName(), object);
		return fields.found;
	}

	private void visit(String path, Object value) {
		switch (value) {
			case null -> {
			}
			case Collection<?> many -> many.forEach((one) -> visit(path + "[]", one));
			case Map<?, ?> map -> map.forEach((key, one) -> visit(path + "." + key, one));
			case Object model when model.getClass().getName().startsWith("io.fabric8.") -> visitModel(path, model);
			default -> {
			}
		}
	}

	private void visitModel(String path, Object model) {
		for (Class<?> type = model.getClass(); type != null
				&& type.getName().startsWith("io.fabric8."); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (Modifier.isStatic(field.getModifiers()) || type.isEnum()) {
					continue;
				}
				Object value = read(field, model);
				if (field.getName().equals("additionalProperties")) {
					((Map<?, ?>) value).keySet().forEach((name) -> this.found.add(path + "." + name));
				}
				else {
					visit(path + "." + field.getName(), value);
				}
			}
		}
	}

	private static Object read(Field field, Object model) {
		try {
			field.setAccessible(true);
			return field.get(model);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
