package dev.whence.analysis.notification.outbound;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.message.Message;

/** Speaks the language of one kind of channel. */
interface ChannelSender {

	ChannelKind kind();

	/** Sends once, in bounded time; failures are return values. */
	Receipt send(Channel channel, Message message);

}
