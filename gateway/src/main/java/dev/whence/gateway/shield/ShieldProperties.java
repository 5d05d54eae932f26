package dev.whence.gateway.shield;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the gateway believes and allows.
 *
 * @param trustedProxies a regular expression for the addresses of proxies whose
 * {@code Forwarded} and {@code X-Forwarded-*} headers are believed; nobody's, if absent
 * @param corsOrigins the origins whose pages may call the API; {@code *} for all. Cookies
 * are never allowed, the credential is a header
 */
@Validated
@ConfigurationProperties("whence.gateway.shield")
record ShieldProperties(@Nullable Pattern trustedProxies, @DefaultValue("*") List<String> corsOrigins) {
}
