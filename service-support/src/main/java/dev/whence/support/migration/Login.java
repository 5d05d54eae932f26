package dev.whence.support.migration;

import org.springframework.core.env.Environment;

/** With what the database is reached. */
record Login(String url, String user, String password) {

	static Login of(Environment environment) {
		return new Login(environment.getRequiredProperty("spring.datasource.url"),
				environment.getProperty("spring.datasource.username", ""),
				environment.getProperty("spring.datasource.password", ""));
	}

	/** Leaves the password out: this value may be printed. */
	@Override
	public String toString() {
		return this.user + " at " + this.url;
	}

}
