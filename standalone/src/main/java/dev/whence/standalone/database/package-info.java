/**
 * PostgreSQL below the data folder: started with the standalone, kept between runs,
 * recovered after a crash.
 */
@NullMarked
package dev.whence.standalone.database;

import org.jspecify.annotations.NullMarked;
