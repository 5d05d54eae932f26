/**
 * People: their accounts and passwords, of which projects they are members, and how they
 * are invited. Signing in and tokens are a feature of their own.
 */
@NullMarked
package dev.whence.control.account;

import org.jspecify.annotations.NullMarked;
