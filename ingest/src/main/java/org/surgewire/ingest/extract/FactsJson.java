package org.surgewire.ingest.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Facts as one line of JSON. The fields {@code id, kind, operation, period, arrests, breakdown, by_jurisdiction} and
 * {@code states} are those of the labelled announcements, so that the same program scores both; the rest comes beside.
 * {@code events} are objects like the whole, one for each event of a release that tells of several.
 */
public final class FactsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FactsJson() {}

    /** One line without a line break. */
    public static String line(Facts facts) {
        try {
            return MAPPER.writeValueAsString(json(facts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of " + facts.id() + " cannot be written", e);
        }
    }

    private static ObjectNode json(Facts facts) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", facts.id());
        json.put("kind", facts.kind().name());
        Facts.Operation operation = facts.operation();
        json.put("operation", operation == null ? null : operation.name());
        json.put("operation_id", operation == null ? null : operation.operationId());
        json.put("operation_phase", operation == null ? null : operation.phase().name());
        Facts.Period period = facts.period();
        if (period == null) {
            json.putNull("period");
        } else {
            ObjectNode span = json.putObject("period");
            span.put("start", period.start() == null ? null : period.start().toString());
            span.put("end", period.end() == null ? null : period.end().toString());
        }
        ObjectNode arrests = json.putObject("arrests");
        Facts.Arrests stated = facts.arrests();
        if (stated == null) {
            arrests.putNull("total");
            arrests.putNull("qualifier");
            arrests.put("cumulative", false);
        } else {
            arrests.put("total", stated.count().best());
            arrests.put("qualifier", stated.count().qualifier().name());
            arrests.put("cumulative", stated.cumulative());
            arrests.put("low", stated.count().low());
            arrests.put("high", stated.count().high());
            arrests.put("clock", stated.clock());
        }
        ObjectNode breakdown = json.putObject("breakdown");
        for (Facts.Share share : facts.breakdown()) {
            breakdown.put(share.category(), share.count().best());
        }
        places(json.putArray("by_jurisdiction"), facts.places());
        places(json.putArray("planned_places"), facts.planned());
        places(json.putArray("about_places"), facts.about());
        ArrayNode states = json.putArray("states");
        facts.states().forEach(states::add);
        ArrayNode others = json.putArray("other_numbers");
        for (Facts.OtherNumber other : facts.others()) {
            ObjectNode row = others.addObject();
            row.put("kind", other.kind().name());
            row.put("count", other.count().best());
            row.put("qualifier", other.count().qualifier().name());
            row.put("clock", other.clock());
            row.put("category", other.category());
            row.put("place", other.place());
            evidence(row, other.evidence());
        }
        ArrayNode flags = json.putArray("flags");
        facts.flags()
                .forEach(flag -> flags.add(flag.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        ObjectNode evidence = json.putObject("evidence");
        put(evidence, "operation", operation == null ? null : operation.evidence());
        put(evidence, "period", period == null ? null : period.evidence());
        put(evidence, "arrests", stated == null ? null : stated.evidence());
        ArrayNode placeEvidence = evidence.putArray("by_jurisdiction");
        facts.places().forEach(place -> evidence(placeEvidence.addObject(), place.evidence()));
        ObjectNode shares = evidence.putObject("breakdown");
        facts.breakdown().forEach(share -> evidence(shares.putObject(share.category()), share.evidence()));
        ArrayNode events = json.putArray("events");
        facts.events().forEach(event -> events.add(json(event)));
        return json;
    }

    private static void places(ArrayNode into, List<Facts.Place> places) {
        for (Facts.Place place : places) {
            ObjectNode row = into.addObject();
            row.put("name", place.name());
            row.put("state", place.state());
            row.put("county_or_city_type", place.type().name().toLowerCase(Locale.ROOT));
            Facts.Count count = place.count();
            row.put("count", count == null ? null : Long.valueOf(count.best()));
            row.put("qualifier", count == null ? null : count.qualifier().name());
            row.put("ocd_id", place.jurisdictionId());
            row.put("contained_in", place.containedIn());
            if (!place.candidates().isEmpty()) {
                ArrayNode candidates = row.putArray("candidates");
                place.candidates().forEach(candidates::add);
            }
            row.put("confidence", place.confidence());
        }
    }

    private static void put(ObjectNode into, String field, @Nullable Evidence evidence) {
        if (evidence == null) {
            into.putNull(field);
        } else {
            evidence(into.putObject(field), evidence);
        }
    }

    private static void evidence(ObjectNode into, Evidence evidence) {
        into.put("start", evidence.start());
        into.put("end", evidence.end());
        into.put("sentence", evidence.sentence());
        into.put("rule", evidence.rule());
        into.put("confidence", evidence.confidence());
    }
}
