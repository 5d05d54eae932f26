package dev.whence.xray;

/**
 * What an application does inside a run or a step.
 *
 * @param <S> the run or the step
 * @param <T> what comes out
 * @param <E> what the application may throw
 */
@FunctionalInterface
public interface Work<S, T, E extends Exception> {

	T in(S subject) throws E;

}
