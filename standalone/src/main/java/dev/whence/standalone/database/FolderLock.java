package dev.whence.standalone.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.whence.standalone.StartException;

/**
 * Says that a process works in the data folder. The operating system takes it back when
 * that process is gone, however it ended.
 */
final class FolderLock implements AutoCloseable {

	/** A killed process holds its files until the last of its memory is given back. */
	private static final long PATIENCE_SECONDS = 20;

	private final FileChannel channel;

	private FolderLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Waits a while for one that is ending.
	 * @throws StartException if another process works in the folder
	 */
	static FolderLock of(Path folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.resolve("in-use.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		FutureTask<Object> taken = new FutureTask<>(channel::lock);
		Thread.ofVirtual().name("folder-lock").start(taken);
		try {
			taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			return new FolderLock(channel);
		}
		catch (TimeoutException ex) {
			channel.close();
			throw inUse(folder, ex);
		}
		catch (ExecutionException ex) {
			channel.close();
			if (ex.getCause() instanceof OverlappingFileLockException) {
				throw inUse(folder, ex);
			}
			throw new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			channel.close();
			Thread.currentThread().interrupt();
			throw new StartException("Waiting for the data folder " + folder + " was interrupted.", ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static StartException inUse(Path folder, Exception cause) {
		return new StartException("The data folder " + folder
				+ " is in use by another process of Whence: stop that one, or choose another folder with --data.",
				cause);
	}

}
