package dev.whence.store.segment;

import java.util.List;
import java.util.function.Consumer;

/**
 * Parts of a segment's data that will be needed, for somebody who reads more together.
 *
 * @param taker gets what was read, in the order of the parts
 */
record Ahead(List<Pieces.Part> parts, Consumer<List<byte[]>> taker) {

	static final Ahead NOTHING = new Ahead(List.of(), (_) -> {
	});

}
