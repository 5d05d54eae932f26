package dev.whence.instrumenter.workflow;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads JSON as the clients out there write it: the original GitHub Action builds its
 * body with sed and escapes neither backslashes nor tabs, so control characters and
 * backslashes that escape nothing are taken for what they are.
 */
@Component
class WorkflowJson {

	private final JsonMapper mapper = JsonMapper
		.builder(JsonFactory.builder()
			.enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(32).maxStringLength(32 * 1024 * 1024).build())
			.build())
		.build();

	/** Doubles every backslash that JSON gives no meaning to, as in {@code \d}. */
	private static byte[] mended(byte[] body) {
		ByteArrayOutputStream mended = null;
		int copied = 0;
		for (int at = 0; at < body.length; at++) {
			if (body[at] == '\\') {
				if (!escapes(body, at + 1)) {
					mended = (mended != null) ? mended : new ByteArrayOutputStream(body.length + 1024);
					mended.write(body, copied, at - copied);
					mended.write('\\');
					copied = at;
				}
				else {
					at++;
				}
			}
		}
		if (mended == null) {
			return body;
		}
		mended.write(body, copied, body.length - copied);
		return mended.toByteArray();
	}

	private static boolean escapes(byte[] body, int at) {
		if (at < body.length && body[at] == 'u') {
			for (int digit = at + 1; digit <= at + 4; digit++) {
				if (digit >= body.length || Character.digit(body[digit], 16) < 0) {
					return false;
				}
			}
			return true;
		}
		return at < body.length && "\"\\/bfnrt".indexOf(body[at]) >= 0;
	}

	/** The members of an object. */
	Members object(byte[] body) {
		JsonNode node;
		try {
			node = this.mapper.readTree(mended(body));
		}
		catch (JacksonException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not JSON");
		}
		if (node == null || !node.isObject()) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not a JSON object");
		}
		return new Members(node, "");
	}

	/** An object's members, read one by one with the pointer of what is wrong. */
	record Members(JsonNode node, String pointer) {

		String required(String name) {
			String value = optional(name);
			if (value == null) {
				throw wrong(name, "is required");
			}
			return value;
		}

		@Nullable String optional(String name) {
			JsonNode value = this.node.get(name);
			if (value == null || value.isNull()) {
				return null;
			}
			if (!value.isString()) {
				throw wrong(name, "must be a string");
			}
			return value.stringValue();
		}

		boolean flag(String name, boolean otherwise) {
			JsonNode value = this.node.get(name);
			if (value == null || value.isNull()) {
				return otherwise;
			}
			if (!value.isBoolean()) {
				throw wrong(name, "must be true or false");
			}
			return value.booleanValue();
		}

		List<String> strings(String name) {
			List<String> values = new ArrayList<>();
			for (JsonNode item : array(name)) {
				if (!item.isString()) {
					throw wrong(name, "must be an array of strings");
				}
				values.add(item.stringValue());
			}
			return values;
		}

		List<Members> objects(String name) {
			List<Members> values = new ArrayList<>();
			for (JsonNode item : array(name)) {
				if (!item.isObject()) {
					throw wrong(name, "must be an array of objects");
				}
				values.add(new Members(item, this.pointer + "/" + name + "/" + values.size()));
			}
			return values;
		}

		private Iterable<JsonNode> array(String name) {
			JsonNode value = this.node.get(name);
			if (value == null || value.isNull()) {
				return List.of();
			}
			if (!value.isArray()) {
				throw wrong(name, "must be an array");
			}
			return value;
		}

		ProblemException wrong(String name, String what) {
			return new ProblemException(ProblemCode.INVALID_FIELD, name + " " + what,
					List.of(new FieldError(this.pointer + "/" + name, what)), null);
		}

		/** The names, in the order of the text. */
		List<String> names() {
			return List.copyOf(this.node.propertyNames());
		}

	}

}
