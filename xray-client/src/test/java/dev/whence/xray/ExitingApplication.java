package dev.whence.xray;

/** Records and ends in some way or other, without a word to the client. */
final class ExitingApplication {

	static final int STATUS = 3;

	private ExitingApplication() {
	}

	public static void main(String[] arguments) {
		for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
			Run.start("run " + run).close();
		}
		switch (arguments[0]) {
			case "exits" -> System.exit(STATUS);
			case "throws" -> throw new IllegalStateException("the application's own failure");
			default -> {
				// Returns.
			}
		}
	}

}
