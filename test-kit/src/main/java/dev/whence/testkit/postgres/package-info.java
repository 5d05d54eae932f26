/**
 * One PostgreSQL server per JVM and one fresh database per test context. No schema and no
 * rows: the services' own migrations make those.
 */
@NullMarked
package dev.whence.testkit.postgres;

import org.jspecify.annotations.NullMarked;
