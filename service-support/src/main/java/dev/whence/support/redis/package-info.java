/**
 * Where Redis is, for the services that use it. Which client they talk to it with, and
 * how patiently, is theirs.
 */
@NullMarked
package dev.whence.support.redis;

import org.jspecify.annotations.NullMarked;
