package dev.whence.control.apikey;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface ApiKeyRepository extends Repository<ApiKey, Long> {

	Optional<ApiKey> findById(long id);

	List<ApiKey> findByProjectIdOrderByIdDesc(int projectId, Limit limit);

	ApiKey save(ApiKey key);

}
