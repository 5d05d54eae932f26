/**
 * What every kind of test server shares: whether it runs embedded or in a container. The
 * servers themselves live one package further down; nothing here knows a service.
 */
@NullMarked
package dev.whence.testkit;

import org.jspecify.annotations.NullMarked;
