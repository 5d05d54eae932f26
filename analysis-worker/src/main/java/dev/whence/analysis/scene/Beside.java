package dev.whence.analysis.scene;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Does work while its owner does other work. Closing gives up what is not done yet.
 */
final class Beside implements AutoCloseable {

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * Begins. Asked for the result, the answer waits for it, and throws what the work
	 * threw.
	 */
	<T> Supplier<T> begin(Callable<T> work) {
		Future<T> result = this.threads.submit(work);
		return () -> await(result);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.threads.close();
	}

	private static <T> T await(Future<T> result) {
		try {
			return result.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while something was loaded", ex);
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException failure -> throw failure;
				case Error failure -> throw failure;
				case null, default -> throw new IllegalStateException(ex.getCause());
			}
		}
	}

}
