package dev.whence.store.segment;

import java.util.function.Consumer;

import dev.whence.store.column.DamagedColumnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports segments that cannot be read: one of them must not take the answers of all
 * others with it.
 */
final class DamageLog {

	private static final Logger log = LoggerFactory.getLogger(DamageLog.class);

	private DamageLog() {
	}

	/**
	 * Reads something of a segment, which may have expired meanwhile.
	 * @return whether it is undamaged, as far as it was read
	 */
	static boolean read(SegmentRef segment, Runnable work) {
		return read(segment, work, (damage) -> tell(segment, damage));
	}

	/**
	 * The same for somebody who knows what was told already.
	 * @param damaged gets what is wrong, to {@link #tell} it or not
	 */
	static boolean read(SegmentRef segment, Runnable work, Consumer<DamagedColumnException> damaged) {
		try {
			work.run();
			return true;
		}
		catch (SegmentGoneException ex) {
			return true;
		}
		catch (DamagedColumnException ex) {
			damaged.accept(ex);
			return false;
		}
	}

	static void tell(SegmentRef segment, DamagedColumnException damage) {
		log.error("The segment {} of project {} is damaged, its signals between {} and {} are missing in answers: {}",
				segment.id(), segment.project(), segment.firstTime(), segment.lastTime(), damage.getMessage());
	}

}
