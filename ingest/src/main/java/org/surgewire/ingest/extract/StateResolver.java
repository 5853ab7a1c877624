package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Decides which jurisdiction a name means: by the state that the text gives it, the states that the text speaks of, the
 * other names of its enumeration, and the size of the jurisdictions of that name. Where nothing speaks for one, the
 * candidates are listed and nothing is guessed.
 */
final class StateResolver {
    /** Inhabitants of a city that is known without its state. */
    private static final long LARGE = 100_000;

    private final Document document;
    private final PlaceText text;
    private final List<PlaceMention> mentions;
    private final EventScene scene;
    private final Jurisdictions jurisdictions;
    private final List<PlaceMention> publisherMentions;
    private final Map<String, Double> stateWeights = new LinkedHashMap<>();
    private final Set<String> namedStates = new HashSet<>();

    StateResolver(PlaceText text, EventScene scene, Jurisdictions jurisdictions, List<PlaceMention> publisherMentions) {
        this.document = text.document();
        this.text = text;
        this.mentions = text.mentions();
        this.scene = scene;
        this.jurisdictions = jurisdictions;
        this.publisherMentions = publisherMentions;
        weighStates();
        weighPublisher();
    }

    void weighStates() {
        for (PlaceMention mention : mentions) {
            Sentence sentence = document.sentenceAt(mention.first());
            String state = mention.state();
            if (state == null
                    && mention.type() == NameType.STATE
                    && !mention.states().isEmpty()) {
                state = mention.states().get(0);
            }
            if (sentence.role() == Sentence.Role.ASIDE || mention.type() == NameType.COUNTRY) {
                continue;
            }
            if (state == null) {
                List<String> possible = mention.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .toList();
                if (!possible.isEmpty() && possible.size() <= 6) {
                    possible.forEach(one -> stateWeights.merge(one, 1.2 / possible.size(), Double::sum));
                }
                String large = largest(mention);
                if (large != null) {
                    stateWeights.merge(
                            large, sentence.headline() || text.dateline(mention, sentence) ? 1.5 : 0.7, Double::sum);
                }
                continue;
            }
            namedStates.add(state);
            double weight =
                    sentence.headline() ? 4 : text.dateline(mention, sentence) ? 2.5 : mention.office() ? 1.5 : 2;
            if (scene.negative(sentence, mention.first(), mention.first() - 1)) {
                weight = 0.5;
            }
            stateWeights.merge(state, weight, Double::sum);
        }
    }

    /** The publisher's own places count a little ("Charleston Gazette" for a county of West Virginia). */
    void weighPublisher() {
        for (PlaceMention mention : publisherMentions) {
            String state = mention.state();
            if (state != null) {
                stateWeights.merge(state, 1.5, Double::sum);
            } else if (mention.type() != NameType.COUNTRY) {
                List<String> possible = mention.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .toList();
                possible.forEach(one -> stateWeights.merge(one, 0.8 / possible.size(), Double::sum));
            }
        }
    }

    /** The state of the one well-known jurisdiction of a name; null when none stands out. */
    private static @Nullable String largest(PlaceMention mention) {
        if (mention.candidates().isEmpty() || mention.type() == NameType.COUNTY) {
            return null;
        }
        Jurisdiction largest = mention.candidates().get(0);
        long population = largest.population() == null ? 0 : largest.population();
        long second = 0;
        for (Jurisdiction candidate : mention.candidates()) {
            if (!candidate.state().equals(largest.state())) {
                second = candidate.population() == null ? 0 : candidate.population();
                break;
            }
        }
        return population >= LARGE && population > 3 * second ? largest.state() : null;
    }

    /** The one state that the text speaks of; null when it speaks of none or of several. */
    private @Nullable String dominant() {
        String best = documentState();
        if (best == null || stateWeights.getOrDefault(best, 0.0) < 4) {
            return null;
        }
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            if (!entry.getKey().equals(best) && entry.getValue() * 2 > stateWeights.getOrDefault(best, 0.0)) {
                return null;
            }
        }
        return best;
    }

    @Nullable
    String documentState() {
        String best = null;
        double most = 0;
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    void resolve(PlaceReader.Row row) {
        PlaceMention mention = row.mention;
        if (mention.type() == NameType.STATE) {
            row.state = mention.state();
            row.jurisdiction = mention.candidates().get(0);
            return;
        }
        if (mention.type() == NameType.COUNTRY || mention.type() == NameType.DISTRICT) {
            return;
        }
        List<Jurisdiction> candidates = mention.candidates();
        String state = mention.state();
        if (state == null && mention.type() == NameType.AREA && candidates.isEmpty()) {
            return;
        }
        if (state == null && mention.type() == NameType.AREA && overStateLine(candidates)) {
            row.candidates = candidates.stream().map(Jurisdiction::id).limit(12).toList();
            return;
        }
        if (state == null) {
            state = stateFor(row, candidates);
        }
        row.state = state;
        if (mention.type() == NameType.AREA) {
            return;
        }
        List<Jurisdiction> fitting = new ArrayList<>();
        for (Jurisdiction candidate : candidates) {
            if (state != null && candidate.state().equals(state)) {
                fitting.add(candidate);
            }
        }
        if (!fitting.isEmpty()) {
            row.jurisdiction = jurisdictions.find(fitting.get(0).id()).orElse(fitting.get(0));
        } else if (state == null) {
            row.candidates = candidates.stream().map(Jurisdiction::id).limit(12).toList();
        }
    }

    /** "In the Kansas City area", in a text about Kansas and Missouri: large cities of that name lie in both. */
    private boolean overStateLine(List<Jurisdiction> candidates) {
        return candidates.stream()
                        .filter(candidate -> candidate.population() != null && candidate.population() >= LARGE)
                        .map(Jurisdiction::state)
                        .filter(namedStates::contains)
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * The state of a name that the text gives no state to: of those in which the name exists, the one that the text
     * speaks of most, the other names of its enumeration and the size of the jurisdiction counted in. Null when nothing
     * speaks for any.
     */
    private @Nullable String stateFor(PlaceReader.Row row, List<Jurisdiction> candidates) {
        PlaceMention mention = row.mention;
        int sentence = document.sentenceIndex(mention.first());
        // An enumeration over several states says nothing about a member that names none: there the size decides.
        boolean several = text.listOf(mention).stream()
                        .filter(other -> other.list() == mention.list() && other.state() != null)
                        .map(PlaceMention::state)
                        .distinct()
                        .count()
                > 1;
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            weights.merge(entry.getKey(), entry.getValue() * (several ? 0.2 : 1), Double::sum);
        }
        Sentence own = document.sentences().get(sentence);
        for (PlaceMention other : text.placesIn(own)) {
            if (several) {
                break;
            }
            if (other.state() != null) {
                weights.merge(other.state(), 2.0, Double::sum);
            }
            if (other.list() == mention.list() && !other.equals(mention) && other.state() == null) {
                String large = largest(other);
                if (large != null) {
                    weights.merge(large, 0.5, Double::sum);
                    continue;
                }
                other.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .forEach(state -> weights.merge(state, 0.5, Double::sum));
            }
        }
        if (candidates.isEmpty()) {
            String best = null;
            double most = 1.5;
            for (Map.Entry<String, Double> entry : weights.entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    best = entry.getKey();
                }
            }
            return best;
        }
        String known = mention.type() == NameType.CITY ? largest(mention) : null;
        if (known != null
                && candidates.stream()
                        .allMatch(candidate ->
                                candidate.state().equals(known) || !namedStates.contains(candidate.state()))) {
            return known;
        }
        String dominant = dominant();
        boolean elsewhere = dominant != null
                && mention.type() == NameType.CITY
                && candidates.stream()
                        .noneMatch(candidate -> candidate.state().equals(dominant)
                                || stateWeights.getOrDefault(candidate.state(), 0.0) >= 1.5
                                || (candidate.population() != null && candidate.population() > 60_000));
        if (elsewhere) {
            return dominant;
        }
        String best = null;
        double most = 0;
        double second = 0;
        for (Jurisdiction candidate : candidates) {
            long population = candidate.population() == null ? 0 : candidate.population();
            double size = mention.type() == NameType.COUNTY ? 1.0 : 0.8;
            double weight = weights.getOrDefault(candidate.state(), 0.0) + size * Math.log10(population + 10.0);
            if (candidate.state().equals(best)) {
                most = Math.max(most, weight);
            } else if (weight > most) {
                second = most;
                most = weight;
                best = candidate.state();
            } else {
                second = Math.max(second, weight);
            }
        }
        boolean only = candidates.size() == 1 && most > 3;
        double clear = mention.type() == NameType.COUNTY ? 0.1 : 0.35;
        return only || most - second > clear ? best : null;
    }

    /**
     * A name in a long enumeration of which nearly all others are in one state is in that state too, also when the
     * gazetteer does not know it there.
     */
    void majority(List<PlaceReader.Row> rows) {
        for (PlaceReader.Row row : rows) {
            if (row.mention.type() != NameType.CITY || row.mention.state() != null) {
                continue;
            }
            Map<String, Integer> states = new LinkedHashMap<>();
            int members = 0;
            for (PlaceReader.Row other : rows) {
                if (!other.equals(row) && other.mention.list() == row.mention.list() && other.state != null) {
                    states.merge(other.state, 1, Integer::sum);
                    members++;
                }
            }
            for (Map.Entry<String, Integer> entry : states.entrySet()) {
                String state = entry.getKey();
                boolean otherNamed = row.mention.candidates().stream()
                                .noneMatch(candidate -> candidate.state().equals(state))
                        && row.mention.candidates().stream()
                                .anyMatch(candidate -> namedStates.contains(candidate.state()));
                if (!otherNamed && members >= 4 && entry.getValue() * 10 >= members * 8 && !state.equals(row.state)) {
                    row.state = state;
                    row.candidates = List.of();
                    row.jurisdiction = row.mention.candidates().stream()
                            .filter(candidate -> candidate.state().equals(state))
                            .findFirst()
                            .orElse(null);
                }
            }
        }
    }
}
