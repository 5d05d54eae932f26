package dev.whence.control.build.github;

import org.jspecify.annotations.Nullable;

/** Who is meant by a token or started a run. */
record GitHubUser(@Nullable String login) {

}
