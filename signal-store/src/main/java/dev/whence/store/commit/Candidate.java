package dev.whence.store.commit;

/**
 * The first bundle with its identity.
 *
 * @param number its place among the candidates of a group
 */
record Candidate(int number, Bundle bundle) {

	Candidate withoutCompanion() {
		return new Candidate(this.number, this.bundle.withoutCompanion());
	}

}
