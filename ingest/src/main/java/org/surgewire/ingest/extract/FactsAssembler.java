package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Turns what was read into facts: figures with bounds, jurisdictions, evidence without names, flags. */
final class FactsAssembler {
    /** Two figures that differ by less than this share of the larger may be one figure and its rounding. */
    private static final double ROUNDING = 0.15;

    private final Reading reading;
    private final Document document;
    private final Jurisdictions jurisdictions;
    private final Map<String, String> stateIds;
    private final boolean[] keeps;
    private final int offset;

    /**
     * @param stateIds division ids of states by postal code
     * @param keeps tokens that may leave in evidence
     * @param offset where in the announcement's text the text begins that was read
     */
    FactsAssembler(
            Reading reading, Jurisdictions jurisdictions, Map<String, String> stateIds, boolean[] keeps, int offset) {
        this.offset = offset;
        this.stateIds = stateIds;
        this.reading = reading;
        this.document = reading.document();
        this.jurisdictions = jurisdictions;
        this.keeps = keeps;
    }

    Facts facts(String id) {
        List<Facts.Flag> flags = new ArrayList<>();
        if (document.truncated()) {
            flags.add(Facts.Flag.TRUNCATED);
        }
        Claim total = reading.total();
        Facts.Arrests arrests = total == null ? null : arrests(total, flags);
        List<Facts.Place> places = new ArrayList<>();
        List<Facts.Place> planned = new ArrayList<>();
        Set<String> states = new LinkedHashSet<>();
        boolean ahead = total == null
                && (reading.kind() == Facts.Kind.OPERATION_PLANNED || reading.kind() == Facts.Kind.OPERATION_ONGOING);
        for (PlaceReader.Row row : reading.rows()) {
            (ahead ? planned : places).add(place(row));
            if (!ahead && row.state != null) {
                states.add(row.state);
            }
        }
        if (total != null && partsDiffer(total)) {
            flags.add(Facts.Flag.PARTS_DO_NOT_ADD_UP);
        }
        List<Facts.OtherNumber> others = others();
        List<Facts.Share> breakdown = new ArrayList<>();
        for (BreakdownReader.Found share : reading.breakdown().shares()) {
            Facts.Count count = Facts.Count.of(share.value(), share.number().qualifier());
            Evidence evidence = evidence(share.number().from(), share.number().nounEnd(), share.rule(), 0.8);
            if (share.category().equals(BreakdownReader.DECLINED)) {
                others.add(new Facts.OtherNumber(
                        Facts.OtherKind.SUBSET, count, null, BreakdownReader.DECLINED, null, evidence));
            } else {
                breakdown.add(new Facts.Share(share.category(), count, evidence));
            }
        }
        if (reading.breakdown().largerThanTotal()) {
            flags.add(Facts.Flag.SUBSET_LARGER_THAN_TOTAL);
        }
        PeriodReader.Candidate period = reading.period();
        return new Facts(
                id,
                reading.kind(),
                operation(),
                period == null
                        ? null
                        : new Facts.Period(
                                period.start(),
                                period.end(),
                                evidence(period.first(), period.last(), period.rule(), 0.8)),
                arrests,
                places,
                planned,
                reading.about().stream().map(this::place).toList(),
                new ArrayList<>(states),
                breakdown,
                others,
                flags,
                List.of());
    }

    private Facts.@Nullable Operation operation() {
        OperationReader.Mention own = reading.operation();
        return own == null
                ? null
                : new Facts.Operation(
                        own.name(),
                        OperationReader.slug(own.name()),
                        OperationReader.partOf(reading.document(), reading.names(), own),
                        phase(),
                        evidence(own.first(), own.end(), own.quoted() ? "operation-quoted" : "operation-named", 0.9));
    }

    private Facts.Phase phase() {
        return switch (reading.kind()) {
            case OPERATION_PLANNED -> Facts.Phase.PLANNED;
            case OPERATION_ONGOING -> reading.total() == null ? Facts.Phase.LAUNCHED : Facts.Phase.ONGOING;
            case ARREST_RESULTS -> reading.cumulative() ? Facts.Phase.ONGOING : Facts.Phase.CONCLUDED;
            default -> Facts.Phase.ONGOING;
        };
    }

    private Facts.Arrests arrests(Claim total, List<Facts.Flag> flags) {
        List<NumberMention> parts = parts(total);
        boolean sum = !parts.isEmpty();
        long value = sum ? parts.stream().mapToLong(NumberMention::value).sum() : total.value();
        if (sum) {
            flags.add(Facts.Flag.SUM_OF_PARTS);
        }
        int first = sum
                ? Math.min(total.number().from(), parts.get(0).from())
                : total.number().from();
        int end = sum ? parts.get(parts.size() - 1).nounEnd() : total.number().nounEnd();
        boolean sure = total.main() && !sum;
        return new Facts.Arrests(
                Facts.Count.of(value, total.number().qualifier()),
                reading.cumulative(),
                reading.cumulative() ? clock(total) : null,
                evidence(first, end, sum ? "sum-of-places" : total.rule(), sure ? 0.9 : 0.6));
    }

    /**
     * The figures of the places when no total is stated: the figure taken for the total is that of one place, others stand
     * beside it in its sentence, and no figure is larger. Empty otherwise.
     */
    private List<NumberMention> parts(Claim total) {
        if (total.sentence().headline()) {
            return List.of();
        }
        List<NumberMention> parts = new ArrayList<>();
        boolean own = false;
        for (PlaceReader.Row row : reading.rows()) {
            NumberMention count = row.count;
            if (count == null
                    || !document.sentenceAt(count.first()).equals(total.sentence())
                    || parts.contains(count)) {
                continue;
            }
            if (liesInAnother(row)) {
                return List.of();
            }
            own |= count.equals(total.number()) && row.attached;
            parts.add(count);
        }
        for (Claim claim : reading.claims()) {
            if (claim.value() > total.value() && claim.main() && !parts.contains(claim.number())) {
                return List.of();
            }
            if (claim.value() == total.value() && !claim.number().equals(total.number())) {
                return List.of();
            }
        }
        long sum = parts.stream().mapToLong(NumberMention::value).sum();
        boolean nested = parts.stream().anyMatch(part -> part.value() * 2 == sum);
        return own && parts.size() >= 2 && !nested ? parts : List.of();
    }

    /** Whether another place with a figure contains this one ("402 arrests in South Carolina, 71 of them in …"). */
    private boolean liesInAnother(PlaceReader.Row row) {
        Jurisdiction inner = row.jurisdiction;
        if (inner == null) {
            return false;
        }
        for (PlaceReader.Row other : reading.rows()) {
            Jurisdiction outer = other.jurisdiction;
            if (outer != null
                    && other.count != null
                    && !outer.id().equals(inner.id())
                    && jurisdictions.contains(outer.id(), inner.id())) {
                return true;
            }
        }
        return false;
    }

    /** Whether every place of an enumeration has a figure and the figures do not add up to the total. */
    private boolean partsDiffer(Claim total) {
        Set<Integer> lists = new LinkedHashSet<>();
        for (PlaceReader.Row row : reading.rows()) {
            lists.add(row.mention.list());
        }
        for (int list : lists) {
            long sum = 0;
            int members = 0;
            boolean all = true;
            boolean scope = false;
            for (PlaceReader.Row row : reading.rows()) {
                if (row.mention.list() == list) {
                    NumberMention count = row.count;
                    members++;
                    all &= count != null;
                    sum += count == null ? 0 : count.value();
                }
            }
            for (PlaceReader.Row row : reading.rows()) {
                NumberMention count = row.count;
                scope |= row.mention.list() != list && count != null && count.value() == sum;
            }
            boolean only = reading.rows().stream()
                    .filter(row -> row.count != null)
                    .allMatch(row ->
                            row.mention.list() == list || (row.count != null && row.count.value() >= total.value()));
            boolean whole = sum > total.value() || (only && !partial(list));
            if (all && members >= 3 && sum != total.value() && !scope && whole) {
                return true;
            }
        }
        return false;
    }

    /** Whether an enumeration says that it does not name all places ("most arrests came in", "including"). */
    private boolean partial(int list) {
        for (PlaceReader.Row row : reading.rows()) {
            if (row.mention.list() == list) {
                Sentence sentence = document.sentenceAt(row.mention.first());
                for (int i = sentence.first(); i < row.mention.first(); i++) {
                    if (document.has(i, Tag.PARTIAL)) {
                        return true;
                    }
                }
                return false;
            }
        }
        return false;
    }

    /** An operation's arrests since the day it began run by the clock of the operation, in whichever words. */
    private String clock(Claim claim) {
        DateMention since = claim.clock();
        if (since != null) {
            LocalDate day = reading.periodReader().start(since);
            if (day != null) {
                PeriodReader.Candidate period = reading.period();
                boolean begin = reading.operation() != null && period != null && day.equals(period.start());
                return begin ? "operation" : "since:" + day;
            }
        }
        Sentence sentence = claim.sentence();
        for (int i = sentence.first(); i < sentence.end(); i++) {
            if (document.has(i, Tag.TERM)) {
                LocalDate term = reading.periodReader().termStart();
                if (term != null) {
                    return "since:" + term;
                }
            }
        }
        return "operation";
    }

    private List<Facts.OtherNumber> others() {
        List<Facts.OtherNumber> others = new ArrayList<>();
        Claim total = reading.total();
        Set<String> seen = new LinkedHashSet<>();
        for (Claim claim : reading.claims()) {
            if (claim.equals(total) || (total != null && restates(claim, total))) {
                continue;
            }
            Facts.OtherKind kind = kind(claim, total);
            if (!seen.add(kind + ":" + claim.value())) {
                continue;
            }
            boolean clocked = kind == Facts.OtherKind.CUMULATIVE;
            others.add(new Facts.OtherNumber(
                    kind,
                    Facts.Count.of(claim.value(), claim.number().qualifier()),
                    clocked ? clock(claim) : null,
                    null,
                    placeOf(claim.number()),
                    evidence(claim.number().from(), claim.number().nounEnd(), claim.rule(), 0.7)));
        }
        for (NumberMention number : reading.numbers()) {
            if (goal(number) && seen.add(Facts.OtherKind.GOAL + ":" + number.value())) {
                others.add(new Facts.OtherNumber(
                        Facts.OtherKind.GOAL,
                        Facts.Count.of(number.value(), number.qualifier()),
                        null,
                        null,
                        null,
                        evidence(number.from(), number.nounEnd(), "goal", 0.7)));
            }
        }
        return others;
    }

    private boolean goal(NumberMention number) {
        if (!number.count() || number.value() < 2) {
            return false;
        }
        Sentence sentence = document.sentenceAt(number.first());
        return sentence.body() && document.any(Math.max(sentence.first(), number.from() - 3), number.from(), Tag.GOAL);
    }

    private static boolean restates(Claim claim, Claim total) {
        if (claim.value() == total.value()) {
            return true;
        }
        boolean hedged = claim.number().qualifier() != Qualifier.EXACT || claim.value() % 10 == 0;
        return hedged && claim.main() && Math.abs(claim.value() - total.value()) <= ROUNDING * total.value();
    }

    private static Facts.OtherKind kind(Claim claim, @Nullable Claim total) {
        return switch (claim.role()) {
            case GOAL -> Facts.OtherKind.GOAL;
            case RATE -> Facts.OtherKind.RATE;
            case EARLIER -> claim.toDate() ? Facts.OtherKind.CUMULATIVE : Facts.OtherKind.OTHER_PERIOD;
            case WIDER -> Facts.OtherKind.WIDER_SCOPE;
            case SUBSET, FURTHER -> Facts.OtherKind.SUBSET;
            case MAIN ->
                claim.toDate()
                        ? Facts.OtherKind.CUMULATIVE
                        : total != null && claim.value() > total.value()
                                ? Facts.OtherKind.WIDER_SCOPE
                                : Facts.OtherKind.SUBSET;
        };
    }

    private @Nullable String placeOf(NumberMention number) {
        for (PlaceReader.Row row : reading.rows()) {
            if (number.equals(row.count)) {
                return row.mention.name();
            }
        }
        return null;
    }

    private Facts.Place place(PlaceReader.Row row) {
        PlaceMention mention = row.mention;
        Jurisdiction jurisdiction = row.jurisdiction;
        Facts.PlaceType type =
                switch (mention.type()) {
                    case CITY -> Facts.PlaceType.CITY;
                    case COUNTY -> Facts.PlaceType.COUNTY;
                    case STATE -> Facts.PlaceType.STATE;
                    case DISTRICT -> Facts.PlaceType.DISTRICT;
                    case AREA, COUNTRY -> Facts.PlaceType.AREA;
                };
        double confidence = confidence(row);
        NumberMention count = row.count;
        return new Facts.Place(
                spelled(mention.name()),
                type,
                row.state,
                jurisdiction == null ? null : jurisdictions.canonical(jurisdiction.id()),
                jurisdiction == null ? container(row) : null,
                row.candidates,
                count == null ? null : Facts.Count.of(count.value(), count.qualifier()),
                confidence,
                evidence(mention.first(), mention.end(), row.rule, confidence));
    }

    /** The name on one line, a shouted one ("FORT WORTH") in ordinary spelling. */
    private static String spelled(String name) {
        String line = name.replaceAll("\\s+", " ");
        if (!line.equals(line.toUpperCase(Locale.ROOT)) || line.length() < 4) {
            return line;
        }
        StringBuilder spelled = new StringBuilder(line.toLowerCase(Locale.ROOT));
        for (int i = 0; i < spelled.length(); i++) {
            if (i == 0 || (!Character.isLetter(spelled.charAt(i - 1)) && spelled.charAt(i - 1) != '\'')) {
                spelled.setCharAt(i, Character.toUpperCase(spelled.charAt(i)));
            }
        }
        return spelled.toString();
    }

    private @Nullable String container(PlaceReader.Row row) {
        PlaceMention mention = row.mention;
        if (mention.type() == NameType.COUNTRY) {
            return null;
        }
        List<String> codes = row.state != null ? List.of(row.state) : mention.states();
        List<String> ids = new ArrayList<>();
        for (String code : codes) {
            String state = stateIds.get(code);
            if (state != null) {
                ids.add(state);
            }
        }
        return ids.isEmpty() ? null : jurisdictions.lowestContaining(ids).id();
    }

    /** Product of how plainly the place is one of arrest and how plainly its jurisdiction is known. */
    private static double confidence(PlaceReader.Row row) {
        PlaceMention mention = row.mention;
        double where =
                switch (row.rule) {
                    case "place-with-count", "place-list", "place-headline" -> 0.95;
                    case "place-of-force", "place-statewide" -> 0.7;
                    default -> 0.85;
                };
        double which = mention.type() == NameType.STATE || mention.state() != null
                ? 1
                : mention.candidates().size() == 1 ? 0.95 : row.jurisdiction == null ? 0.5 : 0.85;
        return Math.round(where * which * 100) / 100.0;
    }

    // ---- evidence

    Evidence evidence(int first, int end, String rule, double confidence) {
        int last = Math.max(first, end - 1);
        Sentence sentence = document.sentenceAt(first);
        int from = sentence.first();
        int to = sentence.end();
        // A long sentence is cut to the words around the span, in equal parts before and behind it.
        while (length(from, to) > Evidence.LONGEST - 2 * Redactor.GONE.length() && to - from > 1) {
            boolean front = first - from > to - 1 - last;
            if (front && from < first) {
                from++;
            } else if (to - 1 > last) {
                to--;
            } else if (from < first) {
                from++;
            } else {
                break;
            }
        }
        String text = Redactor.text(document, from, to, keeps);
        if (text.length() > Evidence.LONGEST) {
            text = text.substring(0, Evidence.LONGEST - 1) + "…";
        }
        return new Evidence(
                offset + document.token(first).start(),
                offset + document.token(last).end(),
                text,
                rule,
                confidence);
    }

    private int length(int from, int to) {
        return document.token(to - 1).end() - document.token(from).start();
    }
}
