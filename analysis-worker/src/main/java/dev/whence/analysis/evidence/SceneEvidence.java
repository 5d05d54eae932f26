package dev.whence.analysis.evidence;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Source;

/** All that speaks for a cause in a scene. */
public final class SceneEvidence {

	private SceneEvidence() {
	}

	/** The same for the same scene, in whatever order its parts come. */
	public static Clues find(Scene scene) {
		Clues clues = new Clues();
		if (scene.hasExecutions()) {
			ConductEvidence.find(scene.window(), scene.before(), scene.reference()).forEach(clues::accuse);
		}
		ResourceEvidence.find(scene, clues);
		EdgeLatencyEvidence.find(scene, clues);
		ServiceLevelEvidence.find(scene, clues);
		AlertEvidence.find(scene, alerts(scene, clues), clues);
		ErrorEvidence.find(scene, clues);
		ChangeEvidence.find(scene, clues);
		return clues;
	}

	// What the service levels were searched for is the symptom and accuses nobody. What
	// Whence detected says less than what it was detected by, and counts only where that
	// is no longer to be found.
	private static Collection<Observation> alerts(Scene scene, Clues clues) {
		boolean searched = clues.evidence().stream().anyMatch((evidence) -> evidence.kind() == EvidenceClass.SLI);
		Observation symptom = searched ? scene.trigger().map(Trigger::observation).orElseThrow() : null;
		Set<String> accused = clues.evidence()
			.stream()
			.map((evidence) -> evidence.suspect().service())
			.collect(Collectors.toSet());
		return scene.observations()
			.stream()
			.filter((observation) -> observation != symptom)
			.filter((observation) -> observation.source() == Source.ALERT || !accused.contains(observation.service()))
			.toList();
	}

}
