/**
 * Where Redis is, how clients of it are made and how readiness names it. What is asked of
 * it, and what becomes of work when it is away, is the business of the services.
 */
@NullMarked
package dev.whence.support.redis;

import org.jspecify.annotations.NullMarked;
