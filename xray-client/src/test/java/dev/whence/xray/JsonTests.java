package dev.whence.xray;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTests {

	private static final int AMPLE = 10_000_000;

	/** What closes the frame and opens members that were begun comes on top. */
	private static final int FRAME = 2048;

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	static IntStream seeds() {
		return IntStream.range(0, 300);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsWrittenIsReadBack(int seed) {
		Anything anything = new Anything(new Random(seed));
		Map<String, @Nullable Object> data = anything.map(0);

		JsonNode read = this.mapper.readTree(Json.event("t", data, AMPLE));

		assertThat(read.path("data")).isEqualTo(this.mapper.readTree(anything.written(data)));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whateverTheRoomIsJsonIsWrittenAndSaysThatItIsCut(int seed) {
		Random random = new Random(seed);
		Map<String, @Nullable Object> data = new Anything(random).map(0);
		byte[] whole = Json.event("t", data, AMPLE);
		int room = 1 + random.nextInt(whole.length * 2);

		byte[] written = Json.event("t", data, room);

		JsonNode read = this.mapper.readTree(written);
		assertThat(written).hasSizeLessThanOrEqualTo(room + FRAME);
		assertThat(read.path("data").path("truncated").asBoolean(false)).isEqualTo(!Arrays.equals(written, whole));
	}

	@Test
	void whatComesFirstIsKept() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", "1");
		data.put("inputs", IntStream.range(0, 100_000).boxed().toList());
		data.put("outputs", "o");

		JsonNode read = this.mapper.readTree(Json.event("t", data, 1000)).path("data");

		assertThat(read.path("id").asString()).isEqualTo("1");
		assertThat(read.path("inputs").size()).isBetween(100, 1000);
		assertThat(read.has("outputs")).isFalse();
		assertThat(read.path("truncated").asBoolean()).isTrue();
	}

	@Test
	void numbersThatJsonDoesNotKnowAreNull() {
		assertThat(written(Double.NaN)).isEqualTo("null");
		assertThat(written(Float.NEGATIVE_INFINITY)).isEqualTo("null");
		assertThat(written(new double[] { 1.5, Double.POSITIVE_INFINITY })).isEqualTo("[1.5,null]");
	}

	@Test
	void numbersThatReadersRefuseAreTexts() {
		assertThat(written(BigInteger.TEN.pow(99))).isEqualTo("1" + "0".repeat(99));
		assertThat(written(BigInteger.TEN.pow(100))).startsWith("\"1");
		assertThat(written(new BigDecimal("1E+999999999"))).isEqualTo("\"1E+999999999\"");
		assertThat(written(new BigDecimal("0.10"))).isEqualTo("0.10");
	}

	@Test
	void whatIsNoJsonIsItsText() {
		assertThat(written(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
		assertThat(written(StepType.LLM)).isEqualTo("\"LLM\"");
		assertThat(written('x')).isEqualTo("\"x\"");
		// A path is an Iterable of itself.
		assertThat(written(Path.of("a"))).isEqualTo("\"a\"");
	}

	@Test
	void anObjectWithoutTextIsNamed() {
		assertThat(written(new Mute())).isEqualTo("\"(unprintable " + Mute.class.getName() + ")\"");
		assertThat(written(Map.of(new Mute(), 1))).contains("unprintable");
		List<Object> endless = new ArrayList<>();
		assertThat(written(new Object() {

			@Override
			public String toString() {
				return endless + toString();
			}

		})).contains("unprintable");
	}

	@Test
	void circlesEnd() {
		Map<String, Object> map = new HashMap<>();
		List<Object> list = new ArrayList<>();
		map.put("list", list);
		list.add(map);
		list.add(list);
		Object[] array = new Object[1];
		array[0] = array;

		assertThat(written(map)).isEqualTo("{\"list\":[\"(circle)\",\"(circle)\"]}");
		assertThat(written(array)).isEqualTo("[\"(circle)\"]");
	}

	@Test
	void theSameThingTwiceIsNoCircle() {
		List<Integer> shared = List.of(1);
		assertThat(written(List.of(shared, shared))).isEqualTo("[[1],[1]]");
	}

	@Test
	void depthEnds() {
		List<Object> deep = List.of();
		for (int level = 0; level < 100_000; level++) {
			deep = List.of(deep);
		}
		assertThat(written(deep)).contains("(too deep)").hasSizeLessThan(200);
	}

	@Test
	void aCollectionThatThrowsEndsWhereItThrows() {
		List<Object> throwing = new ArrayList<>(List.of(1, 2, 3)) {

			@Override
			public Iterator<Object> iterator() {
				Iterator<Object> all = super.iterator();
				return new Iterator<>() {

					@Override
					public boolean hasNext() {
						return true;
					}

					@Override
					public Object next() {
						return all.next();
					}

				};
			}

		};
		byte[] event = Json.event("t", Map.of("x", throwing), AMPLE);

		assertThat(this.mapper.readTree(event).path("data").toString()).isEqualTo("{\"x\":[1,2,3],\"truncated\":true}");
	}

	@Test
	void charactersAreEscapedAndHalvesOfCharactersReplaced() {
		assertThat(written("\"\\\n\u0000\u001f/é😀")).isEqualTo("\"\\\"\\\\\\n\\u0000\\u001f/é😀\"");
		assertThat(written("a\ud83d")).isEqualTo("\"a\ufffd\"");
		assertThat(written("\ude00a")).isEqualTo("\"\ufffda\"");
	}

	@Test
	void longTextsAreCutBetweenCharacters() {
		String text = this.mapper.readTree(written("x" + "😀".repeat(Json.LONGEST_TEXT))).asString();

		assertThat(text).hasSize(Json.LONGEST_TEXT - 1).endsWith("😀");
	}

	@Test
	void namesOfOneTextAreWrittenOnce() {
		Map<Object, Object> map = new LinkedHashMap<>();
		map.put(1, "number");
		map.put("1", "text");

		assertThat(written(map)).isEqualTo("{\"1\":\"number\"}");
	}

	private String written(Object value) {
		byte[] event = Json.event("t", Map.of("x", value), AMPLE);
		assertThat(this.mapper.readTree(event).path("type").asString()).isEqualTo("t");
		String whole = new String(event, StandardCharsets.UTF_8).replace(",\"truncated\":true", "");
		return whole.substring("{\"type\":\"t\",\"data\":{\"x\":".length(), whole.length() - "}}".length());
	}

	/** Has no text. */
	private static final class Mute {

		@Override
		public String toString() {
			throw new IllegalStateException("mute");
		}

	}

	/** Values of all kinds, and what Jackson makes of the same. */
	private record Anything(Random random) {

		Map<String, @Nullable Object> map(int depth) {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			for (int member = this.random.nextInt(8); member >= 0; member--) {
				map.put(text(), value(depth + 1));
			}
			return map;
		}

		@Nullable Object value(int depth) {
			return switch (this.random.nextInt((depth < 6) ? 14 : 11)) {
				case 0 -> null;
				case 1 -> this.random.nextBoolean();
				case 2 -> this.random.nextInt();
				case 3 -> this.random.nextLong();
				case 4 -> this.random.nextGaussian() * Math.pow(10, this.random.nextInt(600) - 300);
				case 5 -> new BigDecimal(this.random.nextLong()).movePointLeft(this.random.nextInt(40));
				case 6 -> new BigInteger(200, this.random);
				case 7 -> (short) this.random.nextInt();
				case 8 -> this.random.nextInt(7) / 8f;
				case 9, 10 -> text();
				case 11 -> map(depth);
				case 12 -> this.random.ints(this.random.nextInt(5)).toArray();
				default -> {
					List<@Nullable Object> list = new ArrayList<>();
					for (int element = this.random.nextInt(6); element > 0; element--) {
						list.add(value(depth + 1));
					}
					yield list;
				}
			};
		}

		String text() {
			int limit = this.random.nextBoolean() ? 0x80 : 0x20000;
			return this.random.ints(this.random.nextInt(20), 0, limit)
				.filter((point) -> point < 0xd800 || point > 0xdfff)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
		}

		String written(Map<String, @Nullable Object> data) {
			return JsonMapper.shared().writeValueAsString(data);
		}

	}

}
