package dev.whence.store.segment;

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
		try {
			work.run();
			return true;
		}
		catch (SegmentGoneException ex) {
			return true;
		}
		catch (DamagedColumnException ex) {
			log.error(
					"The segment {} of project {} is damaged, its signals between {} and {} are missing in answers: {}",
					segment.id(), segment.project(), segment.firstTime(), segment.lastTime(), ex.getMessage());
			return false;
		}
	}

}
