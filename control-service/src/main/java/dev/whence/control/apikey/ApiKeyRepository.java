package dev.whence.control.apikey;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ApiKeyRepository extends Repository<ApiKey, Long> {

	Optional<ApiKey> findById(long id);

	List<ApiKey> findByProjectIdOrderByIdDesc(int projectId, Limit limit);

	List<ApiKey> findByProjectIdAndNameAndRevokedAtIsNull(int projectId, String name);

	ApiKey save(ApiKey key);

	/** Until the transaction ends, nobody else issues a key of this name. */
	@Query(nativeQuery = true,
			value = "select pg_advisory_xact_lock(hashtextextended('api-key:' || :projectId || ':' || :name, 0)) is null")
	boolean lockName(int projectId, String name);

}
