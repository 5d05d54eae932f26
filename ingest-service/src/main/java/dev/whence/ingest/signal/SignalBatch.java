package dev.whence.ingest.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.Occurrences;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.RecordJson;
import dev.whence.ingest.json.Refusal;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.json.RecordJson.Element;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Stores the good signals of a batch in one transaction and says of each what became of
 * it. A signal without an id has the identity of its content and of its ordinal among
 * equal ones of the batch, so that both of two equal ones are kept and a retry adds none.
 */
@Component
class SignalBatch {

	private final RecordJson json;

	private final Intake intake;

	SignalBatch(RecordJson json, Intake intake) {
		this.json = json;
		this.intake = intake;
	}

	BatchAnswer store(ProjectId project, List<Element> elements, boolean verbose) {
		BatchAnswer.Builder answer = new BatchAnswer.Builder(verbose);
		Rejections rejections = new Rejections(Transport.BATCH);
		Occurrences occurrences = new Occurrences();
		List<Received> received = new ArrayList<>(elements.size());
		List<Integer> places = new ArrayList<>(elements.size());
		for (int i = 0; i < elements.size(); i++) {
			switch (read(elements.get(i).item(), occurrences)) {
				case Reading.Taken(Received signal) -> {
					received.add(signal);
					places.add(i);
				}
				case Reading.Refused(Refusal refusal) -> {
					answer.refused(i, refusal);
					reject(rejections, elements.get(i), refusal);
				}
			}
		}
		List<WriteOutcome> outcomes = this.intake.accept(project, received, Transport.BATCH);
		this.intake.reject(project, rejections);
		for (int i = 0; i < outcomes.size(); i++) {
			answer.stored(places.get(i), outcomes.get(i));
		}
		return answer.build();
	}

	private Reading read(JsonItem item, Occurrences occurrences) {
		return switch (item) {
			case JsonItem.Parsed(var fields) -> {
				SignalType type = SignalKind.of(fields);
				yield (type != null) ? NativeSignals.read(type, fields, identify(type, fields, occurrences))
						: new Reading.Refused(unknownKind(fields));
			}
			case Refusal refusal -> new Reading.Refused(refusal);
		};
	}

	private ContentId identify(SignalType type, Map<String, @Nullable Object> fields, Occurrences occurrences) {
		ContentId content = this.json.identify(type.wireName(), fields);
		return (fields.get("signal_id") != null) ? content : occurrences.next(content);
	}

	private static Refusal unknownKind(Map<String, @Nullable Object> fields) {
		return Refusal.of(ProblemCode.INVALID_FIELD, RejectionReason.INVALID_FIELD, "/signal_type",
				(fields.get("signal_type") != null) ? "must be log, trace or metric"
						: "is missing, and no other field tells a log, a trace or a metric");
	}

	private static void reject(Rejections rejections, Element element, Refusal refusal) {
		SignalType type = (element.item() instanceof JsonItem.Parsed(var fields)) ? SignalKind.of(fields) : null;
		rejections.add((type != null) ? type.wireName() : Rejections.UNKNOWN_TYPE, refusal.reason(), refusal.detail(),
				NativeSignals.serviceOf(element.item()), NativeSignals.idOf(element.item()),
				() -> RefusedRequests.excerpt(element.text(), element.from(), element.to()));
	}

}
