package dev.whence.control.image.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** Letters and digits of any script, hyphens and underscores, and not these alone. */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ConfigName.Check.class)
@interface ConfigName {

	String message() default "Name must contain only alphanumeric characters, hyphens, and underscores";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Python's {@code isalnum} of what is left without hyphens and underscores. */
	class Check implements ConstraintValidator<ConfigName, String> {

		@Override
		public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
			if (name == null) {
				return true;
			}
			String rest = name.replace("-", "").replace("_", "");
			return !rest.isEmpty() && rest.codePoints().allMatch(Check::isAlphanumeric);
		}

		private static boolean isAlphanumeric(int point) {
			return switch (Character.getType(point)) {
				case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
				default -> Character.isLetter(point);
			};
		}

	}

}
