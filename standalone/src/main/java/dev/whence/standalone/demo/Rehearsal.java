package dev.whence.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What happened in the shop in the minutes before now: normal ones, and quiet faults with
 * enough normal minutes around each that Whence tells them apart.
 *
 * @param minutes all of them, the oldest first and without gaps
 */
record Rehearsal(List<Minute> minutes) {

	static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * Detection asks for five; the more there are, the better the usual variation is
	 * known.
	 */
	static final int NORMAL_FIRST = 12;

	/** Trouble counts from its second minute on. */
	static final int FAULTY = 2;

	/** Trouble is over after three, and more than two keep two incidents apart. */
	static final int NORMAL_AFTER = 4;

	/**
	 * Minutes of the last ten are counted before older ones, and detection goes forward
	 * only: where all are older, they are looked at in their order.
	 */
	static final Duration AGO = Duration.ofMinutes(11);

	Rehearsal {
		minutes = List.copyOf(minutes);
	}

	/**
	 * One minute.
	 *
	 * @param fault what is wrong in all of it, if anything
	 */
	record Minute(Instant start, @Nullable QuietFault fault) {
	}

	/** The faults one after the other, all of them a while ago. */
	static Rehearsal before(Instant now, List<QuietFault> faults) {
		List<@Nullable QuietFault> played = new ArrayList<>();
		repeat(NORMAL_FIRST, null, played);
		for (QuietFault fault : faults) {
			repeat(FAULTY, fault, played);
			repeat(NORMAL_AFTER, null, played);
		}
		Instant start = now.truncatedTo(ChronoUnit.MINUTES).minus(AGO).minus(MINUTE.multipliedBy(played.size()));
		List<Minute> minutes = new ArrayList<>();
		for (QuietFault fault : played) {
			minutes.add(new Minute(start.plus(MINUTE.multipliedBy(minutes.size())), fault));
		}
		return new Rehearsal(minutes);
	}

	private static void repeat(int times, @Nullable QuietFault fault, List<@Nullable QuietFault> played) {
		for (int i = 0; i < times; i++) {
			played.add(fault);
		}
	}

	Instant start() {
		return this.minutes.getFirst().start();
	}

	Instant end() {
		return this.minutes.getLast().start().plus(MINUTE);
	}

	/** When the fault began; it is one of those that are played. */
	Instant beginOf(QuietFault fault) {
		return this.minutes.stream()
			.filter((minute) -> minute.fault() == fault)
			.map(Minute::start)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Whether an incident that was first seen then is about the fault: it may begin with
	 * the minute before and last into the normal minutes after it.
	 */
	boolean isAbout(QuietFault fault, Instant firstSeen) {
		Instant begin = beginOf(fault);
		return !firstSeen.isBefore(begin.minus(MINUTE))
				&& firstSeen.isBefore(begin.plus(MINUTE.multipliedBy(FAULTY + 1)));
	}

	/** Whether the instant lies in these minutes. */
	boolean holds(Instant time) {
		return !time.isBefore(start()) && time.isBefore(end());
	}

	/** The faults in the order in which they happened. */
	List<QuietFault> faults() {
		return this.minutes.stream().map(Minute::fault).filter(Objects::nonNull).distinct().toList();
	}

	/** When as many minutes have passed since the shop was open. */
	Instant freeAfter(Instant open) {
		return open.truncatedTo(ChronoUnit.MINUTES).plus(AGO).plus(MINUTE.multipliedBy(this.minutes.size() + 1L));
	}

	/** What a monitoring of the shop's front would have reported of the fault. */
	Map<String, Object> alert(QuietFault fault) {
		Instant begin = beginOf(fault);
		return Map.of("labels", Map.of("alertname", fault.symptom(), "service", "web-frontend", "severity", "critical"),
				"startsAt", begin.toString(), "endsAt", begin.plus(MINUTE.multipliedBy(FAULTY)).toString());
	}

}
