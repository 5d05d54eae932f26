package dev.whence.support.problem;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.support.log.LogBudget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.DatabindException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The one place where an exception becomes an answer. What nobody foresaw is a bug: it is
 * logged with its stack here and nowhere else, and told without details.
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	private final LogBudget refusals = new LogBudget();

	private final ProblemWriter writer;

	private final List<ProblemTranslator> translators;

	ProblemAdvice(ProblemWriter writer, List<ProblemTranslator> translators) {
		this.writer = writer;
		this.translators = translators;
	}

	@ExceptionHandler
	void handle(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			log.debug("The caller of {} {} left before the answer", request.getMethod(), request.getRequestURI());
			return;
		}
		ProblemException problem = toProblem(failure, request);
		if (problem.code() == ProblemCode.INTERNAL) {
			log.error("Unexpected failure of {} {}", request.getMethod(), request.getRequestURI(), failure);
		}
		else if (problem.code().isTransient()) {
			// Whoever overloads a service would fill its log with one line a request.
			this.refusals.spend(problem.code(),
					(leftOut) -> log.warn("{} {} answered {}: {} ({} more like it before were not logged)",
							request.getMethod(), request.getRequestURI(), problem.code().status(), failure.toString(),
							leftOut));
		}
		if (failure instanceof HttpRequestMethodNotSupportedException method) {
			Set<HttpMethod> allowed = method.getSupportedHttpMethods();
			if (allowed != null) {
				response.setHeader(HttpHeaders.ALLOW,
						String.join(", ", allowed.stream().map(HttpMethod::name).sorted().toList()));
			}
		}
		this.writer.write(request, response, problem);
	}

	private ProblemException toProblem(Exception failure, HttpServletRequest request) {
		for (ProblemTranslator translator : this.translators) {
			ProblemException translated = translator.translate(failure);
			if (translated != null) {
				return translated;
			}
		}
		return switch (failure) {
			case ProblemException problem -> problem;
			case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
			case MethodArgumentNotValidException invalid -> invalidFields(invalid);
			case HandlerMethodValidationException invalid ->
				new ProblemException(ProblemCode.INVALID_PARAMETER, invalidParameters(invalid));
			case MissingServletRequestParameterException missing -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + missing.getParameterName() + "' is required");
			case MethodArgumentTypeMismatchException mismatch -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + mismatch.getName() + "' cannot be read");
			case TypeMismatchException mismatch -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + mismatch.getPropertyName() + "' cannot be read");
			case HttpRequestMethodNotSupportedException _ -> new ProblemException(ProblemCode.METHOD_NOT_ALLOWED,
					request.getMethod() + " is not a method of this path");
			case HttpMediaTypeNotSupportedException unsupported -> new ProblemException(
					ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This path takes " + unsupported.getSupportedMediaTypes());
			case HttpMediaTypeNotAcceptableException notAcceptable -> new ProblemException(ProblemCode.NOT_ACCEPTABLE,
					"This path answers with " + notAcceptable.getSupportedMediaTypes());
			case InvalidParameterException unreadable when unreadable.getErrorCode() == 413 ->
				new ProblemException(ProblemCode.BODY_TOO_LARGE, "The form is larger than this path takes");
			// Queries are looked at before, see QueryStringFilter.
			case InvalidParameterException _ -> new ProblemException(ProblemCode.MALFORMED_BODY,
					"A field of the form is not UTF-8 in percent-encoding, or there are too many fields");
			case NoResourceFoundException _ ->
				new ProblemException(ProblemCode.NOT_FOUND, "Nothing is served at this path");
			case ErrorResponse known when known.getStatusCode().value() == 404 ->
				new ProblemException(ProblemCode.NOT_FOUND, "Nothing is served at this path");
			case ErrorResponse known when known.getStatusCode().value() == 413 ->
				new ProblemException(ProblemCode.BODY_TOO_LARGE, "The body is larger than this path takes");
			case ErrorResponse known when known.getStatusCode().value() == 503 ->
				new ProblemException(ProblemCode.OVERLOADED, "The request waited too long");
			case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
				new ProblemException(ProblemCode.INVALID_PARAMETER, "The request cannot be understood");
			default -> new ProblemException(ProblemCode.INTERNAL,
					"An unexpected failure; the logs have it under this correlation id");
		};
	}

	// Where the body is JSON but a field has the wrong type, the field is named; what the
	// parser says is not told, because it quotes the payload.
	private static ProblemException unreadable(HttpMessageNotReadableException unreadable) {
		if (unreadable.getCause() instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
			String pointer = mismatch.getPath()
				.stream()
				.map((step) -> "/" + ((step.getPropertyName() != null) ? step.getPropertyName() : step.getIndex()))
				.collect(Collectors.joining());
			return new ProblemException(ProblemCode.INVALID_FIELD, pointer.substring(1) + " cannot be read",
					List.of(new FieldError(pointer, "has the wrong type or form")), unreadable);
		}
		return new ProblemException(ProblemCode.MALFORMED_BODY, "The body is missing or is not what this path takes");
	}

	private static ProblemException invalidFields(MethodArgumentNotValidException invalid) {
		List<FieldError> errors = invalid.getBindingResult()
			.getFieldErrors()
			.stream()
			.map((error) -> new FieldError(FieldPointer.of(invalid.getTarget(), error.getField()),
					String.valueOf(error.getDefaultMessage())))
			.toList();
		String detail = errors.isEmpty() ? "the body is not valid"
				: errors.getFirst().pointer().substring(1) + " " + errors.getFirst().message();
		return new ProblemException(ProblemCode.INVALID_FIELD, detail, errors, invalid);
	}

	private static String invalidParameters(HandlerMethodValidationException invalid) {
		return String.join("; ",
				invalid.getParameterValidationResults()
					.stream()
					.map((result) -> "The parameter '" + result.getMethodParameter().getParameterName() + "' "
							+ result.getResolvableErrors().getFirst().getDefaultMessage())
					.toList());
	}

}
