package dev.whence.store.column;

import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NumbersTests {

	private final Random random = new Random(7);

	@Test
	void aNumberIsFoundWhereverItStands() {
		long[] rising = LongStream.range(1_000_000, 1_000_500).map((n) -> n - n % 7).toArray();
		placesAreThoseOfTheNumbers(rising);
		placesAreThoseOfTheNumbers(numbers(() -> this.random.nextInt(20)));
		placesAreThoseOfTheNumbers(numbers(() -> this.random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE));
		placesAreThoseOfTheNumbers(numbers(() -> -3));
		placesAreThoseOfTheNumbers(new long[0]);
	}

	@Test
	void numbersOfNoKnownFormAreDamage() {
		ByteSource in = new ByteSource(new byte[] { 9, 1, 2 });
		assertThatExceptionOfType(DamagedColumnException.class).isThrownBy(() -> Numbers.placesOf(1, in, 2));
	}

	private static void placesAreThoseOfTheNumbers(long[] numbers) {
		ByteSink out = new ByteSink(16);
		Numbers.encode(numbers, out);
		byte[] encoded = out.toBytes();
		assertThat(Numbers.decode(new ByteSource(encoded), numbers.length)).isEqualTo(numbers);
		LongStream.concat(LongStream.of(numbers).distinct(), LongStream.of(0, 42, -1))
			.forEach((wanted) -> assertThat(Numbers.placesOf(wanted, new ByteSource(encoded), numbers.length))
				.isEqualTo(IntStream.range(0, numbers.length).filter((row) -> numbers[row] == wanted).toArray()));
	}

	private static long[] numbers(LongSupplier next) {
		return LongStream.generate(next).limit(300).toArray();
	}

}
