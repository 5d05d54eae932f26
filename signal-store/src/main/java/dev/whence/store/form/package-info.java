/**
 * How single values lie in the tables: times, ids, JSON. Rows and tables are described
 * elsewhere.
 */
@NullMarked
package dev.whence.store.form;

import org.jspecify.annotations.NullMarked;
