package dev.whence.support.wire.kafka;

import dev.whence.support.wire.DeadLetters;
import dev.whence.support.wire.PoisonMessageException;
import dev.whence.support.wire.WireHandler;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.MessageListener;

/**
 * Hands a record to the handler. Poison is put aside here and counts as handled; any
 * other failure goes on to the container.
 */
class DeliveringListener implements MessageListener<String, String> {

	private static final Logger logger = LoggerFactory.getLogger(DeliveringListener.class);

	private final String group;

	private final WireHandler handler;

	private final DeadLetterPublishingRecoverer deadLetters;

	private final WireMetrics metrics;

	DeliveringListener(String group, WireHandler handler, DeadLetterPublishingRecoverer deadLetters,
			WireMetrics metrics) {
		this.group = group;
		this.handler = handler;
		this.deadLetters = deadLetters;
		this.metrics = metrics;
	}

	@Override
	public void onMessage(ConsumerRecord<String, String> letter) {
		try {
			this.handler.handle(message(letter));
		}
		catch (Throwable failure) {
			if (!WireHandler.isPoison(failure)) {
				throw failure;
			}
			bury(letter, failure);
			return;
		}
		this.metrics.handled(letter.topic(), this.group);
	}

	// Records of foreign producers may lack a key or a value.
	@SuppressWarnings("NullAway")
	private static WireMessage message(ConsumerRecord<String, String> letter) {
		if (letter.value() == null) {
			throw new PoisonMessageException("the record has no value", null);
		}
		return new WireMessage(letter.topic(), (letter.key() != null) ? letter.key() : "", letter.value());
	}

	private void bury(ConsumerRecord<String, String> letter, Throwable failure) {
		logger.error("{} can never handle {}-{}@{}", this.group, letter.topic(), letter.partition(), letter.offset(),
				failure);
		if (!DeadLetters.isDeadLetterTopic(letter.topic())) {
			// Waits for the broker; a failure makes the record come again.
			this.deadLetters.accept(letter, null, (failure instanceof Exception exception) ? exception
					: new PoisonMessageException(failure.getClass().getName(), failure));
		}
		this.metrics.deadLettered(letter.topic(), this.group);
	}

}
