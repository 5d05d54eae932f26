package dev.whence.store.segment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.model.SignalType;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;

/**
 * Which columns of a block a search looks at before it knows which rows it wants. To name
 * too few costs a read, and nothing else.
 */
final class NeededColumns {

	private NeededColumns() {
	}

	/**
	 * @param shown fields that are looked at besides
	 */
	static Set<Integer> of(Expression expression, Layout layout, List<Field.Own> shown) {
		Set<Integer> columns = new TreeSet<>(Set.of(layout.time()));
		add(expression, layout, columns);
		shown.forEach((field) -> add(field, layout, columns));
		return columns;
	}

	private static void add(Expression expression, Layout layout, Set<Integer> columns) {
		switch (expression) {
			case Expression.Everything _ -> {
			}
			case Expression.AllOf all -> all.parts().forEach((part) -> add(part, layout, columns));
			case Expression.AnyOf any -> any.parts().forEach((part) -> add(part, layout, columns));
			case Expression.Not not -> add(not.part(), layout, columns);
			case Expression.Phrase phrase -> {
				if (phrase.field() != null) {
					add(phrase.field(), layout, columns);
				}
				else {
					List.of(Field.Own.MESSAGE, Field.Own.NAME, Field.Own.STATUS_MESSAGE)
						.forEach((field) -> add(field, layout, columns));
					if (layout.type() == SignalType.TRACE) {
						columns.add(layout.column("details"));
					}
				}
			}
			case Expression.TextIs is -> add(is.field(), layout, columns);
			case Expression.Exists exists -> add(exists.field(), layout, columns);
			case Expression.NumberIs is -> add(is.field(), layout, columns);
			case Expression.DurationIs _ -> add(Field.Own.DURATION, layout, columns);
			case Expression.LevelIs _ -> add(Field.Own.LEVEL, layout, columns);
			case Expression.KindIs _ -> add(Field.Own.KIND, layout, columns);
		}
	}

	private static void add(Field field, Layout layout, Set<Integer> columns) {
		switch (field) {
			case Field.Own own -> {
				if (layout.column(own) >= 0) {
					columns.add(layout.column(own));
				}
			}
			case Field.Attribute attribute -> {
				if (attribute.place() != Field.Attribute.Place.RESOURCE) {
					columns.add(layout.attributes());
				}
				if (attribute.place() != Field.Attribute.Place.SIGNAL) {
					columns.add(layout.resource());
				}
			}
		}
	}

}
