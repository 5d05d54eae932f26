package dev.whence.support.security;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives controller methods the {@link Credential} of the request, or its
 * {@link ProjectId}.
 */
final class CredentialArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == ProjectId.class || parameter.getParameterType() == Credential.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		Object found = request.getAttribute(CredentialFilter.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
		if (!(found instanceof Credential credential)) {
			throw new IllegalStateException(parameter.getExecutable() + " needs a credential, but its path is open");
		}
		return (parameter.getParameterType() == ProjectId.class) ? credential.project() : credential;
	}

}
