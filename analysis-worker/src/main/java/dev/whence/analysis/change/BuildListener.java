package dev.whence.analysis.change;

import java.util.List;
import java.util.Optional;

import dev.whence.analysis.evidence.Change;
import dev.whence.model.BuildChanged;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireConsumer;
import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Keeps what builds, deployments and commits have changed. What failed has changed
 * nothing, and is no evidence. A message that comes again tells of a change that is
 * known.
 */
@Component
class BuildListener extends WireConsumer {

	private static final String GROUP = "analysis.change";

	private static final int LONGEST_SERVICE = 255;

	private static final int LONGEST_WHAT = 500;

	private static final int LONGEST_LINK = 2000;

	private final ChangeEvents changes;

	BuildListener(EventWire wire, ChangeEvents changes) {
		super(wire);
		this.changes = changes;
	}

	@Override
	protected List<Interest> interests() {
		return List.of(new Interest(BuildChanged.TOPIC, GROUP, this::buildChanged));
	}

	private void buildChanged(WireMessage message) {
		BuildChanged event = (BuildChanged) EventCodec.decode(message);
		kindOf(event).ifPresent(
				(kind) -> this.changes.put(event.project(), kind, new Change(text(event.service(), LONGEST_SERVICE),
						event.occurredAt(), text(event.what(), LONGEST_WHAT), link(event.link()))));
	}

	private static Optional<ChangeKind> kindOf(BuildChanged event) {
		boolean success = event.state().equals(BuildChanged.SUCCESS);
		return switch (event.kind()) {
			case BuildChanged.BUILD -> success ? Optional.of(ChangeKind.BUILD) : Optional.empty();
			case BuildChanged.DEPLOYMENT -> success ? Optional.of(ChangeKind.DEPLOY) : Optional.empty();
			case BuildChanged.COMMIT -> Optional.of(ChangeKind.COMMIT);
			// Of a newer sender.
			default -> Optional.empty();
		};
	}

	private static String text(String text, int longest) {
		String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
		return printable.substring(0, Math.min(printable.length(), longest));
	}

	private static @Nullable String link(String link) {
		return (link.length() <= LONGEST_LINK && link.matches("https?://[^\\s\\p{Cntrl}]+")) ? link : null;
	}

}
