package dev.whence.query.search;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.SignalType;
import dev.whence.model.search.Expression;
import dev.whence.model.search.QueryParser;
import dev.whence.model.search.QuerySyntaxException;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.Position;
import dev.whence.store.SearchQuestion;
import org.jspecify.annotations.Nullable;

/**
 * What all questions of the search language have in common.
 *
 * @param from inclusive
 * @param to inclusive
 */
record SearchRequest(Kind kind, Expression expression, Instant from, Instant to) {

	/** What is looked at when nobody says. */
	private static final Duration USUAL = Duration.ofHours(24);

	/**
	 * Reads the parameters.
	 * @param now the end of the range when nobody says
	 */
	static SearchRequest of(@Nullable String kind, @Nullable String q, @Nullable String from, @Nullable String to,
			Instant now) {
		Instant end = QueryParameter.time("to", to);
		Instant begin = QueryParameter.time("from", from);
		Instant last = (end != null) ? end : now;
		Instant first = (begin != null) ? begin : last.minus(USUAL);
		if (first.isAfter(last)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter 'from' is not after 'to'");
		}
		Kind wanted = QueryParameter.oneOf(Kind.class, "kind", kind);
		return new SearchRequest((wanted != null) ? wanted : Kind.LOGS, expression("q", q), first, last);
	}

	/** Reads a parameter in the search language. */
	static Expression expression(String name, @Nullable String text) {
		try {
			return QueryParser.parse((text != null) ? text : "");
		}
		catch (QuerySyntaxException ex) {
			// The place as a pointer, so that a program can mark it.
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + name + "' cannot be understood at character " + (ex.position() + 1) + ": "
							+ ex.getMessage(),
					List.of(new ProblemException.FieldError("/" + name + "/" + ex.position(),
							String.valueOf(ex.getMessage()))),
					ex);
		}
	}

	SearchQuestion question(boolean newestFirst, @Nullable Position after) {
		return new SearchQuestion(this.kind.types(), this.expression, this.from, this.to, newestFirst, after);
	}

	/** The same about another range. */
	SearchRequest within(Instant first, Instant last) {
		return new SearchRequest(this.kind, this.expression, first, last);
	}

	/** The same about something else. */
	SearchRequest with(Expression other) {
		return new SearchRequest(this.kind, other, this.from, this.to);
	}

	/** What is searched. */
	enum Kind {

		LOGS(EnumSet.of(SignalType.LOG)), SPANS(EnumSet.of(SignalType.TRACE)), METRICS(EnumSet.of(SignalType.METRIC)),
		ALL(EnumSet.allOf(SignalType.class));

		private final Set<SignalType> types;

		Kind(Set<SignalType> types) {
			this.types = types;
		}

		Set<SignalType> types() {
			return this.types;
		}

	}

}
