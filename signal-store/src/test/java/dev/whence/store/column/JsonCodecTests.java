package dev.whence.store.column;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonCodecTests {

	@Test
	void objectsThatAllHaveTheSameNamesAreReadBack() {
		areReadBack(IntStream.range(0, 50).mapToObj("{\"id\":%1$d,\"user\":\"u%1$d\"}"::formatted));
	}

	@Test
	void anObjectMayHaveANameTwice() {
		areReadBack(IntStream.range(0, 50).mapToObj("{\"a\":%1$d,\"b\":true,\"a\":\"%1$d\"}"::formatted));
	}

	@Test
	void objectsOfManyShapesAreReadBackWholeAndMemberByMember() {
		List<String> objects = IntStream.range(0, 200).mapToObj((i) -> switch (i % 5) {
			case 0 -> "{}";
			case 1 -> "{\"a\":" + i + "}";
			case 2 -> "{\"b\":\"x" + i + "\",\"a\":" + i + "}";
			case 3 -> "{\"c\":null,\"a\":" + -i + ",\"b\":[1,2]}";
			default -> "{\"b\":" + i + "}";
		}).toList();
		JsonValues read = areReadBack(objects.stream());
		byte[] name = bytes("\"a\"");
		assertThat(read.isApart()).isTrue();
		assertThat(read.member(0, name)).isNull();
		assertThat(read.member(51, name)).isEqualTo(bytes("51"));
		assertThat(read.member(102, name)).isEqualTo(bytes("102"));
		assertThat(read.member(198, name)).isEqualTo(bytes("-198"));
		assertThat(read.member(199, name)).isNull();
	}

	private static JsonValues areReadBack(Stream<String> objects) {
		List<byte[]> values = objects.map(JsonCodecTests::bytes).toList();
		ByteSink out = new ByteSink(1024);
		JsonCodec.INSTANCE.encode(List.copyOf(values), out, Vocabulary.NONE);
		Values read = JsonCodec.INSTANCE.decode(new ByteSource(out.toBytes()), values.size());
		for (int row = 0; row < values.size(); row++) {
			assertThat(read.get(row)).isEqualTo(values.get(row));
		}
		return (JsonValues) read;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
