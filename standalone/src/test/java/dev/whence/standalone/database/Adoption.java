package dev.whence.standalone.database;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes this process what a program is that a container starts without an init: orphans
 * below it become its children, and it never takes note of their death.
 */
final class Adoption implements AutoCloseable {

	private static final int PR_SET_CHILD_SUBREAPER = 36;

	private Adoption() {
	}

	static Adoption withoutReaping() {
		set(1);
		return new Adoption();
	}

	@Override
	public void close() {
		set(0);
	}

	private static void set(long adopt) {
		Linker linker = Linker.nativeLinker();
		try {
			MethodHandle prctl = linker.downcallHandle(linker.defaultLookup().findOrThrow("prctl"),
					FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
							ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
			int result = (int) prctl.invokeExact(PR_SET_CHILD_SUBREAPER, adopt, 0L, 0L, 0L);
			if (result != 0) {
				throw new IllegalStateException("prctl failed");
			}
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
