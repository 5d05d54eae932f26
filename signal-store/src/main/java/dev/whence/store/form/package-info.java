/**
 * How single values lie in the tables (times, ids, JSON), and how a filter is said in
 * SQL. Rows and tables are described elsewhere.
 */
@NullMarked
package dev.whence.store.form;

import org.jspecify.annotations.NullMarked;
