package dev.whence.support.wire;

/** Where messages go that can never be handled. */
public final class DeadLetters {

	private static final String SUFFIX = "-dlt";

	private DeadLetters() {
	}

	/** The topic that keeps the dead letters of another. */
	public static String topicOf(String topic) {
		return topic + SUFFIX;
	}

	/** Whether a topic keeps dead letters; poison among them is only counted. */
	public static boolean isDeadLetterTopic(String topic) {
		return topic.endsWith(SUFFIX);
	}

}
