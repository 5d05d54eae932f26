/**
 * The six services as the Helm chart configures them: secrets in files, schemas migrated
 * beforehand by their owner, a login that changes rows alone, own spans sent to
 * themselves.
 */
package dev.whence.e2e.deployed;
