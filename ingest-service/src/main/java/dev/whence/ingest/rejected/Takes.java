package dev.whence.ingest.rejected;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.whence.store.rejected.Transport;

/**
 * What a handler takes in. A request that it refuses as a whole is counted and listed
 * under this.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

	Transport transport();

	/**
	 * {@code log}, {@code trace}, {@code metric}, {@link Rejections#RUN_TYPE} or
	 * {@link Rejections#UNKNOWN_TYPE}.
	 */
	String type();

}
