package dev.whence.query.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/** Describes an answer that is a page, and the header that leads to the next one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "One page",
		headers = @Header(name = Paged.NEXT, schema = @Schema(type = "string"),
				description = "What to pass as cursor for the next page; absent on the last one"),
		useReturnTypeSchema = true)
@interface Paged {

	/** Where a list goes on; absent when it does not. */
	String NEXT = "Whence-Next-Cursor";

}
