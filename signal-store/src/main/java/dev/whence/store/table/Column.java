package dev.whence.store.table;

import java.util.Locale;

/** A column that is written. */
public record Column(String name, Type type) {

	static Column parse(String text) {
		String[] parts = text.split(" ");
		return new Column(parts[0], Type.valueOf(parts[1].toUpperCase(Locale.ROOT)));
	}

	/**
	 * A column's type and the object identifiers, its own and its array's (pg_type.dat).
	 */
	public enum Type {

		INT2(21, 1005), INT4(23, 1007), INT8(20, 1016), FLOAT8(701, 1022), TEXT(25, 1009), BYTEA(17, 1001),
		UUID(2950, 2951), TIMESTAMPTZ(1184, 1185);

		private final int oid;

		private final int arrayOid;

		Type(int oid, int arrayOid) {
			this.oid = oid;
			this.arrayOid = arrayOid;
		}

		public int oid() {
			return this.oid;
		}

		public int arrayOid() {
			return this.arrayOid;
		}

		public String sqlName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
