/**
 * What every servlet service does to a request before its controller sees it. Nothing
 * here knows a domain.
 */
@NullMarked
package dev.whence.support.web;

import org.jspecify.annotations.NullMarked;
