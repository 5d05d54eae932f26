package dev.whence.support.wire.inprocess;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireProperties;

/** The groups of one topic and its latest messages, for groups that come later. */
class Topic {

	private final String name;

	private final WireProperties.InProcess bounds;

	private final Function<String, Group> newGroup;

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final Deque<WireMessage> retained = new ArrayDeque<>();

	Topic(String name, WireProperties.InProcess bounds, Function<String, Group> newGroup) {
		this.name = name;
		this.bounds = bounds;
		this.newGroup = newGroup;
	}

	/** Gives the message to every group, or to none when one of them has no room. */
	synchronized boolean publish(WireMessage message) {
		boolean room = this.groups.values().stream().allMatch(this::hasRoom);
		if (room) {
			retain(message);
			this.groups.values().forEach((group) -> group.add(message));
		}
		return room;
	}

	/** For dead letters, which nobody can send again. */
	synchronized void publishWhereThereIsRoom(WireMessage message) {
		retain(message);
		this.groups.values().stream().filter(this::hasRoom).forEach((group) -> group.add(message));
	}

	synchronized Group group(String group) {
		return this.groups.computeIfAbsent(group, (key) -> {
			Group created = this.newGroup.apply(key);
			this.retained.forEach(created::add);
			return created;
		});
	}

	synchronized void close() {
		this.groups.values().forEach(Group::close);
	}

	private void retain(WireMessage message) {
		if (this.retained.size() == this.bounds.retained()) {
			this.retained.removeFirst();
		}
		this.retained.addLast(message);
	}

	private boolean hasRoom(Group group) {
		return group.pending() < this.bounds.capacity();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
