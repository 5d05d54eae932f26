package dev.whence.gateway.fallback;

import org.springframework.http.MediaType;

/** A failure as bytes, in the language of the client. */
record FailureBody(MediaType type, byte[] bytes) {
}
