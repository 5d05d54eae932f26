/**
 * Projects, the tenants of an installation, and who may see which. Keys and accounts of a
 * project are features of their own.
 */
@NullMarked
package dev.whence.control.project;

import org.jspecify.annotations.NullMarked;
