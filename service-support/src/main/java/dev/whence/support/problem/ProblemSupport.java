package dev.whence.support.problem;

import java.util.List;

import jakarta.servlet.Servlet;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the problem rendering of a servlet service. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Servlet.class)
public class ProblemSupport {

	@Bean
	public ProblemWriter problemWriter(JsonMapper json) {
		return new ProblemWriter(json);
	}

	@Bean
	ProblemAdvice problemAdvice(ProblemWriter writer, List<ProblemTranslator> translators) {
		return new ProblemAdvice(writer, translators);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.dao.DataAccessException")
	static class WithDatabase {

		@Bean
		DatabaseProblems databaseProblems() {
			return new DatabaseProblems();
		}

	}

}
