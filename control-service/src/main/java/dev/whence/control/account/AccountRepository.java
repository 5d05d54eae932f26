package dev.whence.control.account;

import java.util.Optional;
import java.util.UUID;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

interface AccountRepository extends Repository<Account, UUID> {

	Optional<Account> findById(UUID id);

	Optional<Account> findByEmailIgnoreCase(String email);

	Page<Account> findAllByOrderByCreatedAtAscIdAsc(Pageable page);

	boolean existsBy();

	Account saveAndFlush(Account account);

	void delete(Account account);

	void flush();

}
