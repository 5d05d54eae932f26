package dev.whence.control.token;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Once a minute: the signing keys that are due, and sessions that nobody can use. */
@Component
@EnableScheduling
class KeyMaintenance {

	private static final Logger logger = LoggerFactory.getLogger(KeyMaintenance.class);

	private final SigningKeys keys;

	private final JdbcClient jdbc;

	KeyMaintenance(SigningKeys keys, JdbcClient jdbc) {
		this.keys = keys;
		this.jdbc = jdbc;
		if (!keys.isUsable()) {
			logger.info("Nobody can sign in: set WHENCE_SECRET_KEY to 32 random bytes in Base64. Keys work");
		}
	}

	@Scheduled(initialDelay = 5_000, fixedDelay = 60_000)
	void run() {
		try {
			this.keys.maintain();
			this.jdbc.sql("""
					delete from control.account_session
					 where id in (select id from control.account_session s
					               where s.ended_at < now() - interval '7 days'
					                  or not exists (select 1 from control.refresh_token t
					                                  where t.session_id = s.id
					                                    and t.expires_at > now() - interval '7 days')
					               limit 1000)
					""").update();
			this.jdbc.sql("""
					delete from control.refresh_token
					 where token_hash in (select token_hash from control.refresh_token
					                       where expires_at < now() - interval '7 days' limit 10000)
					""").update();
		}
		catch (DataAccessException | TransactionException ex) {
			// The next run does what this one did not.
			logger.debug("The keys could not be looked after", ex);
		}
	}

}
