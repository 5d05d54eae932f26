package dev.whence.analysis.notification.outbound;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.message.Message;

import org.springframework.stereotype.Component;

/** The way out: sends one message through one channel, once. */
@Component
public class Outbound {

	private final Map<ChannelKind, ChannelSender> senders;

	Outbound(List<ChannelSender> senders) {
		this.senders = senders.stream().collect(Collectors.toMap(ChannelSender::kind, Function.identity()));
	}

	/** Sends in bounded time; failures of the other end are return values. */
	public Receipt send(Channel channel, Message message) {
		ChannelSender sender = this.senders.get(channel.kind());
		if (sender == null) {
			throw new IllegalStateException("nobody speaks to " + channel.kind());
		}
		return sender.send(channel, message);
	}

}
