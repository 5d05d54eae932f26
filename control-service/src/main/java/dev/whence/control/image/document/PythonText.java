package dev.whence.control.image.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.whence.control.image.document.YamlValue.Bool;
import dev.whence.control.image.document.YamlValue.Bytes;
import dev.whence.control.image.document.YamlValue.Date;
import dev.whence.control.image.document.YamlValue.Int;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Moment;
import dev.whence.control.image.document.YamlValue.Null;
import dev.whence.control.image.document.YamlValue.Real;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.document.YamlValue.Text;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python's {@code str} and {@code repr} write them, because that is how they
 * have always stood in Containerfiles: {@code True}, {@code None}, {@code 1.1},
 * {@code ['a', 1]}.
 */
public final class PythonText {

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private PythonText() {
	}

	/** What {@code str(value)} is. */
	public static String str(YamlValue value) {
		return switch (value) {
			case Text text -> text.value();
			case Date date -> date.value().toString();
			case Moment moment -> str(moment.value()) + offset(moment.offset());
			default -> repr(value);
		};
	}

	/** What {@code repr(value)} is. */
	public static String repr(YamlValue value) {
		return switch (value) {
			case Null _ -> "None";
			case Bool bool -> bool.value() ? "True" : "False";
			case Int number -> number.value().toString();
			case Real number -> real(number.value());
			case Text text -> quoted(text.value());
			case Date date -> "datetime.date(%d, %d, %d)".formatted(date.value().getYear(),
					date.value().getMonthValue(), date.value().getDayOfMonth());
			case Moment moment -> repr(moment);
			case Bytes bytes -> bytes(bytes.value());
			case Sequence list ->
				list.items().stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
			case Mapping map -> map.entries()
				.stream()
				.map((entry) -> repr(entry.key()) + ": " + repr(entry.value()))
				.collect(Collectors.joining(", ", "{", "}"));
		};
	}

	/** A string with quotes, as {@code repr} chooses and escapes them. */
	public static String quoted(String text) {
		char quote = (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' : '\'';
		StringBuilder out = new StringBuilder().append(quote);
		text.codePoints().forEach((point) -> {
			if (point == quote || point == '\\') {
				out.append('\\').appendCodePoint(point);
			}
			else if (isPrintable(point)) {
				out.appendCodePoint(point);
			}
			else {
				out.append(escape(point));
			}
		});
		return out.append(quote).toString();
	}

	private static String escape(int point) {
		return switch (point) {
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> (point < 0x100) ? "\\x%02x".formatted(point)
					: (point < 0x10000) ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point);
		};
	}

	/** Whether Python shows the character as it is. */
	public static boolean isPrintable(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			case Character.SPACE_SEPARATOR -> point == ' ';
			default -> true;
		};
	}

	private static String bytes(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		char quote = (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' : '\'';
		return "b" + quote
				+ text.chars()
					.mapToObj((ch) -> (ch == quote || ch == '\\') ? "\\" + (char) ch
							: (ch >= 0x20 && ch < 0x7f) ? String.valueOf((char) ch) : escape(ch))
					.collect(Collectors.joining())
				+ quote;
	}

	/**
	 * The shortest digits that read back as the same number, with an exponent from 1e16
	 * and below 1e-4, as Python has them.
	 */
	private static String real(double value) {
		if (Double.isNaN(value)) {
			return "nan";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "inf" : "-inf";
		}
		if (value == 0) {
			return (1 / value > 0) ? "0.0" : "-0.0";
		}
		BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
		int exponent = digits.precision() - digits.scale() - 1;
		if (exponent >= -4 && exponent < 16) {
			String plain = digits.toPlainString();
			return plain.contains(".") ? plain : plain + ".0";
		}
		String unscaled = digits.unscaledValue().abs().toString();
		String mantissa = (unscaled.length() == 1) ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
		return ((value < 0) ? "-" : "") + mantissa + "e" + ((exponent < 0) ? "-" : "+")
				+ "%02d".formatted(Math.abs(exponent));
	}

	private static String str(LocalDateTime time) {
		String seconds = time.format(SECONDS);
		return (time.getNano() == 0) ? seconds : seconds + ".%06d".formatted(time.getNano() / 1000);
	}

	private static String offset(@Nullable ZoneOffset offset) {
		if (offset == null) {
			return "";
		}
		int minutes = Math.abs(offset.getTotalSeconds() / 60);
		return "%s%02d:%02d".formatted((offset.getTotalSeconds() < 0) ? "-" : "+", minutes / 60, minutes % 60);
	}

	private static String repr(Moment moment) {
		LocalDate date = moment.value().toLocalDate();
		StringBuilder out = new StringBuilder("datetime.datetime(%d, %d, %d, %d, %d".formatted(date.getYear(),
				date.getMonthValue(), date.getDayOfMonth(), moment.value().getHour(), moment.value().getMinute()));
		int micros = moment.value().getNano() / 1000;
		if (moment.value().getSecond() != 0 || micros != 0) {
			out.append(", ").append(moment.value().getSecond());
		}
		if (micros != 0) {
			out.append(", ").append(micros);
		}
		ZoneOffset offset = moment.offset();
		if (offset != null) {
			out.append(", tzinfo=datetime.timezone").append(zone(offset));
		}
		return out.append(')').toString();
	}

	private static String zone(ZoneOffset offset) {
		int seconds = offset.getTotalSeconds();
		if (seconds == 0) {
			return ".utc";
		}
		// A negative duration is days before and seconds after.
		return (seconds > 0) ? "(datetime.timedelta(seconds=%d))".formatted(seconds)
				: "(datetime.timedelta(days=-1, seconds=%d))".formatted(seconds + 86_400);
	}

}
