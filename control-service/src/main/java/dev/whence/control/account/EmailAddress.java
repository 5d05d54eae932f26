package dev.whence.control.account;

import java.util.List;
import java.util.regex.Pattern;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;

/**
 * The name of an account, compared without case. ASCII alone: two addresses that look the
 * same are the same.
 */
public record EmailAddress(String value) {

	private static final int LONGEST = 254;

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
			+ "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

	public EmailAddress {
		if (!isValid(value)) {
			throw new ProblemException(ProblemCode.INVALID_FIELD, "email is not an e-mail address",
					List.of(new FieldError("/email", "is not an e-mail address")), null);
		}
	}

	/** Whether an account could have this name. */
	public static boolean isValid(String text) {
		return text.length() <= LONGEST && FORM.matcher(text).matches();
	}

}
