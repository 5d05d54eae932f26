package dev.whence.query.search;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.store.Budget;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Lets few questions search at the same time, so that whoever writes keeps the database;
 * the others wait a moment for their turn.
 */
@Component
@EnableConfigurationProperties(SearchProperties.class)
public class SearchGate {

	private final SearchProperties properties;

	private final Semaphore turns;

	SearchGate(SearchProperties properties) {
		this.properties = properties;
		this.turns = new Semaphore(properties.atOnce(), true);
	}

	/**
	 * Works on a question.
	 * @throws ProblemException {@code OVERLOADED} when its turn does not come in time
	 */
	public <T> T pass(Function<Budget, T> question) {
		try {
			if (!this.turns.tryAcquire(this.properties.time().toMillis(), TimeUnit.MILLISECONDS)) {
				throw new ProblemException(ProblemCode.OVERLOADED,
						"Too many searches are under way; try again in a moment");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProblemException(ProblemCode.OVERLOADED, "The service is stopping; try again");
		}
		try {
			return question.apply(new Budget(this.properties.time(), this.properties.bytes().toBytes()));
		}
		finally {
			this.turns.release();
		}
	}

}
