package org.surgewire.ingest.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How well extracted facts agree with labelled announcements, figure by figure. Fields that a label marks as contested
 * are left out. Names compare without case, marks and words such as "county" or "operation".
 */
public final class Evaluation {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> RESULTS = Set.of("ARREST_RESULTS", "SINGLE_ARREST", "OPERATION_ONGOING");
    private static final Set<String> SCORED = Set.of("city", "county", "state");

    private static final class Share {
        int right;
        int all;
        final List<String> misses = new ArrayList<>();
    }

    private static final class Sets {
        int both;
        int extra;
        int missing;
        final List<String> misses = new ArrayList<>();

        double precision() {
            return both + extra == 0 ? 0 : (double) both / (both + extra);
        }

        double recall() {
            return both + missing == 0 ? 0 : (double) both / (both + missing);
        }

        double f1() {
            double sum = precision() + recall();
            return sum == 0 ? 0 : 2 * precision() * recall() / sum;
        }
    }

    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final Map<String, Sets> sets = new LinkedHashMap<>();
    private int labels;

    private Evaluation() {}

    /**
     * Extracts every labelled announcement and compares.
     *
     * @param lines labels, one JSON object a line; blank lines are passed over
     * @throws IllegalArgumentException for a line that is no label
     */
    public static Evaluation of(Extractor extractor, Iterable<String> lines) {
        Evaluation evaluation = new Evaluation();
        for (String line : lines) {
            if (!line.isBlank()) {
                JsonNode label = parse(line);
                evaluation.add(label, extractor.extract(announcement(label)));
            }
        }
        return evaluation;
    }

    /**
     * The announcement in a label or an input line: {@code published}, else {@code reference_date}, is its day.
     *
     * @throws IllegalArgumentException when it has no text
     * @throws java.time.DateTimeException when the day is no day
     */
    public static Announcement announcement(JsonNode line) {
        if (!line.path("text").isTextual()) {
            throw new IllegalArgumentException("no JSON object with a field text");
        }
        String day = line.path("published").asText("");
        if (day.isEmpty() || day.equals("null")) {
            day = line.path("reference_date").asText("");
        }
        return new Announcement(
                line.path("id").asText(""),
                line.path("publisher").asText(""),
                day.length() >= 10 ? LocalDate.parse(day.substring(0, 10)) : null,
                line.path("text").asText(""));
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a label: " + line.substring(0, Math.min(80, line.length())), e);
        }
    }

    /** The share or F1 of a figure, for example {@code arrests.total} or {@code states}. */
    public double figure(String name) {
        Share share = shares.get(name);
        if (share != null) {
            return share.all == 0 ? 0 : (double) share.right / share.all;
        }
        Sets set = sets.get(name);
        if (set == null) {
            throw new IllegalArgumentException("no figure is called " + name);
        }
        return set.f1();
    }

    /** One line for each figure. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%d labels, %d facts%n", labels, labels));
        shares.forEach((name, share) -> table.append(
                String.format(Locale.ROOT, "%-36s %.3f  (%d/%d)%n", name, figure(name), share.right, share.all)));
        sets.forEach((name, set) -> table.append(String.format(
                Locale.ROOT,
                "%-36s F1 %.3f  precision %.3f recall %.3f%n",
                name,
                set.f1(),
                set.precision(),
                set.recall())));
        return table.toString();
    }

    /** At most {@code most} misses of each figure, one a line. */
    public List<String> misses(int most) {
        List<String> lines = new ArrayList<>();
        shares.forEach((name, share) ->
                share.misses.stream().limit(most).forEach(miss -> lines.add("miss " + name + " " + miss)));
        sets.forEach(
                (name, set) -> set.misses.stream().limit(most).forEach(miss -> lines.add("miss " + name + " " + miss)));
        return lines;
    }

    private void add(JsonNode label, Facts facts) {
        labels++;
        String id = label.path("id").asText();
        JsonNode disputed = label.path("contested");
        String contested = disputed.isArray() ? disputed.toString() : disputed.asText("");
        JsonNode arrests = label.path("arrests");
        Facts.Arrests stated = facts.arrests();
        if (!contested.contains("kind")) {
            String kind = label.path("kind").asText();
            compare(
                    "kind is a result or not",
                    id,
                    RESULTS.contains(kind),
                    RESULTS.contains(facts.kind().name()));
            compare("kind", id, kind, facts.kind().name());
        }
        if (!contested.contains("total") && !contested.contains("arrests")) {
            Long wanted =
                    arrests.path("total").isNumber() ? arrests.path("total").asLong() : null;
            Long found = stated == null ? null : Long.valueOf(stated.count().best());
            compare("arrests.total", id, wanted, found);
            if (wanted == null) {
                compare("no total where none is stated", id, null, found);
            } else {
                compare("arrests.total where one is stated", id, wanted, found);
                if (stated != null && wanted.equals(found)) {
                    compare(
                            "qualifier (total right)",
                            id,
                            arrests.path("qualifier").asText(),
                            stated.count().qualifier().name());
                    if (!contested.contains("cumulative")) {
                        compare(
                                "cumulative (total right)",
                                id,
                                arrests.path("cumulative").asBoolean(),
                                stated.cumulative());
                    }
                }
            }
        }
        if (!contested.contains("operation")) {
            Facts.Operation operation = facts.operation();
            compare(
                    "operation",
                    id,
                    operation(label.path("operation").asText("")),
                    operation(operation == null ? "" : operation.name()));
        }
        if (!contested.contains("period")) {
            JsonNode wanted = label.path("period");
            Facts.Period period = facts.period();
            compare(
                    "period",
                    id,
                    day(wanted.path("start")) + ".." + day(wanted.path("end")),
                    period == null ? ".." : day(period.start()) + ".." + day(period.end()));
        }
        if (!contested.contains("jurisdiction") && !contested.contains("state")) {
            places(id, label, facts);
        }
        if (!contested.contains("breakdown")) {
            Set<String> wanted = new HashSet<>();
            label.path("breakdown").properties().forEach(entry -> wanted.add(entry.getKey() + "=" + entry.getValue()));
            Set<String> found = new HashSet<>();
            facts.breakdown()
                    .forEach(share ->
                            found.add(share.category() + "=" + share.count().best()));
            compare("breakdown", id, wanted, found);
        }
    }

    private void places(String id, JsonNode label, Facts facts) {
        Set<String> wanted = new HashSet<>();
        Set<String> wantedCounts = new HashSet<>();
        for (JsonNode place : label.path("by_jurisdiction")) {
            String type = place.path("county_or_city_type").asText();
            if (SCORED.contains(type)) {
                String name = place(
                        place.path("name").asText(), type, place.path("state").asText(""));
                wanted.add(name);
                if (place.path("count").isNumber()) {
                    wantedCounts.add(name + "=" + place.path("count").asLong());
                }
            }
        }
        Set<String> found = new HashSet<>();
        Set<String> foundCounts = new HashSet<>();
        for (Facts.Place place : facts.places()) {
            String type = place.type().name().toLowerCase(Locale.ROOT);
            if (SCORED.contains(type)) {
                String name = place(place.name(), type, Objects.requireNonNullElse(place.state(), ""));
                found.add(name);
                Facts.Count count = place.count();
                if (count != null) {
                    foundCounts.add(name + "=" + count.best());
                }
            }
        }
        compare("places (city, county, state)", id, wanted, found);
        compare("places with their count", id, wantedCounts, foundCounts);
        Set<String> states = new HashSet<>();
        label.path("states").forEach(state -> states.add(state.asText()));
        compare("states", id, states, new HashSet<>(facts.states()));
    }

    private void compare(String figure, String id, @Nullable Object wanted, @Nullable Object found) {
        Share share = shares.computeIfAbsent(figure, key -> new Share());
        share.all++;
        if (Objects.equals(wanted, found)) {
            share.right++;
        } else {
            share.misses.add(id + ": " + wanted + ", found " + found);
        }
    }

    private void compare(String figure, String id, Set<String> wanted, Set<String> found) {
        Sets set = sets.computeIfAbsent(figure, key -> new Sets());
        Set<String> both = new HashSet<>(wanted);
        both.retainAll(found);
        set.both += both.size();
        set.extra += found.size() - both.size();
        set.missing += wanted.size() - both.size();
        if (both.size() < wanted.size() || both.size() < found.size()) {
            Set<String> missing = new HashSet<>(wanted);
            missing.removeAll(both);
            Set<String> extra = new HashSet<>(found);
            extra.removeAll(both);
            set.misses.add(id + ": missing " + missing + ", extra " + extra);
        }
    }

    private static String operation(String name) {
        String plain = name.equals("null") ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 ]", "");
        return plain.replaceAll("\\b(operation|the|project)\\b", "").strip();
    }

    private static String place(String name, String type, String state) {
        String plain = name.toLowerCase(Locale.ROOT)
                .replace("st. ", "saint ")
                .replace("st ", "saint ")
                .replaceAll("[^a-z ]", "")
                .replaceAll("\\b(county|parish|city|town|the|area|metro|greater|state of|city of)\\b", " ")
                .replaceAll(" +", " ")
                .strip();
        if (plain.equals("new york") && type.equals("city")) {
            plain = "new york city";
        }
        return plain + "|" + (state.equals("null") ? "" : state.toUpperCase(Locale.ROOT));
    }

    private static String day(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }
}
